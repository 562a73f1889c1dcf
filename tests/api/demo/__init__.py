"""The demo's parts that need no process of their own."""
