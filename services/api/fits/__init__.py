"""Fits: which housing form suits which target group."""
