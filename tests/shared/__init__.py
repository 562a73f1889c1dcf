"""Tests of what both services share: the wire format and the verifier."""
