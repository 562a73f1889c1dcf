"""Realisations: who has been housed, where, and for which municipality it counts."""
