"""Tests of adopting proposals."""
