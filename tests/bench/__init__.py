"""The benchmark of `make bench`: how long the engine takes, and how long others take for it."""
