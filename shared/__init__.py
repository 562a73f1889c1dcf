"""What both services use: the wire format, its verifier, problem details and logging."""
