"""The words in which the API tells why."""
