"""Quota totals: how many status holders the whole country must house in a half-year."""
