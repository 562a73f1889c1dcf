"""Trades: one municipality takes over persons of the quota of another, and both sign."""
