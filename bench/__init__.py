"""Measurements: each module with a `main` is one bench and writes its own section of docs/performance.md."""
