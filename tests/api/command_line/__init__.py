"""Tests of the command line: what people see, and what it says to the API."""
