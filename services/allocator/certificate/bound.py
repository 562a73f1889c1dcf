"""Weak duality: whatever the dual values, their bound is below every solution.

For any price per row, the objective of a solution is the sum over the rows of price times row
plus the sum over the columns of what is left of their cost times column. A row is at least its
lower side and at most its upper, and so is a column; so each product is at least that with the
side that its sign tells. Source: Gale, Kuhn and Tucker 1951, *Linear programming and the theory
of games*.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from math import fsum

from services.allocator.model.linear_model import INFINITY, Column, LinearModel, Row
from services.allocator.model.variables import Variables
from services.allocator.problem.instance import Instance


class Unproven(Exception):
    """What a certificate says does not follow from what it gives."""


@dataclass(frozen=True)
class Bound:
    """No solution has an objective below `value`; `reduced` is the cost that is left per column."""

    value: float
    reduced: dict[Column, float]


Most = Mapping[str, float]
"""How much all columns of a kind, the first word of their names, can be together."""


def most_of(instance: Instance, x: Variables) -> Most:
    """Limit the columns that have no upper bound of their own, as the rules do together.

    Nobody is housed twice (C2, C3), so placements, moves and routes are no more than the
    households that there are, and those who are held no more in each period. A chance is a part of
    a need, so a pull need not be above 1.
    """
    everybody = float(sum(instance.need.values()))
    return {
        "placed": everybody,
        "held": everybody * len(instance.periods),
        "moved": everybody,
        "routed": everybody,
        "pull": float(len(x.pull)),
        "O3.largest": 1.0,
        "change": everybody + sum(instance.previous.values()),
    }


def bound_of(
    model: LinearModel, objective: Mapping[Column, float], duals: Mapping[Row, float], most: Most
) -> Bound:
    """Add up the bound that dual values prove of an objective that is minimised.

    Raises
    ------
    Unproven
        When a row has a price towards a side that it does not have.
    """
    products, reduced = [], defaultdict(float, objective)
    for row, price in duals.items():
        side = model.row_lower[row] if price > 0 else model.row_upper[row]
        if abs(side) == INFINITY:
            raise Unproven(f"The price of {model.row_names[row]} has the wrong sign.")
        products.append(price * side)
        for column, value in zip(model.row_columns[row], model.row_values[row], strict=True):
            reduced[column] -= price * value
    lowest: dict[str, float] = defaultdict(float)
    for column, cost in reduced.items():
        side = model.column_lower[column] if cost > 0 else model.column_upper[column]
        if side < INFINITY:
            products.append(cost * side)
        else:
            kind = model.column_names[column].partition("[")[0]
            lowest[kind] = min(lowest[kind], cost)
    products += [cost * most[kind] for kind, cost in lowest.items() if cost]
    return Bound(fsum(products), dict(reduced))
