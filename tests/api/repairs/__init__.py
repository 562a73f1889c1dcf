"""Repairs as planners read them."""
