"""Distances between municipalities; one row holds both ways."""
