"""Public pages: no sign-in, no session, no cookie, no script."""
