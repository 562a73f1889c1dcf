"""Tests of the verifier: each rule with room to spare, just kept, and broken."""
