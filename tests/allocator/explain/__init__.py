"""Why each municipality got its number."""
