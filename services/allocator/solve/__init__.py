"""Runs OR-Tools on the model: stage by stage, on the optimal face of the stages before."""
