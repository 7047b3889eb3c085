"""Every write of invitations, by use-case."""
