"""Tests of cost, funding and the burden shared by key."""
