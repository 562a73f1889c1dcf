"""The one table of who may do what."""

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Literal

from services.api.access.actor import Role

Cell = Literal["none", "own", "all"]

# Per line: what may be done, and for each role to which rows: none (-), those within the reach of
# its organisation (own), or all. The roles of a member add up. The administrator does everything
# except what is an act of a party: to offer, to sign and to end.
RIGHTS = """
noun:action             reader  editor  planner  signatory  administrator  auditor
common:read             all     all     all      all        all            all
common:write            -       -       -        -          all            -
allocation-keys:write   -       -       all      -          all            -
indicator-values:write  -       own     own      -          all            -
figures:read            own     own     own      own        all            own
figures:write           -       own     own      -          all            -
commitments:read        own     own     own      own        all            own
commitments:write       -       own     own      -          all            -
commitments:record      -       -       own      -          all            -
commitments:offer       -       -       own      own        -              -
commitments:sign        -       -       -        own        -              -
commitments:end         -       -       own      own        -              -
trades:read             own     own     own      own        all            own
trades:offer            -       -       own      own        -              -
trades:sign             -       -       -        own        -              -
reports:read            own     own     own      own        all            own
reports:write           -       own     own      -          all            -
quota-balances:write    -       -       own      -          all            -
proposals:read          own     own     own      own        all            own
proposals:whole         own     -       own      -          all            own
proposals:ask           -       -       own      -          all            -
proposals:adopt         -       -       own      -          all            -
imports:use             -       own     own      -          all            -
exports:read            own     own     own      own        all            own
events:read             own     own     own      own        all            own
webhooks:read           -       -       own      -          all            -
webhooks:write          -       -       own      -          all            -
organisations:read      all     all     all      all        all            all
organisations:write     -       -       -        -          all            -
members:read            -       -       -        -          all            own
members:write           -       -       -        -          all            -
api-keys:read           -       -       -        -          all            -
api-keys:write          -       -       -        -          all            -
audit:read              -       -       -        -          all            own
me:read                 all     all     all      all        all            all
"""
# Where the rights of a noun stand that has no line of its own for the action.
FAMILY: Mapping[str, str] = MappingProxyType(
    {
        "municipalities": "common",
        "regions": "common",
        "target-groups": "common",
        "housing-forms": "common",
        "fits": "common",
        "periods": "common",
        "indicators": "common",
        "indicator-values": "common",
        "allocation-keys": "common",
        "distances": "common",
        "quota-totals": "common",
        "needs": "figures",
        "capacities": "figures",
        "support-capacities": "figures",
        "ceilings": "figures",
        "access-rates": "figures",
        "realisations": "reports",
        "money-lines": "reports",
        "quota-balances": "reports",
        "commitment-amendments": "commitments",
        "adoptions": "proposals",
    }
)
_COLUMNS: Mapping[str, Role] = MappingProxyType(
    {
        "reader": Role.READER,
        "editor": Role.EDITOR,
        "planner": Role.PLANNER,
        "signatory": Role.SIGNATORY,
        "administrator": Role.ADMINISTRATOR,
        "auditor": Role.AUDITOR,
    }
)
_WRITTEN: Mapping[str, Cell] = MappingProxyType({"-": "none", "own": "own", "all": "all"})
_WIDEST_FIRST: tuple[Cell, ...] = ("all", "own")


def _read(table: str) -> Mapping[str, Mapping[Role, Cell]]:
    heading, *lines = (line.split() for line in table.strip().splitlines())
    roles = [_COLUMNS[name] for name in heading[1:]]
    return MappingProxyType(
        {
            line[0]: {role: _WRITTEN[cell] for role, cell in zip(roles, line[1:], strict=True)}
            for line in lines
        }
    )


CELLS = _read(RIGHTS)


def cell_for(right: str, roles: Iterable[Role]) -> Cell:
    """Give the widest cell that these roles have for a right.

    Raises
    ------
    KeyError
        When the table has no such right.
    """
    line = CELLS[right]
    cells = {line[role] for role in roles}
    return next((cell for cell in _WIDEST_FIRST if cell in cells), "none")


def right_of(path: str, action: str) -> str:
    """Name the right for an action on a collection: its own line, or that of its family."""
    own = f"{path}:{action}"
    return own if own in CELLS else f"{FAMILY[path]}:{action}"
