"""Periods: the stretches of time that are planned."""
