"""Files whose layout is known: which row is what, without choosing columns."""
