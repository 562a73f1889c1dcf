"""Ceilings: at most so many households, to prevent accumulation (stapeling)."""
