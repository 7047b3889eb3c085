"""Pages of halls (screen S13): the register, the card of a hall, its equipment, what is tried at once."""
