"""The known cases: references, levels, damage and order, with each case solved once."""
