"""One file per family of rules, one function per rule."""
