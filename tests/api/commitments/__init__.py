"""Tests of the life of commitments."""
