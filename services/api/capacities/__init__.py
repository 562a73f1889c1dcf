"""Capacities: lots of homes that a municipality reports."""
