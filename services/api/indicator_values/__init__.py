"""Indicator values: one figure of one municipality on one day."""
