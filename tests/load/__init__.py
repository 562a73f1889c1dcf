"""The load test of `make load`: how many list pages a second the API serves, database included."""
