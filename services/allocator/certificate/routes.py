"""O8: every route that is possible counts, also those that a solve never wrote down."""

from collections.abc import Iterator, Mapping

from services.allocator.certificate.replay import Objective, Replay
from services.allocator.model.narrowing import ZERO
from services.allocator.model.objectives.distance import (
    Route,
    open_routes,
    possible_routes,
    prepare_routes,
)

Prices = Mapping[str, float]


def open_needed_routes(replay: Replay, prices: Prices, *, everything: bool) -> Objective:
    """Add the routes that these prices do not rule out, or everything; give their lengths.

    A route that costs more than it saves adds nothing to the bound, and no shortest plan uses
    it, so it can be left out.
    """
    model, x, instance = replay.model, replay.x, replay.instance
    prepare_routes(model, x, instance)
    routes = possible_routes(x, instance) if everything else _cheap_routes(replay, prices)
    return open_routes(model, x, instance, list(routes))


def _cheap_routes(replay: Replay, prices: Prices) -> Iterator[Route]:
    instance = replay.instance
    leave: dict[tuple[str, str, str], float] = {}
    for o, g in replay.x.admitted:
        sum_of_later = prices.get(f"C2.leave[{o},{g}]", 0.0)
        for t in reversed(instance.periods):
            sum_of_later += prices.get(f"C9.leave[{o},{g},{t}]", 0.0)
            leave[o, g, t] = sum_of_later
    for route in possible_routes(replay.x, instance):
        o, i, g, t = route
        km = instance.route_km(o, i)
        if km - leave[o, g, t] - prices.get(f"C2.arrive[{i},{g},{t}]", 0.0) <= ZERO:
            yield route
