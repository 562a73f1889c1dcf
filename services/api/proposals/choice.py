"""What a planner chooses for a proposal, and what of it the registry cannot serve."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from services.api.proposals.registry import Group, Municipality, Period, Registry
from shared.faults import Fault, pointer

Row = TypeVar("Row", Period, Group)


@dataclass(frozen=True)
class ChosenStage:
    """One objective in the planner's order; later stages may give up `slack` of its value."""

    objective: str
    slack: float = 0.0


@dataclass(frozen=True)
class ChosenPin:
    """Exactly so many households in one place, with the planner's reason."""

    municipality: str
    group: str
    period: str
    households: int
    reason: str


@dataclass(frozen=True)
class Choice:
    """What to plan; without periods or groups, all of them.

    Without `leave_out_unknown` a figure that is unknown makes the choice impossible.
    """

    region: str
    periods: tuple[str, ...] | None = None
    groups: tuple[str, ...] | None = None
    stages: tuple[ChosenStage, ...] | None = None
    pins: tuple[ChosenPin, ...] = ()
    leave_out_unknown: bool = False


@dataclass(frozen=True)
class Asked:
    """What a planner asks: a choice, a name for it, and how long it may be computed [s].

    `previous` is the id of an earlier proposal to stay near to.
    """

    choice: Choice
    name: str | None
    time_limit_seconds: float
    request: Mapping[str, Any]
    previous: str | None = None


@dataclass(frozen=True)
class EarlierPlan:
    """What an earlier plan houses per municipality, group and period [households].

    `faults` tell why the plan that was asked for cannot be used.
    """

    hosted: Mapping[tuple[str, str, str], int] = field(default_factory=dict)
    faults: tuple[Fault, ...] = ()


NO_PLAN = EarlierPlan()


@dataclass(frozen=True)
class Scope:
    """The part of the registry that a choice selects, in a fixed order."""

    municipalities: tuple[Municipality, ...]
    periods: tuple[Period, ...]
    groups: tuple[Group, ...]

    def codes(self) -> frozenset[str]:
        """Give the municipality codes."""
        return frozenset(m.code for m in self.municipalities)

    def period_ids(self) -> frozenset[str]:
        """Give the period ids."""
        return frozenset(p.id for p in self.periods)

    def group_ids(self) -> frozenset[str]:
        """Give the group ids."""
        return frozenset(g.id for g in self.groups)

    def cells_in_force(self) -> frozenset[tuple[str, str]]:
        """Give the (group, period) pairs in which the rule of the group is in force."""
        return frozenset((g.id, p.id) for g in self.groups for p in self.periods if g.in_force(p))


def scope_of(choice: Choice, registry: Registry) -> tuple[Scope, list[Fault]]:
    """Select the municipalities, periods and groups of a choice.

    Parameters
    ----------
    choice
        What the planner asks.
    registry
        What is known about the region.

    Returns
    -------
    The scope, and every fault in the choice with a pointer into the request.
    """
    periods, period_faults = _chosen(choice.periods, registry.periods, "periods")
    periods = sorted(periods, key=lambda p: (p.start, p.id))
    groups, group_faults = _chosen(choice.groups, registry.groups, "groups")
    if choice.groups is None:
        groups = [g for g in groups if any(g.in_force(p) for p in periods)]
    members = set(registry.region.municipalities)
    scope = Scope(
        tuple(sorted((m for m in registry.municipalities if m.code in members), key=_code)),
        tuple(periods),
        tuple(sorted(groups, key=lambda g: g.id)),
    )
    faults = [*period_faults, *group_faults, *_emptiness(scope)]
    faults += _municipalities_that_do_not_exist(registry, scope)
    faults += _groups_never_in_force(choice, scope)
    faults += _pins_outside(choice, scope)
    return scope, faults


def _code(municipality: Municipality) -> str:
    return municipality.code


def _chosen(
    wanted: Sequence[str] | None, known: Sequence[Row], field: str
) -> tuple[list[Row], list[Fault]]:
    if wanted is None:
        return list(known), []
    by_id = {row.id: row for row in known}
    faults = [
        Fault(pointer(field, place), "unknown_id", f"The registry has no {field[:-1]} {name!r}.")
        for place, name in enumerate(wanted)
        if name not in by_id
    ]
    repeated = [
        Fault(pointer(field, place), "repeated_entry", f"{name!r} is in this list twice.")
        for place, name in enumerate(wanted)
        if name in wanted[:place]
    ]
    return [by_id[name] for name in sorted(set(wanted)) if name in by_id], faults + repeated


def _emptiness(scope: Scope) -> Iterator[Fault]:
    if not scope.periods:
        yield Fault("/periods", "no_periods", "There is no period to plan; add one first.")
    if not scope.groups:
        yield Fault("/groups", "no_groups", "No target group is in force in these periods.")
    if not scope.municipalities:
        yield Fault("/region", "no_municipalities", "The region has no municipalities.")


def _municipalities_that_do_not_exist(registry: Registry, scope: Scope) -> Iterator[Fault]:
    """Report members that are unknown, or do not exist during the whole of the plan.

    A municipality that merges halfway cannot keep what is planned in it afterwards: its
    figures belong under the code of its successor.
    """
    for code in sorted(set(registry.region.municipalities) - scope.codes()):
        yield Fault("/region", "unknown_id", f"The region names an unknown municipality {code!r}.")
    for municipality in scope.municipalities:
        if not _exists_throughout(municipality, scope.periods):
            yield Fault(
                "/region",
                "municipality_not_valid",
                f"{municipality.name} ({municipality.code}) exists from {municipality.valid_from}"
                f" to {municipality.valid_to or 'further notice'}, not during all chosen periods;"
                " use the code of its successor, or choose other periods.",
            )


def _exists_throughout(municipality: Municipality, periods: Sequence[Period]) -> bool:
    if not periods:
        return True
    ends = municipality.valid_to
    starts_in_time = municipality.valid_from <= periods[0].start
    return starts_in_time and (ends is None or ends >= periods[-1].end)


def _groups_never_in_force(choice: Choice, scope: Scope) -> Iterator[Fault]:
    in_force = {group for group, _ in scope.cells_in_force()}
    for place, name in enumerate(choice.groups or ()):
        if name in scope.group_ids() and name not in in_force and scope.periods:
            yield Fault(
                pointer("groups", place),
                "group_not_in_force",
                f"The rule of group {name!r} is not in force in any chosen period.",
            )


def _pins_outside(choice: Choice, scope: Scope) -> Iterator[Fault]:
    cells = scope.cells_in_force()
    seen: dict[tuple[str, str, str], int] = {}
    for place, pin in enumerate(choice.pins):
        yield from _pin_ids(place, pin, scope)
        both_known = pin.group in scope.group_ids() and pin.period in scope.period_ids()
        if both_known and (pin.group, pin.period) not in cells:
            yield Fault(
                pointer("pins", place, "period"),
                "group_not_in_force",
                f"The rule of group {pin.group!r} is not in force in period {pin.period!r}.",
            )
        first = seen.setdefault((pin.municipality, pin.group, pin.period), place)
        if first != place:
            message = f"{pointer('pins', first)} already decides this place."
            yield Fault(pointer("pins", place), "repeated_row", message)


def _pin_ids(place: int, pin: ChosenPin, scope: Scope) -> Iterator[Fault]:
    checks = (
        ("municipality", pin.municipality, scope.codes()),
        ("group", pin.group, scope.group_ids()),
        ("period", pin.period, scope.period_ids()),
    )
    for name, value, known in checks:
        if value not in known:
            message = f"The {name} {value!r} is not part of this proposal."
            yield Fault(pointer("pins", place, name), "unknown_id", message)
