"""What a solve leaves behind, in plain data: one entry per stage, then the plan and its targets."""

from dataclasses import dataclass, field

from services.allocator.problem.demand import Demand, Rule
from services.allocator.problem.instance import Code
from services.allocator.problem.plan import Plan

Cell = tuple[Code, Code | None]
"""A municipality with a group, or with None for all groups together."""

Levels = dict[Cell, float]
"""The part of its fair share that each cell carries."""

DIGITS = 4
"""Digits of a target that choose a plan [parts of a household]."""

StageKey = tuple[str, int | None]
"""A stage and its tier."""


def in_one_word(name: str, tier: int | None) -> str:
    """Name a stage with its tier."""
    return name if tier is None else f"{name}[{tier}]"


@dataclass(frozen=True)
class Step:
    """One proven optimum: the bound, and the dual value per row name, where not zero."""

    bound: float
    prices: dict[str, float]


@dataclass(frozen=True)
class SplitPlan:
    """Who is housed where when households may be split.

    `placed` holds households per (lot, group), `routed` households per (responsible, host,
    group, period).
    """

    placed: dict[tuple[Code, Code], float]
    routed: dict[tuple[Code, Code, Code, Code], float]


@dataclass(frozen=True)
class Solved:
    """One stage that is solved without whole households.

    `reference` is the optimum, minimised; a leximin stage has `levels` per cell and the number
    of `distinct` levels instead. `steps` prove it: one optimum, or the inequalities of a leximin,
    and `stopped_at` says which of these keeps each cell at its level. `corner` holds the values of
    the columns that there were, in a solution that is as good as this stage and those before allow.
    """

    name: str
    tier: int | None
    seconds: float
    reference: float | None = None
    levels: dict[Cell, float] = field(default_factory=dict)
    distinct: int | None = None
    stopped_at: dict[Cell, int] = field(default_factory=dict)
    steps: tuple[Step, ...] = ()
    slack: float = 0.0
    corner: tuple[float, ...] = ()

    @property
    def allowed(self) -> float:
        """What later stages may make of this one."""
        return (self.reference or 0.0) + self.slack


@dataclass(frozen=True)
class Targets:
    """The reference in households: per (host, group) and per (responsible, group)."""

    hosted: dict[tuple[Code, Code], float] = field(default_factory=dict)
    served: dict[tuple[Code, Code], float] = field(default_factory=dict)

    def rounded(self) -> "Targets":
        """Leave out the last digits, which are rounding of the simplex method."""
        return Targets(
            *({k: round(v, DIGITS) for k, v in d.items()} for d in (self.hosted, self.served))
        )


@dataclass(frozen=True)
class Reference:
    """What is best when households may be split.

    Parameters
    ----------
    stages
        What was solved, in the planner's order.
    targets
        The reference in households.
    demands
        Demand rows that were found on the way, in the order of the numbers in their names.
    rules
        What planners call the rules behind a row that combines several.
    corner
        Values of the columns in a solution that is as good as all stages allow.
    split_plans
        What shows that the references can be reached, per stage; empty unless asked for.
    """

    stages: list[Solved] = field(default_factory=list)
    targets: Targets = field(default_factory=Targets)
    demands: list[Demand] = field(default_factory=list)
    rules: dict[str, list[Rule]] = field(default_factory=dict)
    corner: tuple[float, ...] = ()
    split_plans: dict[StageKey, SplitPlan] = field(default_factory=dict)


@dataclass(frozen=True)
class WholePlan:
    """A plan in whole households.

    `access_bounds` is what whole access (C9) alone makes of a stage, everything else in parts;
    `search_bounds` is what an integer program proved of it. No whole plan that keeps the earlier
    stages as well is better than either. `proven` is False where a search ended before it was
    certain that nothing better exists.
    """

    plan: Plan
    access_bounds: dict[StageKey, float] = field(default_factory=dict)
    search_bounds: dict[StageKey, float] = field(default_factory=dict)
    proven: bool = True

    def bound(self, key: StageKey) -> float:
        """The best bound that is known for a stage, minimised."""
        bounds = (self.access_bounds, self.search_bounds)
        return max((b[key] for b in bounds if key in b), default=float("-inf"))
