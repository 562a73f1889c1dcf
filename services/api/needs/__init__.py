"""Needs: households of a group for which a municipality is responsible."""
