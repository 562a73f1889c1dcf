"""API keys: made, shown once, and revoked."""
