"""What people type on the pages of cases, by page."""
