"""A second program for the same formulation, which shares nothing with the engine."""
