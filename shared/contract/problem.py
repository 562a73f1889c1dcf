"""What the allocator is asked: figures, rules and priorities of one region.

Households are whole numbers. Ids are any non-empty text; the API uses CBS codes (`GM0363`).
Every optional list may be absent. Rules that span several rows (unknown ids, shares that must
sum to one) are in `shared.contract.consistency`.
"""

from typing import Literal

from pydantic import Field

from shared.contract.fields import (
    AtLeastOne,
    Burden,
    Day,
    Figure,
    Id,
    Kilometres,
    NonNegative,
    Rate,
    Rows,
    Size,
    Slack,
    SomeRows,
    Strict,
    Text,
    Value,
)

Spread = Literal["region", "near", "home", "sites"]
Objective = Literal[
    "commitments",
    "waiting",
    "shopping",
    "municipalFairness",
    "groupFairness",
    "suitability",
    "extraCapacity",
    "distance",
    "stability",
]


class Period(Strict):
    """A stretch of time in which homes come free, `start` and `end` inclusive."""

    id: Id
    start: Day
    end: Day


class Municipality(Strict):
    """A municipality of the region."""

    id: Id
    name: Text
    subregion: Text | None = None


class SupportNeed(Strict):
    """Support that one household needs: slots in use, and for how many periods."""

    slots: Figure
    periods: AtLeastOne


class Group(Strict):
    """A target group (aandachtsgroep): its priority, its weight and where it may be housed.

    `burden` is what one household weighs in the fair share; `max_km` belongs to spread `near`;
    `size` is how many units of a form one household takes (1 where not given).
    """

    id: Id
    tier: AtLeastOne
    burden: Burden
    spread: Spread
    max_km: NonNegative | None = None
    size: dict[Id, Size] = Field(default_factory=dict)
    support: dict[Id, SupportNeed] = Field(default_factory=dict)


class Lot(Strict):
    """Homes of one form in one municipality and period [units].

    `reported` are counted on; up to `potential` is possible with extra effort.
    """

    id: Id
    municipality: Id
    district: Id | None = None
    form: Id
    period: Id
    reported: Figure
    potential: Figure
    groups: SomeRows[Id]


class Need(Strict):
    """Households of a group for which a municipality is responsible, from this period on."""

    municipality: Id
    group: Id
    period: Id
    households: Figure


class Support(Strict):
    """Support slots that the listed municipalities share in a period."""

    id: Id
    municipalities: SomeRows[Id]
    type: Id
    period: Id
    slots: Figure


class Commitment(Strict):
    """At least so many households, by agreement or statute."""

    id: Id
    municipality: Id
    groups: SomeRows[Id]
    periods: SomeRows[Id]
    households: Figure


class Ceiling(Strict):
    """At most so many households, to prevent accumulation (stapeling)."""

    id: Id
    municipality: Id
    district: Id | None = None
    groups: SomeRows[Id]
    periods: SomeRows[Id]
    households: Figure


class Pin(Strict):
    """Exactly so many households: a planner's decision, with its reason.

    Without `group` it is about all groups together, without `period` about all periods together.
    """

    id: Id
    municipality: Id
    group: Id | None = None
    period: Id | None = None
    households: Figure
    reason: Text


class Share(Strict):
    """The part of a group that is a municipality's fair share, from the allocation key."""

    municipality: Id
    group: Id
    share: Rate


class Access(Strict):
    """The part of the need that a municipality's own rules admit."""

    municipality: Id
    group: Id
    rate: Rate


class Distance(Strict):
    """Kilometres between two municipalities; one row holds both ways."""

    from_: Id = Field(alias="from")
    to: Id
    km: Kilometres


class Suitability(Strict):
    """How well a municipality suits a group; higher is better."""

    group: Id
    municipality: Id
    value: Value


class Previous(Strict):
    """What an earlier plan gave, to stay near to."""

    municipality: Id
    group: Id
    period: Id
    households: Figure


class Stage(Strict):
    """One objective in the planner's order; later stages may give up `slack` of its value."""

    objective: Objective
    slack: Slack = 0.0


DEFAULT_OBJECTIVES: tuple[Objective, ...] = (
    "commitments",
    "waiting",
    "shopping",
    "municipalFairness",
    "groupFairness",
    "suitability",
    "extraCapacity",
    "distance",
    "stability",
)


class Problem(Strict):
    """One question to the allocator."""

    schema_version: Literal["1"]
    periods: SomeRows[Period]
    municipalities: SomeRows[Municipality]
    groups: SomeRows[Group]
    supply: Rows[Lot]
    needs: Rows[Need]
    support: Rows[Support] = ()
    commitments: Rows[Commitment] = ()
    ceilings: Rows[Ceiling] = ()
    pins: Rows[Pin] = ()
    shares: Rows[Share] = ()
    access: Rows[Access] = ()
    distances: Rows[Distance] = ()
    reach_km: NonNegative | None = None
    min_need: Figure = 5
    suitability: Rows[Suitability] = ()
    previous: Rows[Previous] = ()
    stages: SomeRows[Stage] = tuple(Stage(objective=name) for name in DEFAULT_OBJECTIVES)
