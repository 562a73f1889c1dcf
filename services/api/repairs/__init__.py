"""What keeps a plan, or the commitments in it, from being possible, and what would help."""
