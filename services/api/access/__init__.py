"""Who may do what: actors, rights, reach and credentials."""
