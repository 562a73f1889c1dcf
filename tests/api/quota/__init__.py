"""Tests of realisations and of the quota ledger."""
