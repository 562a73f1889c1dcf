"""The whole system on one machine: start it, show what it does, stop it."""
