"""The rows of a model as arrays, which stages ask for again and again."""

from collections.abc import Collection
from dataclasses import dataclass
from itertools import chain
from weakref import WeakKeyDictionary

import numpy as np

from services.allocator.model.linear_model import LinearModel, Row
from services.allocator.solve.vertex import Floats, Positions


@dataclass(frozen=True)
class Terms:
    """All terms of some rows, row by row and then by column.

    `rows` is how many there are, and `place` the position of each term's row among them.
    `rewritten` is that of the model when they were read.
    """

    rows: int
    rewritten: int
    place: Positions
    columns: Positions
    values: Floats


_READ: WeakKeyDictionary[LinearModel, Terms] = WeakKeyDictionary()
"""What was read of each model; only rows that are new since have to be read again."""


def all_terms(model: LinearModel) -> Terms:
    """Give the terms of all rows."""
    before = _READ.get(model)
    if before is None or before.rewritten != model.rewritten:
        before = terms_of(model, ())
    known, rows = before.rows, len(model.row_names)
    if known == rows:
        return before
    new = terms_of(model, range(known, rows))
    terms = _READ[model] = Terms(
        rows,
        model.rewritten,
        np.concatenate([before.place, new.place + known]),
        np.concatenate([before.columns, new.columns]),
        np.concatenate([before.values, new.values]),
    )
    return terms


def terms_of(model: LinearModel, rows: Collection[Row]) -> Terms:
    """Give the terms of some rows."""
    sizes = [len(model.row_columns[row]) for row in rows]
    place = np.repeat(np.arange(len(sizes)), sizes)
    columns = chain.from_iterable(model.row_columns[row] for row in rows)
    values = chain.from_iterable(model.row_values[row] for row in rows)
    which = np.fromiter(columns, np.int64, len(place))
    amounts = np.fromiter(values, np.float64, len(place))
    order = np.lexsort((which, place))
    return Terms(len(sizes), model.rewritten, place, which[order], amounts[order])
