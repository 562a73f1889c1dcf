"""Other programs answer the same questions as the engine, and must find the same numbers."""
