"""Proposals: the snapshot, the states of a job, and the table per municipality."""
