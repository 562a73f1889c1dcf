"""Which changes somebody may be told of: those of rows that it may read."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from services.api.access.actor import Reach, Role
from services.api.access.rights import FAMILY, Cell, cell_for, right_of

_OWN_LINES = (
    "commitments",
    "trades",
    "proposals",
    "organisations",
    "members",
    "api-keys",
    "webhooks",
)
_RIGHTS = {
    **{noun: right_of(noun, "read") for noun in (*FAMILY, *_OWN_LINES)},
    "imports": "imports:use",
}
NOUNS = frozenset(_RIGHTS)
"""Every noun whose changes are told."""


@dataclass(frozen=True)
class Sight:
    """What somebody sees: its roles, and what is its own."""

    roles: frozenset[Role]
    reach: Reach

    def narrowed(self, nouns: Iterable[str]) -> dict[str, Cell]:
        """Keep the nouns of which it may see something, each with its cell."""
        cells = {noun: cell_for(_RIGHTS[noun], self.roles) for noun in nouns}
        return {noun: cell for noun, cell in cells.items() if cell != "none"}

    def sees(self, cell: Cell, owners: Sequence[str]) -> bool:
        """Whether it may see a row of these owners, given its cell for the noun."""
        return cell == "all" or self.reach.sees(owners)
