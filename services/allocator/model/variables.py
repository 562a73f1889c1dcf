"""The decisions, named as in FORMULATION.md section 3 and keyed by codes.

Only the placements are columns from the start. What a municipality hosts is a sum of placements,
what waits follows from it, and who goes where is routed once the sums are known: the demand rows
(`constraints/demand.py`) say exactly which sums can be routed.
"""

from dataclasses import dataclass, field

from services.allocator.model.linear_model import Column, LinearModel, Term
from services.allocator.problem.demand import Rule
from services.allocator.problem.instance import Code, Instance
from shared.contract.problem import Group


@dataclass(frozen=True)
class Variables:
    """Columns of the decisions; a key that is absent is a decision that can only be 0.

    `admitted` belongs to them: households of (responsible, group) that may have been housed by
    the end of each period, A[o,g,t] of FORMULATION.md.
    """

    admitted: dict[tuple[Code, Code], tuple[float, ...]] = field(default_factory=dict)
    placed: dict[tuple[Code, Code], Column] = field(default_factory=dict)
    """x[lot, group]: households of a group housed in a lot."""
    hosted: dict[tuple[Code, Code, Code], list[Term]] = field(default_factory=dict)
    """X[host, group, period] as the sum of its placements."""
    moved: dict[tuple[Code, Code, Code], Column] = field(default_factory=dict)
    """F[responsible, host, group]: households of a group that stays near, in all periods."""
    held: dict[tuple[Code, Code], Column] = field(default_factory=dict)
    """H[group, period]: households of a group hosted anywhere by the end of the period; not of a
    group that stays at home."""
    short: dict[Code, Column] = field(default_factory=dict)
    """u[commitment]: shortfall [households]."""
    served: dict[tuple[Code, Code], list[Term]] = field(default_factory=dict)
    """S[responsible, group]: households that get a home in any period; empty until a stage
    asks who is helped."""
    left: dict[tuple[Code, Code, Code], Column] = field(default_factory=dict)
    """L[responsible, group, period]: households admitted by then beyond all that are served."""
    counted: set[tuple[Code, Code, Code]] = field(default_factory=set)
    """Keys of `left` that have their row: those that a demand row has asked for."""
    pull: dict[tuple[Code, Code], Column] = field(default_factory=dict)
    """pull[municipality, group]: how much better the best chance within reach is."""
    extra: dict[Code, Column] = field(default_factory=dict)
    """e[lot]: capacity used beyond what is reported [units]."""
    routed: dict[tuple[Code, Code, Code, Code], Column] = field(default_factory=dict)
    """f[responsible, host, group, period]: households, once distance is a priority."""

    rules: dict[str, list[Rule]] = field(default_factory=dict)
    """What planners call the rules behind a row that combines several: name of the row."""

    def hosts(self, municipality: Code, group: Code, periods: tuple[Code, ...]) -> list[Term]:
        """Sum what a municipality hosts of a group in these periods."""
        keys = ((municipality, group, t) for t in periods)
        return [term for key in keys for term in self.hosted.get(key, ())]


def decide(model: LinearModel, instance: Instance, *, whole: bool = False) -> Variables:
    """Add the columns of every decision that can be more than 0.

    Parameters
    ----------
    whole
        Whether what C9 admits is rounded down to whole households.
    """
    x = Variables(_admitted(instance, whole))
    for lot in instance.lots:
        for g in sorted(set(lot.groups)):
            column = model.add_column(f"placed[{lot.id},{g}]", whole=True)
            x.placed[lot.id, g] = column
            x.hosted.setdefault((lot.municipality, g, lot.period), []).append((column, 1.0))
    for group in instance.groups:
        if group.spread == "near":
            _decide_moves(model, x, instance, group)
    for commitment in instance.commitments:
        x.short[commitment.id] = model.add_column(
            f"short[{commitment.id}]", 0, commitment.households, whole=True
        )
    _decide_sums(model, x, instance)
    return x


def _decide_moves(model: LinearModel, x: Variables, instance: Instance, group: Group) -> None:
    hosts = {i for i, g, _ in x.hosted if g == group.id}
    for o, near in instance.near(group).items():
        for i in sorted(near & hosts):
            key = (o, i, group.id)
            x.moved[key] = model.add_column(f"moved[{','.join(key)}]")


def _decide_sums(model: LinearModel, x: Variables, instance: Instance) -> None:
    away = {group.id for group in instance.groups if group.spread != "home"}
    for g in dict.fromkeys(g for _, g, _ in x.hosted if g in away):
        for t in instance.periods:
            x.held[g, t] = model.add_column(f"held[{g},{t}]")


def _admitted(instance: Instance, whole: bool) -> dict[tuple[Code, Code], tuple[float, ...]]:
    """C9: rate * need up to t; without whole households the part stays exact."""
    return {
        cell: tuple(float(a // 1 if whole else a) for a in parts)
        for cell, parts in instance.admitted.items()
    }


def owners(x: Variables, instance: Instance) -> dict[Column, Code]:
    """Say which municipality alone decides a column; columns of more than one are absent."""
    lots = {lot.id: lot.municipality for lot in instance.lots}
    owner = {column: lots[lot] for (lot, _), column in x.placed.items()}
    owner |= {column: lots[lot] for lot, column in x.extra.items()}
    owner |= {x.short[row.id]: row.municipality for row in instance.commitments}
    return owner
