"""What the registry says about one region, as plain values: the raw material of a snapshot.

Every number is the `likely` value of its figure, and None where that is unknown. Households and
homes are whole numbers.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction


@dataclass(frozen=True)
class Region:
    """The municipalities that plan together, and how far a household may shop [km]."""

    id: str
    municipalities: tuple[str, ...]
    reach_km: float | None = None
    min_need: int = 5


@dataclass(frozen=True)
class Municipality:
    """A municipality and the days on which it exists; `valid_to` is its last day."""

    code: str
    name: str
    valid_from: date
    valid_to: date | None = None
    subregion: str | None = None


@dataclass(frozen=True)
class Period:
    """A plan period, both days included."""

    id: str
    start: date
    end: date


@dataclass(frozen=True)
class Group:
    """A target group and the days on which its rule is in force."""

    id: str
    tier: int
    burden: float
    spread: str
    max_km: float | None = None
    size: Mapping[str, float] = field(default_factory=dict)
    support: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    valid_from: date | None = None
    valid_to: date | None = None

    def in_force(self, period: Period) -> bool:
        """Whether the rule of this group holds on any day of the period."""
        starts = self.valid_from is None or self.valid_from <= period.end
        ends = self.valid_to is None or self.valid_to >= period.start
        return starts and ends


@dataclass(frozen=True)
class Need:
    """Households that wait or will wait."""

    municipality: str
    group: str
    period: str
    households: int | None


@dataclass(frozen=True)
class Capacity:
    """Homes of one form; without `groups` the housing form says whom they fit."""

    id: str
    municipality: str
    form: str
    period: str
    reported: int | None
    potential: int
    groups: tuple[str, ...] | None = None
    district: str | None = None


@dataclass(frozen=True)
class SupportCapacity:
    """Support slots that municipalities share."""

    id: str
    municipalities: tuple[str, ...]
    type: str
    period: str
    slots: int | None


@dataclass(frozen=True)
class Commitment:
    """At least so many households."""

    id: str
    municipality: str
    groups: tuple[str, ...]
    periods: tuple[str, ...]
    households: int


@dataclass(frozen=True)
class Ceiling:
    """At most so many households."""

    id: str
    municipality: str
    groups: tuple[str, ...]
    periods: tuple[str, ...]
    households: int
    district: str | None = None


@dataclass(frozen=True)
class AccessRate:
    """Part of a need that a municipality's own rules admit."""

    municipality: str
    group: str
    rate: float


@dataclass(frozen=True)
class Distance:
    """Kilometres between two municipalities, both ways."""

    from_: str
    to: str
    km: float


@dataclass(frozen=True)
class SharingKey:
    """The shares of one allocation key over the region, or why it has none."""

    id: str
    groups: tuple[str, ...]
    shares: Mapping[str, Fraction] = field(default_factory=dict)
    obstacles: tuple[str, ...] = ()


@dataclass(frozen=True)
class Registry:
    """Everything a snapshot can draw on."""

    region: Region
    municipalities: Sequence[Municipality]
    periods: Sequence[Period]
    groups: Sequence[Group]
    fits: Sequence[tuple[str, str]] = ()
    needs: Sequence[Need] = ()
    capacities: Sequence[Capacity] = ()
    support: Sequence[SupportCapacity] = ()
    commitments: Sequence[Commitment] = ()
    ceilings: Sequence[Ceiling] = ()
    access: Sequence[AccessRate] = ()
    distances: Sequence[Distance] = ()
    keys: Sequence[SharingKey] = ()
