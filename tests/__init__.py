"""Tests: stories about what users, other programs and the mathematics may rely on."""
