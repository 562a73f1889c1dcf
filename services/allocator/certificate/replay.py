"""The model of a solve, rebuilt from the problem, and narrowed again by what is proven."""

from collections.abc import Mapping, Sequence
from functools import cached_property

from services.allocator.certificate.bound import Bound, Unproven, bound_of, most_of
from services.allocator.model.build import build
from services.allocator.model.constraints.demand import add_demand, count_left, left_row
from services.allocator.model.linear_model import INFINITY, Column, Row
from services.allocator.model.narrowing import tight
from services.allocator.model.objectives.shopping import Pair, compare_chances
from services.allocator.problem.demand import Demand
from services.allocator.problem.instance import Instance
from shared.contract.certificate import FoundRow

Objective = Mapping[Column, float]
Duals = dict[Row, float]


class Replay:
    """The optimal face, stage by stage, as a certificate describes it.

    Rows that were found while solving are built from their definition when they are first used,
    so they are rules of the problem whatever the definition says.
    """

    def __init__(self, instance: Instance, found: Sequence[FoundRow]) -> None:
        self.instance = instance
        self.model, self.x = build(instance)
        self._found = {f"C8.reach[{row.group},{n}]": row for n, row in enumerate(found, 1)}
        self._rows: dict[str, Row] = {}
        self._looked_up = 0

    def duals(self, prices: Mapping[str, float]) -> Duals:
        """Look up the rows of dual values.

        Raises
        ------
        Unproven
            When a row does not exist.
        """
        for name in sorted(prices.keys() - self._known().keys()):
            if name not in self._known():  # a demand row brings others along
                self._add(name)
        known = self._known()
        return {known[name]: price for name, price in prices.items() if price}

    def prove(self, objective: Objective, duals: Duals) -> Bound:
        """Add up what dual values prove of an objective on this face."""
        return bound_of(self.model, objective, duals, most_of(self.instance, self.x))

    def narrow(self, duals: Duals, bound: Bound) -> None:
        """Keep what every solution that reaches a bound has in common.

        Raises
        ------
        Unproven
            When that is nothing, because the bound is beyond what any solution reaches.
        """
        columns, rows = tight(self.model, duals, bound.reduced)
        for column, value in columns.items():
            if value == INFINITY:
                raise Unproven(f"{self.model.column_names[column]} has a price below zero.")
        self.model.fix(columns, rows)

    def _known(self) -> dict[str, Row]:
        names = self.model.row_names
        for row in range(self._looked_up, len(names)):
            self._rows[names[row]] = row
        self._looked_up = len(names)
        return self._rows

    def _add(self, name: str) -> None:
        if name in self._found:
            demand = self._demand(name, self._found[name])
            add_demand(self.model, self.x, self.instance, demand, name)
        elif name in (left := {left_row(key): key for key in self.x.left}):
            count_left(self.model, self.x, self.instance, left[name])
        elif self.x.pull and name in self._pairs:
            compare_chances(self.model, self.x, self.instance, self._pairs[name])
        else:
            raise Unproven(f"There is no row {name} here.")

    def _demand(self, name: str, row: FoundRow) -> Demand:
        order = {t: k for k, t in enumerate(self.instance.periods)}
        known = set(self.instance.municipalities)
        if row.group not in self.instance.group or not row.until.keys() <= known:
            raise Unproven(f"{name} is about a group or municipality that does not exist.")
        if not set(row.until.values()) <= order.keys():
            raise Unproven(f"{name} is about a period that does not exist.")
        if row.served and not self.x.served:
            raise Unproven(f"{name} counts who is served before that is decided.")
        until = {i: order[t] for i, t in row.until.items()}
        return Demand(row.group, until, row.served)

    @cached_property
    def _pairs(self) -> dict[str, Pair]:
        return {
            f"O3.pull[{m},{n},{group.id}]": (m, n, group.id)
            for group in self.instance.groups
            for m, n in self.instance.comparable(group.id)
        }
