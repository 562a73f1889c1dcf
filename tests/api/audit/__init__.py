"""Tests of the audit log and its verification."""
