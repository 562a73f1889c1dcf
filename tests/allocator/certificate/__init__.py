"""Certificates that are right are accepted, and nothing false ever is."""
