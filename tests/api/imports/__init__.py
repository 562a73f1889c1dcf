"""Files that come in: reading, choosing, previewing, applying, and what is refused."""
