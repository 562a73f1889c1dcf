"""Imports: files of figures, read, previewed and applied as a whole."""
