"""Figures with a life: versions, the registry as it was, and nothing lost."""
