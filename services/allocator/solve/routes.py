"""O8: the shortest routes, of which only those that can matter are ever written down.

The first are the shortest for the last corner. Others join when the prices of the rows that they
would be part of say that they could shorten the sum, until none can.
Source: Ford and Fulkerson 1958, Management Science 5 (column generation).
"""

from collections.abc import Callable, Mapping

import numpy as np

from services.allocator.model.linear_model import INFINITY, Column
from services.allocator.model.narrowing import ZERO
from services.allocator.model.objectives.distance import (
    Route,
    moving,
    open_routes,
    prepare_routes,
)
from services.allocator.solve.errors import NoPlanExists, SolverFailed
from services.allocator.solve.face import Face
from services.allocator.solve.network import NOISE
from services.allocator.solve.vertex import Vertex
from shared.contract.problem import Group

WIDER = (NOISE / 10, NOISE, 10 * NOISE)
"""Households by which routes may miss what is placed and served, where they do not fit exactly."""


def shortest_routes(face: Face, slack: float) -> tuple[dict[Column, float], Vertex]:
    """Minimise the household-kilometres on the face; the optimum holds over all routes.

    Returns
    -------
    The price of every route that a later stage may use, and an optimal corner.
    """
    model, x, instance = face.model, face.x, face.instance
    if not face.known:
        face.minimise({})
    first = [
        route for reach in face.separation.reaches for route in reach.likely_routes(face.point)
    ]
    if face.recall is not None:
        first = list(dict.fromkeys([*face.recall.routes(instance, x.hosted), *first]))
    first_row = len(model.row_names)
    prepare_routes(model, x, instance)
    face.extend()
    prices = open_routes(model, x, instance, first)
    offers = [_Offer(face, group) for group in moving(instance)]

    def shorter(vertex: Vertex, most: float = -ZERO) -> list[Column]:
        first_new = len(model.column_names)
        names = model.row_names
        price = {names[row]: dual for row, dual in vertex.duals.items()}
        found = [route for offer in offers for route in offer.routes(price, most)]
        prices.update(open_routes(model, x, instance, found))
        return list(range(first_new, len(model.column_names)))

    rows = range(first_row, len(model.row_names))
    vertex = _minimise(face, lambda: face.minimise(prices, shorter, rows), rows)
    # What would be as short may still be used by a later stage, and with a slack all.
    shorter(vertex, INFINITY if slack > 0 else ZERO)
    face.extend()
    return prices, vertex


def _minimise(face: Face, minimise: Callable[[], Vertex], rows: range) -> Vertex:
    """Minimise; placements that break a demand row by a rounding have no routes that fit exactly.

    So the rows of the routes are widened as little as will do.
    """
    model = face.model
    sides = [(model.row_lower[row], model.row_upper[row]) for row in rows]
    for wider in WIDER:
        try:
            return minimise()
        except (NoPlanExists, SolverFailed):
            for row, (lower, upper) in zip(rows, sides, strict=True):
                model.row_lower[row], model.row_upper[row] = lower - wider, upper + wider
    return minimise()


class _Offer:
    """The routes of one group, and what each would save."""

    def __init__(self, face: Face, group: Group) -> None:
        x, instance = face.x, face.instance
        self._face, self._group = face, group.id
        near = instance.near(group)
        self._people, self._hosts = list(near), list(instance.municipalities)
        self._km = np.array(
            [[instance.route_km(o, i) for i in self._hosts] for o in self._people]
        ).reshape(len(self._people), len(self._hosts))
        allowed = [[i in near[o] for i in self._hosts] for o in self._people]
        homes = {(i, t) for i, g, t in x.hosted if g == group.id}
        self._allowed = {
            t: np.array(allowed, dtype=bool).reshape(self._km.shape)
            & np.array([(i, t) in homes for i in self._hosts])
            for t in instance.periods
        }

    def routes(self, price: Mapping[str, float], most: float) -> list[Route]:
        """List routes that are not yet there and would cost less than this [km per household].

        Parameters
        ----------
        price
            Dual value per name of a row.
        """
        face, g = self._face, self._group
        leave = np.array([price.get(f"C2.leave[{o},{g}]", 0.0) for o in self._people])
        found: list[Route] = []
        for t in reversed(face.instance.periods):
            leave += [price.get(f"C9.leave[{o},{g},{t}]", 0.0) for o in self._people]
            arrive = np.array([price.get(f"C2.arrive[{i},{g},{t}]", 0.0) for i in self._hosts])
            saved = self._km - leave[:, None] - arrive < most
            pairs = np.argwhere(saved & self._allowed[t]).tolist()
            found += [(self._people[p], self._hosts[h], g, t) for p, h in pairs]
        return [route for route in found if route not in face.x.routed]
