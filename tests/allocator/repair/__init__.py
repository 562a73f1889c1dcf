"""Rules that clash, and the cheapest way out, against an independent program."""
