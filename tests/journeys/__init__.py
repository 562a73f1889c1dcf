"""A user's whole story over HTTP, with real processes."""
