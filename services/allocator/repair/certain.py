"""Checks of what a solver says, in exact arithmetic and without trusting it.

A plan is checked row by row. That there is none is proven by numbers: multiply each row by a
price, add up, and the sum cannot be true of any households (Farkas). Where only whole households
clash, a number that comes out in halves is rounded down and up, and both are proven impossible.
"""

from collections.abc import Iterator, Sequence
from copy import deepcopy
from fractions import Fraction
from math import ceil, floor

from services.allocator.model.linear_model import INFINITY, Bounds, Column, LinearModel, Row
from services.allocator.solve.clock import Clock
from services.allocator.solve.dive import WHOLE
from services.allocator.solve.linear_program import LinearProgram

MOST_SPLITS = 200
"""Problems to look at in one proof; beyond it nothing is said."""

_DENOMINATOR = 10**6
_SLIP = Fraction(1, 10**6)
"""What a sum may be beside its limit: units in use beyond what is reported are decimals."""

Prices = dict[Row, Fraction]


def keeps_every_row(model: LinearModel, values: Sequence[float]) -> bool:
    """Whether these values, households made whole, keep every row and bound of a model."""
    exact = [
        Fraction(round(value)) if whole else Fraction(value)
        for value, whole in zip(values, model.whole, strict=True)
    ]
    totals = [
        sum((Fraction(str(a)) * exact[c] for c, a in _terms(model, row)), Fraction(0))
        for row in range(len(model.row_names))
    ]
    sides = [
        *zip(exact, model.column_lower, model.column_upper, strict=True),
        *zip(totals, model.row_lower, model.row_upper, strict=True),
    ]
    return all(low <= value + _SLIP and value - _SLIP <= high for value, low, high in sides)


def nothing_keeps_every_row(model: LinearModel, clock: Clock) -> bool | None:
    """Whether it is certain that no whole households keep every row of a bounded model.

    Returns
    -------
    True when that is proven, False when some do keep every row, None when neither is certain.
    """
    model = deepcopy(model)
    waiting = [model.bounds()]
    for _ in range(MOST_SPLITS):
        if not waiting:
            return True
        model.restore(waiting.pop())
        values, prices = _least_violation(model, clock)
        if _contradict(model, prices):
            continue
        halves = [c for c, whole in enumerate(model.whole) if whole and _is_half(values[c])]
        if not halves:
            return False if keeps_every_row(model, values) else None
        waiting += _split(model, halves[0], values[halves[0]])
    return None


def _least_violation(model: LinearModel, clock: Clock) -> tuple[list[float], Prices]:
    """Find values that are least beside their rows, and the price of each row there."""
    soft = deepcopy(model)
    beside: dict[Column, float] = {}
    for row in range(len(soft.row_names)):
        for sign in (1.0, -1.0):
            column = soft.add_column(f"beside[{row},{sign}]")
            soft.row_columns[row].append(column)
            soft.row_values[row].append(sign)
            beside[column] = 1.0
    vertex = LinearProgram(soft, beside, clock).minimise()
    prices = {
        row: Fraction(price).limit_denominator(_DENOMINATOR) for row, price in vertex.duals.items()
    }
    return [vertex.values.get(c, low) for c, low in enumerate(model.column_lower)], prices


def _contradict(model: LinearModel, prices: Prices) -> bool:
    """Whether the priced sum of all rows is more than the columns can make of it."""
    least = Fraction(0)
    left = dict.fromkeys(range(len(model.column_names)), Fraction(0))
    for row, price in prices.items():
        side = model.row_lower[row] if price > 0 else model.row_upper[row]
        if abs(side) == INFINITY:
            return False
        least += price * Fraction(str(side))
        for column, value in _terms(model, row):
            left[column] -= price * Fraction(str(value))
    for column, price in left.items():
        if price:
            bound = model.column_lower[column] if price > 0 else model.column_upper[column]
            least += price * Fraction(bound)
    return least > 0


def _split(model: LinearModel, column: Column, value: float) -> list[Bounds]:
    """Give the bounds of the model with a column rounded down, and up."""
    down, up = model.bounds(), model.bounds()
    down[1][column], up[0][column] = float(floor(value)), float(ceil(value))
    return [down, up]


def _is_half(value: float) -> bool:
    return abs(value - round(value)) > WHOLE


def _terms(model: LinearModel, row: Row) -> Iterator[tuple[Column, float]]:
    return zip(model.row_columns[row], model.row_values[row], strict=True)
