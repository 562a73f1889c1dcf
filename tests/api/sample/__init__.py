"""The sample region: its quota, its figures, its labels."""
