"""Figures that a choice needs and that nobody knows. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass

from services.api.proposals.choice import Scope
from services.api.proposals.registry import Registry
from shared.faults import Fault


@dataclass(frozen=True)
class Unknown:
    """One figure: in which collection, whose, of what (group, housing form or support), when."""

    noun: str
    municipalities: tuple[str, ...]
    what: str
    period: str


def unknown_figures(scope: Scope, registry: Registry) -> list[Unknown]:
    """List the unknown needs, capacities and support capacities within a choice, in order."""
    found = {*_needs(scope, registry), *_lots(scope, registry), *_support(scope, registry)}
    return sorted(found, key=lambda one: (one.noun, one.municipalities, one.what, one.period))


def unknown_faults(unknown: list[Unknown]) -> Iterator[Fault]:
    """Refuse to plan over them, each by name."""
    for one in unknown:
        whose = ", ".join(one.municipalities)
        yield Fault(
            "/unknownFigures",
            "figure_unknown",
            f"In {one.noun}, {one.what!r} of {whose} in {one.period!r} is unknown. Fill it in, or "
            "ask with unknownFigures leaveOut.",
        )


def _needs(scope: Scope, registry: Registry) -> Iterator[Unknown]:
    cells, codes = scope.cells_in_force(), scope.codes()
    for need in registry.needs:
        within = need.municipality in codes and (need.group, need.period) in cells
        if within and need.households is None:
            yield Unknown("needs", (need.municipality,), need.group, need.period)


def _lots(scope: Scope, registry: Registry) -> Iterator[Unknown]:
    codes, periods = scope.codes(), scope.period_ids()
    for lot in registry.capacities:
        if lot.reported is None and lot.municipality in codes and lot.period in periods:
            yield Unknown("capacities", (lot.municipality,), lot.form, lot.period)


def _support(scope: Scope, registry: Registry) -> Iterator[Unknown]:
    codes, periods = scope.codes(), scope.period_ids()
    for support in registry.support:
        own = codes & set(support.municipalities)
        if support.slots is None and own and support.period in periods:
            yield Unknown("support-capacities", tuple(sorted(own)), support.type, support.period)
