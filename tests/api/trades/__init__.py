"""Tests of trades between municipalities."""
