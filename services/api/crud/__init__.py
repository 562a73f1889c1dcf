"""What every noun of the registry does alike: list, get, create, replace, delete."""
