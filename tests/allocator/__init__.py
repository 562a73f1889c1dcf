"""The allocator: its mathematics, its explanations, and its commands and HTTP service."""
