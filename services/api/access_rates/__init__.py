"""Access rates: the part of a need that a municipality's own rules admit."""
