"""What the allocator answers: a plan, how good it is, and why.

Households are whole numbers, except where a row says `reference` or `level`: those come from
the plan without whole households, and are the yardstick for the plan that is returned.
"""

from typing import Literal

from pydantic import Field

from shared.contract.fields import Count, Finite, Id, NonNegative, Rows, Strict, Text

Status = Literal["optimal", "feasible", "infeasible"]
StageName = Literal[
    "commitments",
    "waiting",
    "shopping.max",
    "shopping.sum",
    "municipalFairness",
    "groupFairness",
    "suitability",
    "extraCapacity",
    "distance",
    "stability",
]


class StageOutcome(Strict):
    """One stage: the best value without whole households, and that of the plan.

    `reference` and `value` are in the unit of the objective. `levels` is the number of distinct
    steps of a leximin stage, which has no single reference; its `value` is the lowest level in
    the plan. `gap` is how much worse `value` is than `reference`, so at worst how far it is from
    the optimum; below 0 where whole households gave up some of an earlier stage. It is null for
    a leximin stage, and where time ran out before the stage was bounded.
    """

    objective: StageName
    tier: int | None = None
    reference: Finite | None = None
    levels: Count | None = None
    value: Finite | None = None
    gap: Finite | None = None
    seconds: NonNegative


class Level(Strict):
    """The target of a leximin stage: the share of its fair share that this cell reaches.

    Without `group` it is O4 (a municipality over all groups), with `group` it is O5, and
    `households` = level x fair share.
    """

    municipality: Id
    group: Id | None = None
    level: Finite
    households: Finite | None = None


class Placement(Strict):
    """Households of a group housed in a lot."""

    lot: Id
    group: Id
    households: Count


class Trade(Strict):
    """Households of a responsible municipality housed by a host (which may be the same)."""

    responsible: Id
    host: Id
    group: Id
    period: Id
    households: Count


class Shortfall(Strict):
    """What a commitment lacks."""

    commitment: Id
    households: Count


class Waiting(Strict):
    """Households that still wait at the end of a period."""

    municipality: Id
    group: Id
    period: Id
    households: Count


class ExtraCapacity(Strict):
    """Units used beyond what a lot reports [units; households where a household takes one]."""

    lot: Id
    households: NonNegative


class Pull(Strict):
    """A chance of a home, and how much better the best chance within reach is."""

    municipality: Id
    group: Id
    chance: Finite
    pull: NonNegative
    towards: Id | None = None


class Binding(Strict):
    """A rule that leaves no room: its tag, its id, and what one unit more would be worth.

    `marginal` is the change in the stage named `objective` for one unit more of this rule; null
    where it was not computed.
    """

    tag: Text
    id: Text
    objective: StageName | None = None
    marginal: Finite | None = None


class Explanation(Strict):
    """Why a municipality got its number of a group [households, over all periods]."""

    municipality: Id
    group: Id
    share: Finite
    fair_share: NonNegative
    target: NonNegative
    proposed: Count
    rules: Rows[Binding] = ()


class IntegralityCost(Strict):
    """What whole households cost against the reference, and the rule that forces it.

    `households` counts households; for `waiting`, household-periods: somebody who waits two
    periods longer counts twice.
    """

    objective: StageName
    tier: int | None = None
    municipality: Id | None = None
    group: Id | None = None
    households: Finite
    rule: Text


class ConflictingRule(Strict):
    """One rule of a set that cannot hold together."""

    tag: Text
    id: Text


class Limits(Strict):
    """The limits under which the plan was made."""

    time_limit_seconds: NonNegative | None = None


class Provenance(Strict):
    """Everything needed to make the same plan again."""

    problem_hash: Text
    plan_hash: Text | None = None
    solver: Text
    solver_version: Text
    seed: Count
    threads: Count
    limits: Limits
    wall_seconds: NonNegative


class Dual(Strict):
    """The dual value of one row in one stage."""

    row: Text
    value: Finite


class StageCertificate(Strict):
    """Dual values that bound a stage from below: no solution is better than `bound`.

    A leximin stage has one entry per floor that was raised (`level` counts them); there the
    objective is minus the floor.
    """

    objective: StageName
    tier: int | None = None
    level: int | None = None
    bound: Finite
    duals: Rows[Dual]


class Result(Strict):
    """The answer to one problem."""

    schema_version: Literal["1"] = "1"
    status: Status
    stages: Rows[StageOutcome] = ()
    levels: Rows[Level] = ()
    placements: Rows[Placement] = ()
    trades: Rows[Trade] = ()
    shortfalls: Rows[Shortfall] = ()
    waiting: Rows[Waiting] = ()
    extra_capacity: Rows[ExtraCapacity] = ()
    pulls: Rows[Pull] = ()
    explanations: Rows[Explanation] = ()
    integrality_cost: Rows[IntegralityCost] = ()
    conflict: Rows[ConflictingRule] = ()
    provenance: Provenance
    certificate: Rows[StageCertificate] = Field(default=())
