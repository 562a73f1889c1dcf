"""What to do when rules cannot hold together: which ones clash, and the cheapest way out."""
