"""Every write of cases, by use-case."""
