"""What a solve minimises."""

from collections.abc import Mapping

from services.allocator.model.linear_model import Column

Objective = Mapping[Column, float]
"""Price per column; a column that is absent costs nothing."""
