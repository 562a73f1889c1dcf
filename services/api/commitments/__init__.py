"""Commitments: at least so many households, by agreement or statute."""
