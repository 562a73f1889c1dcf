"""The table of money: cost, received, and what an equal burden by key would settle."""
