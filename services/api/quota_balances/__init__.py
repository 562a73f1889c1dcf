"""Quota balances: what a municipality was ahead or behind when a half-year began."""
