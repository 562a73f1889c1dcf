"""Answers that were published or worked out by hand, typed in as figures with their source."""
