"""Tests of the events feed."""
