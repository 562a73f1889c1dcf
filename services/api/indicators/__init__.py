"""Indicators: what can be counted of a municipality, such as its population."""
