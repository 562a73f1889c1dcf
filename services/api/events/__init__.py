"""What changed, told to other systems as CloudEvents: a feed that is read after a cursor."""
