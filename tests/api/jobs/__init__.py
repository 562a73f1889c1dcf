"""The worker's parts that need no process of their own."""
