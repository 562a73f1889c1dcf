"""Why each municipality got its number: what stopped it, in words, and what would change it."""
