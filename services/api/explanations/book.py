"""What the sentences about a proposal draw on: its frozen question, and names for people."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar

from services.api.language import Language, listed, written
from shared.contract.problem import Ceiling, Commitment, Lot, Pin, Problem, Support
from shared.contract.result import StageMarginal

Row = TypeVar("Row", Lot, Support, Ceiling, Pin, Commitment)
Worth = Mapping[tuple[str, str], tuple[StageMarginal, ...]]
"""Per rule (tag and id) what one unit more of it does to the stages."""
MOST_NAMES = 3
_EVERY_GROUP: Mapping[Language, str] = {"nl": "alle groepen", "en": "all groups"}
_COUNTED: Mapping[Language, Mapping[str, tuple[str, str]]] = {
    "nl": {
        "home": ("woning", "woningen"),
        "household": ("huishouden", "huishoudens"),
        "place": ("plek", "plekken"),
        "group": ("groep", "groepen"),
        "municipality": ("gemeente", "gemeenten"),
    },
    "en": {
        "home": ("home", "homes"),
        "household": ("household", "households"),
        "place": ("place", "places"),
        "group": ("group", "groups"),
        "municipality": ("municipality", "municipalities"),
    },
}


@dataclass(frozen=True)
class Names:
    """Names of groups and housing forms per language; what has none is called by its id."""

    groups: Mapping[Language, Mapping[str, str]]
    forms: Mapping[Language, Mapping[str, str]]


@dataclass(frozen=True)
class Place:
    """The parts of an id such as `GM0363,homeless,2027`, as far as the question knows them."""

    municipality: str | None = None
    group: str | None = None
    period: str | None = None


@dataclass(frozen=True)
class Book:
    """A frozen question with the names for its ids."""

    problem: Problem
    names: Names

    @cached_property
    def lots(self) -> Mapping[str, Lot]:
        """Lots by id."""
        return _by_id(self.problem.supply)

    @cached_property
    def support(self) -> Mapping[str, Support]:
        """Support rows by id."""
        return _by_id(self.problem.support)

    @cached_property
    def ceilings(self) -> Mapping[str, Ceiling]:
        """Ceilings by id."""
        return _by_id(self.problem.ceilings)

    @cached_property
    def pins(self) -> Mapping[str, Pin]:
        """Pins by id."""
        return _by_id(self.problem.pins)

    @cached_property
    def commitments(self) -> Mapping[str, Commitment]:
        """Commitments by id."""
        return _by_id(self.problem.commitments)

    @cached_property
    def municipalities(self) -> Mapping[str, str]:
        """Names of municipalities."""
        return {m.id: m.name for m in self.problem.municipalities}

    @cached_property
    def group_ids(self) -> tuple[str, ...]:
        """Ids of the target groups."""
        return tuple(g.id for g in self.problem.groups)

    @cached_property
    def period_ids(self) -> tuple[str, ...]:
        """Ids of the periods, in order of time."""
        return tuple(p.id for p in self.problem.periods)

    def group(self, lang: Language, group: str) -> str:
        """Name a group."""
        return self.names.groups[lang].get(group, group)

    def form(self, lang: Language, form: str) -> str:
        """Name a housing form."""
        return self.names.forms[lang].get(form, form)

    def cell(self, lang: Language, municipality: str, group: str | None) -> str:
        """Name a municipality with one group, or with all of them."""
        name = self.municipalities[municipality]
        return name if group is None else f"{name} ({self.group(lang, group)})"

    def groups(self, lang: Language, groups: Sequence[str] | None) -> str:
        """Name some groups, or count them where there are many; none given means all."""
        if groups is None or set(groups) == set(self.group_ids):
            return _EVERY_GROUP[lang]
        named = sorted(self.group(lang, group) for group in groups)
        return _few(lang, named, "group")

    def places(self, lang: Language, municipalities: Sequence[str]) -> str:
        """Name some municipalities, or count them where there are many."""
        named = sorted(self.municipalities[code] for code in municipalities)
        return _few(lang, named, "municipality")

    def periods(self, periods: Sequence[str] | None) -> str:
        """Name some periods by the first and the last; none given means all."""
        chosen = [t for t in self.period_ids if periods is None or t in periods]
        return chosen[0] if len(chosen) == 1 else f"{chosen[0]}–{chosen[-1]}"

    def place(self, id_: str) -> Place:
        """Read an id that is put together from other ids."""
        parts = id_.split(",")
        return Place(
            next((part for part in parts if part in self.municipalities), None),
            next((part for part in parts if part in self.group_ids), None),
            next((part for part in parts if part in self.period_ids), None),
        )


def counted(lang: Language, number: int, noun: str) -> str:
    """Write a number with its noun: 1 home, 2 homes."""
    one, more = _COUNTED[lang][noun]
    return f"{written(lang, number)} {one if number == 1 else more}"


def _few(lang: Language, names: list[str], noun: str) -> str:
    return listed(lang, names) if len(names) <= MOST_NAMES else counted(lang, len(names), noun)


def _by_id(rows: Sequence[Row]) -> Mapping[str, Row]:
    return {row.id: row for row in rows}
