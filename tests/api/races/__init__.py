"""Many at once, against an API of two processes: only the database can keep them apart."""
