"""Pages of cases, by use-case."""
