"""What part of its fair share a municipality hosts: O4 and O5."""

from fractions import Fraction

from shared.verify.facts import Facts, Id
from shared.verify.numbers import Exact, exact
from shared.verify.plan import Plan

Cell = tuple[Id, Id | None]


def municipal_shares(facts: Facts) -> dict[Cell, Exact]:
    """Give O4's cells: `sum_g w_g share[i,g] N[g]` per municipality where that is at least 1.

    Over groups with spread region or near; in households weighed by burden.
    """
    groups = facts.shared_out()
    weighed = {
        (i, None): sum(exact(g.burden) * facts.fair_share(i, g.id) for g in groups)
        for i in facts.municipalities
    }
    return {cell: fair for cell, fair in weighed.items() if fair >= 1}


def group_shares(facts: Facts) -> dict[Cell, Exact]:
    """Give O5's cells: `share[i,g] N[g]` per municipality and group where that is at least 1."""
    cells: dict[Cell, Exact] = {
        (i, g.id): facts.fair_share(i, g.id)
        for i in facts.municipalities
        for g in facts.shared_out()
    }
    return {cell: fair for cell, fair in cells.items() if fair >= 1}


def hosted_weight(facts: Facts, plan: Plan, municipality: Id) -> Exact:
    """Give `sum_g w_g X[i,g]` over groups with spread region or near."""
    return sum(
        exact(g.burden) * plan.hosted_in_all.get((municipality, g.id), 0)
        for g in facts.shared_out()
    )


def lowest_municipal_level(facts: Facts, plan: Plan) -> Exact | None:
    """O4: the lowest part of its fair share that a municipality hosts; none without cells."""
    cells = municipal_shares(facts).items()
    levels = (Fraction(hosted_weight(facts, plan, i), fair) for (i, _), fair in cells)
    return min(levels, default=None)


def lowest_group_level(facts: Facts, plan: Plan) -> Exact | None:
    """O5: the lowest part of its fair share of one group; none without cells."""
    cells = group_shares(facts).items()
    levels = (Fraction(plan.hosted_in_all.get((i, str(g)), 0), fair) for (i, g), fair in cells)
    return min(levels, default=None)
