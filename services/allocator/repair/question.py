"""What must be housed, and the rules that hold it back.

Pins, and commitments that are to be kept, ask for households; every other rule only limits them
and keeps holding when somebody is not housed. So whether all of them can hold together depends
on the places that are asked for and on nothing else, and a region of hundreds of lots becomes a
question about a few.
"""

from collections.abc import Collection, Iterator
from dataclasses import replace
from fractions import Fraction
from math import ceil

from services.allocator.problem.instance import Code, Instance
from shared.contract.problem import Group, Lot
from shared.contract.repairs import missing_homes

Rule = tuple[str, str]
"""A tag of FORMULATION.md and the id of the row that it is about."""

Cell = tuple[Code, Code, Code]
"""Host, group, period."""

NEW_HOMES = "new homes"
"""Form of homes that are not there yet: a household takes one."""


def narrowed(instance: Instance) -> Instance:
    """Leave out what the pins and commitments are not about.

    Where no home at all suits a pin or a commitment, an empty lot takes the place of the homes
    that are missing, so that the lack of them is a rule (C1) like any other.
    """
    cells = {cell for cells in _demands(instance) for cell in cells}
    groups = {g for _, g, _ in cells}
    lots = [_suited(lot, cells) for lot in [*instance.lots, *_missing(instance)]]
    return replace(
        instance,
        groups=tuple(group for group in instance.groups if group.id in groups),
        lots=tuple(lot for lot in lots if lot.groups),
        need={key: n for key, n in instance.need.items() if key[1] in groups},
        access={key: rate for key, rate in instance.access.items() if key[1] in groups},
    )


def demands_of(instance: Instance) -> list[Rule]:
    """List the rules that ask for households."""
    pins = [("C6", row.id) for row in instance.pins]
    return pins + [("C7", row.id) for row in instance.commitments]


def limits_of(instance: Instance) -> list[Rule]:
    """List the rules that limit households, those that people can do something about first."""
    refused = [",".join(who) for who, rate in sorted(instance.access.items()) if rate < 1]
    rows: dict[str, list[str]] = {
        "C5": [row.id for row in instance.ceilings],
        "C1": [lot.id for lot in instance.lots],
        "C4": [row.id for row in instance.support],
        "C9": refused,
        "C8": [g.id for g in instance.groups if g.spread in ("near", "home")],
        "C3": [g.id for g in instance.groups],
    }
    return [(tag, name) for tag, names in rows.items() for name in names]


def only(instance: Instance, rules: Collection[Rule]) -> Instance:
    """Keep these rules and drop all others.

    Without C1 a lot holds any number, without C3 there are any number of households of the
    group everywhere, without C8 they may be housed anywhere, and without C9 all are admitted.
    """
    plenty = enough(instance)
    scarce = {g.id for g in instance.groups if ("C3", g.id) in rules}
    first = instance.periods[0]
    need = {key: n for key, n in instance.need.items() if key[1] in scarce}
    for group in instance.groups:
        if group.id not in scarce:
            need |= {(o, group.id, first): plenty for o in instance.municipalities}
    return replace(
        instance,
        groups=tuple(g if ("C8", g.id) in rules else let_go_anywhere(g) for g in instance.groups),
        lots=tuple(
            lot if ("C1", lot.id) in rules else _roomy(lot, plenty) for lot in instance.lots
        ),
        need=need,
        support=tuple(row for row in instance.support if ("C4", row.id) in rules),
        ceilings=tuple(row for row in instance.ceilings if ("C5", row.id) in rules),
        pins=tuple(row for row in instance.pins if ("C6", row.id) in rules),
        commitments=tuple(row for row in instance.commitments if ("C7", row.id) in rules),
        access={
            key: rate
            for key, rate in instance.access.items()
            # A part of any number is any number; of nobody it is nobody.
            if ("C9", ",".join(key)) in rules and (key[1] in scarce or rate == 0)
        },
    )


def enough(instance: Instance) -> int:
    """More homes, households or slots than all pins and commitments together can ask for."""
    asked = sum(row.households for row in instance.pins)
    asked += sum(row.households for row in instance.commitments)
    sizes = [Fraction(str(size)) for g in instance.groups for size in g.size.values()]
    return ceil(asked * max([Fraction(1), *sizes])) + 1


def _demands(instance: Instance) -> Iterator[list[Cell]]:
    """Give the places in which each pin and each commitment may be kept."""
    for pin in instance.pins:
        yield list(instance.pinned_cells(pin))
    for row in instance.commitments:
        yield [(row.municipality, g, t) for g in row.groups for t in row.periods]


def _missing(instance: Instance) -> list[Lot]:
    """Give an empty lot where no home suits a pin or commitment at all, in its last period."""
    there = {(lot.municipality, g, lot.period) for lot in instance.lots for g in lot.groups}
    groups: dict[tuple[Code, Code], set[Code]] = {}
    for cells in _demands(instance):
        if there.isdisjoint(cells):
            period = max((t for _, _, t in cells), key=instance.periods.index)
            place = groups.setdefault((cells[0][0], period), set())
            place.update(g for _, g, _ in cells)
    given = {lot.id for lot in instance.lots}
    return [
        new_homes(*place, tuple(sorted(suited)), 0)
        for place, suited in sorted(groups.items())
        if missing_homes(*place) not in given
    ]


def new_homes(municipality: Code, period: Code, groups: tuple[Code, ...], homes: int) -> Lot:
    """Make a lot of homes that are not there yet."""
    # Two long ids make one that is longer than a reader of documents takes; this is none.
    return Lot.model_construct(
        id=missing_homes(municipality, period),
        municipality=municipality,
        form=NEW_HOMES,
        period=period,
        reported=homes,
        potential=homes,
        groups=groups,
    )


def _suited(lot: Lot, cells: Collection[Cell]) -> Lot:
    groups = tuple(g for g in lot.groups if (lot.municipality, g, lot.period) in cells)
    return lot.model_copy(update={"groups": groups})


def _roomy(lot: Lot, plenty: int) -> Lot:
    return lot.model_copy(update={"reported": plenty, "potential": plenty})


def let_go_anywhere(group: Group) -> Group:
    """Let a group be housed in any municipality."""
    return group.model_copy(update={"spread": "region", "max_km": None})
