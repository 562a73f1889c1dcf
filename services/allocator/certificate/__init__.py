"""Checks what proves a result, with sums and products alone."""
