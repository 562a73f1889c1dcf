"""Members: the accounts of an organisation, each with its roles."""
