"""What-if questions: why not this number, and what would give if it had to be."""
