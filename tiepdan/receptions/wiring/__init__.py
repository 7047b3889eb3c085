"""What receptions hang into the house, by the part that does; called by AppConfig.ready."""
