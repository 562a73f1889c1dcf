"""Regions: the municipalities that plan together."""
