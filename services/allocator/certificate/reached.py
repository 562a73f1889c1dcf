"""Whether what is proven can be reached: a plan in parts of households that is on the face.

Columns of the model follow from who is placed and moved where. What the model leaves to its
demand rows is added up here: who is housed has come, is admitted, and may live there.
"""

from collections import defaultdict
from collections.abc import Iterator

from services.allocator.certificate.bound import Unproven
from services.allocator.certificate.replay import Replay
from services.allocator.model.linear_model import Column
from services.allocator.problem.instance import Code
from shared.contract.certificate import SplitPlan
from shared.verify.numbers import agrees

Cell = tuple[Code, Code, Code]
Sums = dict[Cell, float]


def check_reached(replay: Replay, plan: SplitPlan) -> None:
    """Check that a plan keeps the rules, and everything that is kept of the stages so far.

    Raises
    ------
    Unproven
        When it does not.
    """
    _check_routes(replay, plan)
    model = replay.model
    values = _values(replay, plan)
    for column, (low, high) in enumerate(zip(model.column_lower, model.column_upper, strict=True)):
        if not _between(low, values.get(column, low if low == high else 0.0), high):
            raise Unproven(f"The plan that is to reach it breaks {model.column_names[column]}.")
        values.setdefault(column, low if low == high else 0.0)
    for row, (low, high) in enumerate(zip(model.row_lower, model.row_upper, strict=True)):
        terms = zip(model.row_columns[row], model.row_values[row], strict=True)
        if not _between(low, sum(values[c] * v for c, v in terms), high):
            raise Unproven(f"The plan that is to reach it breaks {model.row_names[row]}.")


def _between(low: float, value: float, high: float) -> bool:
    return low <= value <= high or agrees(low, value) or agrees(high, value)


def _check_routes(replay: Replay, plan: SplitPlan) -> None:
    """C2, C8: as many move in as are placed, and who moves may."""
    instance, x = replay.instance, replay.x
    if {(row.lot, row.group) for row in plan.placements} - x.placed.keys():
        raise Unproven("The plan that is to reach it places households where they cannot live.")
    if {row.group for row in plan.trades} - instance.group.keys():
        raise Unproven("The plan that is to reach it has households of an unknown group.")
    moves = {(row.group, row.responsible, row.host) for row in plan.trades}
    if not all(instance.may_house(instance.group[g], o, i) for g, o, i in moves):
        raise Unproven("The plan that is to reach it breaks C8.")
    placed, moved = _placed(replay, plan), _moved(plan)
    if not all(agrees(placed[cell], moved[cell]) for cell in placed.keys() | moved.keys()):
        raise Unproven("The plan that is to reach it breaks C2.")
    _check_who_has_come(replay, _served(plan))


def _check_who_has_come(replay: Replay, served: Sums) -> None:
    """C3, C9: by the end of each period no more have moved than are admitted."""
    for o, g in {(o, g) for o, g, _ in served}:
        left = 0.0
        admitted = replay.x.admitted.get((o, g), ())
        for t, most in zip(replay.instance.periods, admitted, strict=False):
            left += served.pop((o, g, t), 0.0)
            if not _between(0.0, left, most):
                raise Unproven("The plan that is to reach it breaks C9.")
    if served:
        raise Unproven("The plan that is to reach it houses households that do not exist.")


def _placed(replay: Replay, plan: SplitPlan) -> Sums:
    lots = {lot.id: lot for lot in replay.instance.lots}
    sums: Sums = defaultdict(float)
    for row in plan.placements:
        lot = lots[row.lot]
        sums[lot.municipality, row.group, lot.period] += row.households
    return sums


def _moved(plan: SplitPlan) -> Sums:
    sums: Sums = defaultdict(float)
    for row in plan.trades:
        sums[row.host, row.group, row.period] += row.households
    return sums


def _served(plan: SplitPlan) -> Sums:
    sums: Sums = defaultdict(float)
    for row in plan.trades:
        sums[row.responsible, row.group, row.period] += row.households
    return sums


def _values(replay: Replay, plan: SplitPlan) -> dict[Column, float]:
    """Give the columns their values; what only measures something follows from the rest."""
    x = replay.x
    values: dict[Column, float] = defaultdict(float)
    for row in plan.placements:
        values[x.placed[row.lot, row.group]] += row.households
    for move in plan.trades:
        o, i, g, t = move.responsible, move.host, move.group, move.period
        columns = [c for c, _ in x.served.get((o, g), ())] if _decided(replay, g) else []
        columns += [
            c for c in (x.moved.get((o, i, g)), x.routed.get((o, i, g, t))) if c is not None
        ]
        for column in columns:
            values[column] += move.households
    for measured in (_held, _short, _extra, _left, _pulls, _changes):
        values.update(measured(replay, values))
    return values


def _decided(replay: Replay, group: Code) -> bool:
    """Whether who is served is a column; of a group that stays at home it is who is placed."""
    return replay.instance.group[group].spread != "home"


def _held(replay: Replay, values: dict[Column, float]) -> Iterator[tuple[Column, float]]:
    x, periods = replay.x, replay.instance.periods
    for (g, t), column in x.held.items():
        by_then = periods[: periods.index(t) + 1]
        hosts = (x.hosts(i, g, by_then) for i in replay.instance.municipalities)
        yield column, sum(values[c] * v for terms in hosts for c, v in terms)


def _short(replay: Replay, values: dict[Column, float]) -> Iterator[tuple[Column, float]]:
    x = replay.x
    for row in replay.instance.commitments:
        periods = tuple(set(row.periods))
        terms = [term for g in set(row.groups) for term in x.hosts(row.municipality, g, periods)]
        yield x.short[row.id], max(0.0, row.households - sum(values[c] * v for c, v in terms))


def _extra(replay: Replay, values: dict[Column, float]) -> Iterator[tuple[Column, float]]:
    for lot in replay.instance.lots:
        if lot.id in replay.x.extra:
            sizes = {g: replay.instance.group[g].size.get(lot.form, 1) for g in set(lot.groups)}
            used = sum(values[replay.x.placed[lot.id, g]] * size for g, size in sizes.items())
            yield replay.x.extra[lot.id], max(0.0, used - lot.reported)


def _left(replay: Replay, values: dict[Column, float]) -> Iterator[tuple[Column, float]]:
    x, periods = replay.x, replay.instance.periods
    for (o, g, t), column in x.left.items():
        served = sum(values[c] * v for c, v in x.served[o, g])
        yield column, max(0.0, x.admitted[o, g][periods.index(t)] - served)


def _pulls(replay: Replay, values: dict[Column, float]) -> Iterator[tuple[Column, float]]:
    instance, x = replay.instance, replay.x
    if not x.pull:
        return
    chance = {
        (m, g): sum(values[c] * v for c, v in x.served[m, g]) / instance.total_need[m, g]
        for m, g in x.pull
    }
    pulls = dict.fromkeys(x.pull, 0.0)
    for group in instance.groups:
        for m, n in instance.comparable(group.id):
            better = chance[n, group.id] - chance[m, group.id]
            pulls[m, group.id] = max(pulls[m, group.id], better)
    yield from ((x.pull[cell], pull) for cell, pull in pulls.items())
    yield replay.model.column_names.index("O3.largest"), max(pulls.values())


def _changes(replay: Replay, values: dict[Column, float]) -> Iterator[tuple[Column, float]]:
    names = {name: column for column, name in enumerate(replay.model.column_names)}
    for key, terms in replay.x.hosted.items():
        column = names.get(f"change[{','.join(key)}]")
        if column is not None:
            hosted = sum(values[c] * v for c, v in terms)
            yield column, abs(hosted - replay.instance.previous.get(key, 0))
