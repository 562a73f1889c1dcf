"""Adoptions: a proposal becomes draft commitments, exactly once."""
