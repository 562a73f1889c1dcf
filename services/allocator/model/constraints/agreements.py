"""C5, C6, C7: what has been agreed, decided or limited by people."""

from collections import defaultdict

from services.allocator.model.linear_model import LinearModel
from services.allocator.model.variables import Variables
from services.allocator.problem.instance import Instance


def under_ceilings(model: LinearModel, x: Variables, instance: Instance) -> None:
    """C5: households of these groups and periods <= the ceiling, per municipality or district."""
    lots = defaultdict(list)
    for lot in instance.lots:
        lots[lot.municipality].append(lot)
    for row in instance.ceilings:
        placed = [
            (x.placed[lot.id, g], 1.0)
            for lot in lots[row.municipality]
            if lot.period in row.periods and row.district in (None, lot.district)
            for g in sorted(set(lot.groups) & set(row.groups))
        ]
        if placed:
            model.add_row(f"C5.ceiling[{row.id}]", placed, upper=row.households)


def as_pinned(model: LinearModel, x: Variables, instance: Instance) -> None:
    """C6: sum of X over the pin's groups and periods = the number that a planner decided."""
    for pin in instance.pins:
        cells = instance.pinned_cells(pin)
        terms = [term for cell in cells for term in x.hosted.get(cell, ())]
        model.add_row(f"C6.pin[{pin.id}]", terms, pin.households, pin.households)


def as_committed(model: LinearModel, x: Variables, instance: Instance) -> None:
    """C7: households of these groups and periods + u[k] >= the commitment."""
    for row in instance.commitments:
        hosted = [
            term
            for g in sorted(set(row.groups))
            for term in x.hosts(row.municipality, g, tuple(sorted(set(row.periods))))
        ]
        model.add_row(
            f"C7.commitment[{row.id}]", [*hosted, (x.short[row.id], 1)], lower=row.households
        )
