"""Tests of the registry: every noun, over HTTP, on both databases."""
