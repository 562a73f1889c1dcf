"""Tests of webhooks: addresses, signatures and sending."""
