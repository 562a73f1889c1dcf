"""What the solver promises: fairness, exactness, limits and conflicts."""
