"""One file per family of objectives, one function per objective; all are minimised."""
