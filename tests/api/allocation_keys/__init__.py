"""Tests of allocation keys."""
