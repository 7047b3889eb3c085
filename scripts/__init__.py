"""Commands of the workplace: set-up, demo, checks, tests. Run from the Makefile as «python -m scripts.…»."""
