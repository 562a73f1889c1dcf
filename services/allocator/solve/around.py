"""The plan in whole households around the last corner of the reference."""

from collections.abc import Iterator
from contextlib import contextmanager

import numpy as np

from services.allocator.model.objectives.order import order_of_ids
from services.allocator.model.stages import SIMPLE
from services.allocator.model.whole import ROUNDING, ends, grow_dearer, rounded_up
from services.allocator.problem.instance import Instance
from services.allocator.problem.outcome import Reference, StageKey
from services.allocator.solve.clock import Clock
from services.allocator.solve.dive import settle
from services.allocator.solve.errors import NoPlanExists, SolverFailed
from services.allocator.solve.face import Face
from services.allocator.solve.helped import DEARER
from services.allocator.solve.rounding import excess_of, make_whole
from services.allocator.solve.whole_pass import (
    LAST,
    hold,
    limited,
    prepare,
    price_of_all,
    stay_around,
    used_by,
)

FAIRNESS: StageKey = ("groupFairness", None)
LIGHT = 1e-3
"""What the largest suitability weighs, next to a household off a target."""
LIGHTEST = 1e-4
"""What the place in the order of ids weighs, next to the same."""
HEAVY = 10.0
"""What sharing a lack weighs, next to the same."""


class Around:
    """The model of one plan in whole households, narrowed to the surroundings of the reference.

    `corner` is where the reference ended, `values` the best that was found so far, and `bounds`
    what was proven of the stages that pass their limit.
    """

    def __init__(self, instance: Instance, reference: Reference, clock: Clock) -> None:
        self.run = prepare(instance, reference.targets)
        self.values: list[float] = []
        self.bounds: dict[StageKey, float] = {}
        self.corner = reference.corner if reference.stages else ()
        self._reference = reference
        hold(self.run, reference.stages)
        self._face = Face(self.run.model, self.run.x, instance, clock)
        self._price = price_of_all(self.run)
        self._weigh_lightly()
        self._wide = self.run.model.bounds()
        self._asked: dict[StageKey, int] = {}
        self._unfair: int | None = None
        self._used = used_by(self.run, self.corner) if self.corner else set()
        self._tried = 0

    def _weigh_lightly(self) -> None:
        """Let suitability choose between cells that are equally near, and then the order of ids."""
        price, run = self._price, self.run
        for column, place in order_of_ids(run.model, run.x).items():
            price[column] = price.get(column, 0.0) + LIGHTEST * place
        if any(stage.name == "suitability" for stage in self._reference.stages):
            unsuitable = SIMPLE["suitability"](run.model, run.x, run.instance)
            most = max(map(abs, unsuitable.values()), default=0.0)
            for column, cost in unsuitable.items():
                price[column] += LIGHT * cost / most

    def look(self, radius: int | None, *, used: bool) -> bool:
        """Look for the best whole numbers around the corner.

        Parameters
        ----------
        radius
            Households by which a placement may move; None is any number.
        used
            Whether only placements that are known to be of use may move.

        Returns
        -------
        Whether what was found passes no limit by more than it has to.

        Raises
        ------
        NoPlanExists, SolverFailed, OutOfTime
        """
        run, face = self.run, self._face
        if used and self._tried == len(self._used):
            return False
        self._tried = len(self._used)
        run.model.restore(self._wide)
        if radius is not None:
            stay_around(run, self.corner, radius, self._used if used else None)
        face.minimise(self._price)
        if radius is not None and not self._needed(excess_of(run, face.values)):
            return False
        found = make_whole(run, face, self._price)
        if not self.values or self._worth(found) < self._worth(self.values):
            self.values = found
        return self._needed(excess_of(run, found))

    def _worth(self, values: list[float]) -> float:
        return sum(price * values[column] for column, price in self._price.items())

    def _needed(self, excess: dict[StageKey, int]) -> bool:
        """Whether no plan in whole households passes the limits by less."""
        self._passed = {key: more for key, more in excess.items() if more > 0}
        return all(excess[key] <= self._least(key) for key in self._passed)

    def _least(self, key: StageKey) -> int:
        if key == FAIRNESS:
            return self._least_unfair()
        if self._passed[key] > self._asked.get(key, 0):
            self._prove(key)
        stage = next(s for s in self._reference.stages if (s.name, s.tier) == key)
        return rounded_up(self.bounds[key]) - rounded_up(stage.allowed)

    def _prove(self, last: StageKey) -> None:
        """Find what whole access alone makes of the stages up to this one, the rest in parts."""
        run, model = self.run, self.run.model
        with self._in_parts() as face:
            for stage in self._reference.stages:
                key = (stage.name, stage.tier)
                objective = {} if key == FAIRNESS else limited(run, stage)
                limit = most = rounded_up(stage.allowed)
                if key in self._passed and objective:
                    self._asked[key] = self._passed[key]
                    # More than one less, rounded up, is as many as the plan passes the limit by.
                    bound = face.bound(objective, limit + self._passed[key] - 1 + ROUNDING)
                    self.bounds[key] = bound
                    most = max(limit, rounded_up(bound))
                if key == last:
                    return
                if objective:
                    (excess,) = run.excess[key]
                    model.column_upper[excess] = float(most - limit)

    def _least_unfair(self) -> int:
        """Say how many households of O5 are beyond one of their target in any case, in parts."""
        if self._unfair is None:
            with self._in_parts() as face:
                face.minimise(self._price)
                self._unfair = excess_of(self.run, face.values)[FAIRNESS]
                self._used |= used_by(self.run, face.values)
        return self._unfair

    @contextmanager
    def _in_parts(self) -> Iterator[Face]:
        """Widen the model to everything for a while; the corner that was found comes back."""
        model, face = self.run.model, self._face
        narrow, values = model.bounds(), face.values
        model.restore(self._wide)
        try:
            yield face
        finally:
            model.restore(narrow)
            face.point = np.array(values)

    def spread(self) -> None:
        """Share what is beyond one household of a target, each in proportion to its fair share.

        The excess itself stays as it is; the price of a household grows with those before it.
        """
        excess = excess_of(self.run, self.values)
        if not excess.get(FAIRNESS):
            return
        run, model, face = self.run, self.run.model, self._face
        model.restore(self._wide)
        for key, columns in run.excess.items():
            model.add_row(
                f"W.most[{key[0]},{key[1]}]", [(c, 1.0) for c in columns], upper=excess[key]
            )
        price = dict(self._price)
        groups = {g for (_, g), sides in run.beyond.items() if any(self.values[c] for c in sides)}
        fair = {cell: run.instance.group_shares[cell] for cell in run.beyond if cell[1] in groups}
        for cell, share in fair.items():
            target = self._reference.targets.hosted[cell]
            for side, begin in zip(run.beyond[cell], ends(target), strict=True):
                parts = grow_dearer(model, ",".join(cell), side, DEARER)
                for number, part in enumerate(parts):
                    growth = 2 * (begin + number) + 1  # of the square of the distance
                    price[part] = HEAVY * growth * max(fair.values()) / share
        try:
            face.minimise(price)
            self.values = make_whole(run, face, price)
        except (NoPlanExists, SolverFailed):
            self.values += [0.0] * (len(model.column_names) - len(self.values))

    def prefer(self) -> None:
        """Choose between plans in which every municipality hosts the same of each group.

        A preference that leaves nothing whole is passed over.
        """
        run, face = self.run, self._face
        settled = [c for c, n in enumerate(run.model.column_names) if n[:2] == "W."]
        run.model.fix({column: float(round(self.values[column])) for column in settled}, {})
        face.point = np.array(self.values)
        wanted = [s.name for s in self._reference.stages if s.name in LAST]
        objectives = [SIMPLE[name](run.model, run.x, run.instance) for name in wanted]
        order = {c: LIGHTEST * place for c, place in order_of_ids(run.model, run.x).items()}
        for objective in filter(None, objectives):
            before, basis = run.model.bounds(), face.basis
            try:
                face.keep(settle(face, order | objective, run.decisions))
            except (NoPlanExists, SolverFailed):
                run.model.restore(before)
                face.basis = basis
            else:
                self.values = list(face.values)
