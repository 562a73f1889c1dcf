"""Which sums of placements can be reached by households: one demand row, in plain data."""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass

from services.allocator.problem.instance import Code

Rule = tuple[str, str]
"""A tag of FORMULATION.md and the id of the row."""


@dataclass(frozen=True)
class Demand:
    """One demand row: hosts with the last period that counts, in one group.

    Where it is `decided` who is served, no more count of a responsible municipality than are
    served in all, S[o,g].
    """

    group: Code
    until: Mapping[Code, int]
    decided: bool = False

    @property
    def key(self) -> Hashable:
        """What makes two rows the same."""
        return self.group, tuple(sorted(self.until.items())), self.decided
