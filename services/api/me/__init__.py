"""What the caller itself is and may do."""
