"""A problem document as the formulation names it; decimals are the fractions that their text says.

This program reads documents that are known to be valid, so it refuses nothing.
"""

import json
from collections.abc import Iterator
from fractions import Fraction
from functools import cached_property
from itertools import product
from typing import Any

Row = dict[str, Any]
Number = int | Fraction
Key = tuple[str, ...]

DEFAULT_STAGES = (
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


class Region:
    """Sets and parameters of one problem."""

    def __init__(self, document: str) -> None:
        self.rows: Row = json.loads(document, parse_float=Fraction)
        self.towns: list[str] = [row["id"] for row in self.rows["municipalities"]]
        self.years: list[str] = [row["id"] for row in self.rows["periods"]]
        self.groups: dict[str, Row] = {row["id"]: row for row in self.rows["groups"]}
        self.lots: list[Row] = self.rows["supply"]
        self.need = self.figures("needs", "municipality", "group", "period", value="households")
        self.share = self.figures("shares", "municipality", "group", value="share")
        self.rate = self.figures("access", "municipality", "group", value="rate")
        one_way = self.figures("distances", "from", "to", value="km")
        self.km = one_way | {(b, a): km for (a, b), km in one_way.items()}

    def listed(self, name: str) -> list[Row]:
        """Give the rows of a list that may be absent."""
        rows: list[Row] = self.rows.get(name) or []
        return rows

    def figures(self, name: str, *keys: str, value: str) -> dict[Key, Number]:
        """Look up one figure per row of a list."""
        return {tuple(row[key] for key in keys): row[value] for row in self.listed(name)}

    @cached_property
    def tiers(self) -> list[int]:
        """Give the tiers that occur, the first to be helped first."""
        return sorted({group["tier"] for group in self.groups.values()})

    @cached_property
    def stages(self) -> list[tuple[str, Number]]:
        """Give objective and slack of each stage."""
        asked = self.listed("stages") or [{"objective": name} for name in DEFAULT_STAGES]
        return [(row["objective"], row.get("slack", 0)) for row in asked]

    def total_need(self, town: str, group: str) -> Number:
        """N[o,g]."""
        return sum(self.need.get((town, group, t), 0) for t in self.years)

    def group_need(self, group: str) -> Number:
        """N[g]."""
        return sum(self.total_need(town, group) for town in self.towns)

    def size(self, lot: Row, group: str) -> Number:
        """Units of this lot that one household of the group takes."""
        size: Number = self.groups[group].get("size", {}).get(lot["form"], 1)
        return size

    def lots_of(self, town: str, group: str, year: str) -> Iterator[Row]:
        """Lots in which a host houses a group in a period."""
        for lot in self.lots:
            if (lot["municipality"], lot["period"]) == (town, year) and group in lot["groups"]:
                yield lot

    def may_move(self, group: str, responsible: str, host: str) -> bool:
        """C8."""
        spread = self.groups[group]["spread"]
        if responsible == host or spread in ("region", "sites"):
            return True
        km = self.km.get((responsible, host))
        return spread == "near" and km is not None and km <= self.groups[group]["maxKm"]

    def shopped(self) -> Iterator[tuple[str, str, str]]:
        """Group, and two municipalities between which a household of it can shop."""
        reach = self.rows.get("reachKm")
        least = max(1, self.rows.get("minNeed", 5))
        for g, m, n in product(self.groups, self.towns, self.towns):
            km = self.km.get((m, n))
            near = m != n and reach is not None and km is not None and km <= reach
            if near and self.total_need(m, g) >= least and self.total_need(n, g) >= least:
                yield g, m, n

    def fair_shares(self) -> dict[tuple[str, str], Number]:
        """share[i,g] N[g] of the groups whose burden is spread."""
        return {
            (i, g): self.share.get((i, g), 0) * self.group_need(g)
            for i, g in product(self.towns, self.groups)
            if self.groups[g]["spread"] in ("region", "near")
        }
