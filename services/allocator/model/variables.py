"""The decisions, named as in FORMULATION.md section 3 and keyed by codes.

Two decisions are left out where nothing can depend on them. Flows of a group that may be housed
anywhere are not columns until the distance is a priority: only their sums matter, and any sums
that agree can be routed. A group that stays at home is served where it is hosted, so one column
is both.
"""

from dataclasses import dataclass, field

from services.allocator.model.linear_model import Column, LinearModel
from services.allocator.problem.instance import Code, Instance
from shared.contract.problem import Group, Lot


@dataclass(frozen=True)
class Variables:
    """Columns of the decisions; a key that is absent is a decision that can only be 0."""

    placed: dict[tuple[Code, Code], Column] = field(default_factory=dict)
    """x[lot, group]: households of a group housed in a lot."""
    extra: dict[Code, Column] = field(default_factory=dict)
    """e[lot]: capacity used beyond what is reported [units]."""
    hosted: dict[tuple[Code, Code, Code], Column] = field(default_factory=dict)
    """X[host, group, period]: households hosted."""
    served: dict[tuple[Code, Code, Code], Column] = field(default_factory=dict)
    """Households of (responsible, group, period) that get a home anywhere."""
    routed: dict[tuple[Code, Code, Code, Code], Column] = field(default_factory=dict)
    """f[responsible, host, group, period]: households, where the route matters."""
    waiting: dict[tuple[Code, Code, Code], Column] = field(default_factory=dict)
    """w[responsible, group, period]: households waiting at the end of the period."""
    short: dict[Code, Column] = field(default_factory=dict)
    """u[commitment]: shortfall [households]."""
    chance: dict[tuple[Code, Code], Column] = field(default_factory=dict)
    """q[municipality, group]: part of the need that gets a home."""
    pull: dict[tuple[Code, Code], Column] = field(default_factory=dict)
    """pull[municipality, group]: how much better the best chance within reach is."""


def decide(model: LinearModel, instance: Instance) -> Variables:
    """Add the columns of every decision that can be more than 0."""
    x = Variables()
    for lot in instance.lots:
        _decide_lot(model, x, lot)
    for group in instance.groups:
        _decide_need(model, x, instance, group)
        if group.spread == "near":
            _decide_routes(model, x, instance, group)
    for commitment in instance.commitments:
        x.short[commitment.id] = model.add_column(
            f"short[{commitment.id}]", 0, commitment.households, whole=True
        )
    return x


def _decide_lot(model: LinearModel, x: Variables, lot: Lot) -> None:
    x.extra[lot.id] = model.add_column(f"extra[{lot.id}]", 0, lot.potential - lot.reported)
    for g in sorted(set(lot.groups)):
        x.placed[lot.id, g] = model.add_column(f"placed[{lot.id},{g}]", whole=True)
        key = (lot.municipality, g, lot.period)
        if key not in x.hosted:
            x.hosted[key] = model.add_column(f"hosted[{','.join(key)}]", whole=True)


def _decide_need(model: LinearModel, x: Variables, instance: Instance, group: Group) -> None:
    for o in instance.municipalities:
        come = 0
        for t in instance.periods:
            key = (o, group.id, t)
            come += instance.need.get(key, 0)
            if not come:
                continue
            x.waiting[key] = model.add_column(f"waiting[{','.join(key)}]", 0, come, whole=True)
            if group.spread != "home":
                x.served[key] = model.add_column(f"served[{','.join(key)}]", whole=True)
            elif key in x.hosted:
                x.served[key] = x.hosted[key]


def _decide_routes(model: LinearModel, x: Variables, instance: Instance, group: Group) -> None:
    for o, i in instance.routes(group):
        for t in instance.periods:
            if (o, group.id, t) in x.served and (i, group.id, t) in x.hosted:
                key = (o, i, group.id, t)
                x.routed[key] = model.add_column(f"routed[{','.join(key)}]", whole=True)
