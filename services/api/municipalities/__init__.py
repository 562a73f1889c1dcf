"""Municipalities, with the days on which they exist: municipalities merge."""
