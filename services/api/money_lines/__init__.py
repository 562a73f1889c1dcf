"""Money lines: what housing a group costs a municipality, and what it receives for it."""
