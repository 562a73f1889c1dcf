"""What the allocator answers: a plan, how good it is, and why.

Households are whole numbers, except where a row says `reference` or `level`: those come from
the plan without whole households, and are the yardstick for the plan that is returned.
"""

from typing import Literal

from shared.contract.certificate import Certificate
from shared.contract.fields import Count, Finite, Id, NonNegative, Rows, SomeRows, Strict, Text
from shared.contract.repairs import ConflictingRule, Repair
from shared.contract.stages import StageName

Status = Literal["optimal", "feasible", "infeasible"]


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


MOST_STOPS, MOST_TOGETHER = 40, 10
"""How many rules and other cells are named for one level, the strongest first."""


class Stop(Strict):
    """A rule that stopped a level from rising, and what one unit more of it does to that level.

    For an agreement (C7) the value is below zero: one household less agreed lets the level rise.
    """

    tag: Text
    id: Id
    value: Finite


class Cell(Strict):
    """A municipality with a group; without one, all groups together."""

    municipality: Id
    group: Id | None = None


class Explanation(Strict):
    """Why a municipality got its number [households, over all periods].

    One row per municipality and group, and one per municipality without `group`: its total,
    whose fair share, target and number are the sums over its groups, without `share` and `rules`.

    `rules` stop one household more in the plan. `level` is where O5 (with a group) or O4 (the
    total) stopped to raise the part of the fair share that is hosted; null where this is not
    compared. `stopped_by` are rules that held it there, the strongest first and at most 40; where
    there is none, nothing but an earlier objective keeps it there. `together_with` are cells
    at most as high that would have to give what this one gains, at most 10.
    """

    municipality: Id
    group: Id | None = None
    share: Finite | None = None
    fair_share: NonNegative
    target: NonNegative
    proposed: Count
    rules: Rows[Binding] = ()
    level: Finite | None = None
    stopped_by: Rows[Stop] = ()
    together_with: Rows[Cell] = ()


class StageMarginal(Strict):
    """What one unit more of a rule does to the optimum of a stage, in the unit of that stage."""

    objective: StageName
    tier: int | None = None
    value: Finite


class Marginal(Strict):
    """What one unit more of a rule is worth: per stage, while all earlier stages stay optimal.

    A unit is a home (C1), a slot of support (C4), a household under a ceiling (C5), pinned (C6),
    agreed (C7) or admitted (C9). A stage that does not change is left out; what fairness gains is
    told with the levels. At a kink, where one more and one fewer differ, it is a value between
    the two.
    """

    tag: Text
    id: Id
    stages: SomeRows[StageMarginal]


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
    marginals: Rows[Marginal] = ()
    integrality_cost: Rows[IntegralityCost] = ()
    conflict: Rows[ConflictingRule] = ()
    repairs: Rows[Repair] = ()
    provenance: Provenance
    certificate: Certificate | None = None
