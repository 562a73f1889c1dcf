"""Which sums of placements can be reached by households: one demand row, in plain data."""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass

from services.allocator.problem.instance import Code

Rule = tuple[str, str]
"""A tag of FORMULATION.md and the id of the row."""


@dataclass(frozen=True)
class Demand:
    """One demand row: hosts with the last period that counts, in one group.

    `limited` are the responsible municipalities of which no more households come than are
    served in all, S[o,g], where that is less than what is admitted by then.
    """

    group: Code
    until: Mapping[Code, int]
    limited: frozenset[Code] = frozenset()

    @property
    def key(self) -> Hashable:
        """What makes two rows the same."""
        return self.group, tuple(sorted(self.until.items())), self.limited
