"""The command line over the API, in tables that people like to read."""
