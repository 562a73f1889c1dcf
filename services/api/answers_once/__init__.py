"""Answers kept for a week, so that a request that is sent twice has one effect."""
