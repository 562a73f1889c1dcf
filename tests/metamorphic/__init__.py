"""Metamorphic relations: what must hold between the answers to two related problems."""
