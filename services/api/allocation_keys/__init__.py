"""Allocation keys: how a group is shared out, as weights over indicators."""
