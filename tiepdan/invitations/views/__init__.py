"""Pages of invitations: of the desk that sends them, and of the agency that was invited."""
