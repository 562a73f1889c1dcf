"""Proposals: what a planner asks, the frozen question, its progress and its answer."""
