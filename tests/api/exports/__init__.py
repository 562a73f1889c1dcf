"""Tests of what goes out: cells, files, templates."""
