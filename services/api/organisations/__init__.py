"""Organisations: who takes part, of what kind, and which municipalities are its own."""
