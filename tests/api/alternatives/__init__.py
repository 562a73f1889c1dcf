"""What-if questions, without a server."""
