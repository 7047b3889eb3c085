"""Pages of receptions, by what is done there."""
