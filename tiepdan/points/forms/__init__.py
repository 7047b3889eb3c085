"""Forms of halls: the register, the hall itself, its equipment."""
