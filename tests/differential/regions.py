"""Random small regions: the same seed and number always give the same problem document.

Numbers that are even leave the order of the stages to the default; the odd ones choose their
own order, leave stages out and allow slack.
"""

import os
from random import Random
from typing import Any

Row = dict[str, Any]

AMOUNT = 10_000 if os.environ.get("EVENWICHT_LONG") == "1" else 500
"""Problems in one run of the tests."""
SEED = 3
OBJECTIVES = (
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
SPREADS = ("region", "region", "near", "near", "home", "sites")
RATES = (0, 0.3, 0.44, 0.5, 2 / 3, 0.9, 1)
KILOMETRES = (0, 3, 5, 7.3, 10, 12.5, 20, 40)
SLACKS = (0, 0, 0, 0.05, 0.25, 1, 2)
SIZES = (0, 0.5, 1, 1.5, 2, 3)
FORMS, DISTRICTS, TYPES = ("home", "flex"), (None, "north", "south"), ("coach", "care")


def region(seed: int, number: int) -> Row:
    """Draw one problem document of two to six municipalities."""
    draw = Random(f"{seed}/{number}")  # noqa: S311  (repeatable, not secret)
    most = draw.choice((3, 9, 9, 9, 40, 400))
    drawn = _Region(draw, towns=6, years=3, groups=4, lots=4, most=most)
    return drawn.document(own_stages=number % 2 == 1)


def tiny_region(seed: int, number: int, most: int) -> Row:
    """Draw one of two or three municipalities, with at most so many households in a figure."""
    draw = Random(f"tiny {seed}/{number}")  # noqa: S311  (repeatable, not secret)
    drawn = _Region(draw, towns=3, years=2, groups=2, lots=5, most=most)
    return drawn.document(own_stages=number % 2 == 1)


class _Region:
    """The names of one region, and the lists that are drawn over them."""

    def __init__(
        self, draw: Random, *, towns: int, years: int, groups: int, lots: int, most: int
    ) -> None:
        self.draw = draw
        self.towns = [f"GM{n}" for n in range(draw.randint(2, towns))]
        self.years = [str(2027 + n) for n in range(draw.randint(1, years))]
        self.groups = [f"g{n}" for n in range(draw.randint(1, groups))]
        self.most = most
        self.sized = draw.random() < 0.25
        self.supply = [self._lot(n) for n in range(draw.randint(1, lots * len(self.towns)))]

    def document(self, *, own_stages: bool) -> Row:
        """Draw every list of the contract; the optional ones are absent now and then."""
        draw = self.draw
        document: Row = {
            "schemaVersion": "1",
            "periods": [
                {"id": year, "start": f"{year}-01-01", "end": f"{year}-12-31"}
                for year in self.years
            ],
            "municipalities": [{"id": town, "name": town} for town in self.towns],
            "groups": [self._group(group) for group in self.groups],
            "supply": self.supply,
            "needs": self._figures(0.6),
            "minNeed": draw.choice((0, 1, 5)),
        }
        if draw.random() < 0.7:
            document["reachKm"] = draw.choice((0, 5, 10, 30))
        optional = {
            "support": [self._support(n) for n in range(draw.randint(0, 3))],
            "commitments": [self._agreement("agreed", n) for n in range(draw.randint(0, 3))],
            "ceilings": [self._ceiling(n) for n in range(draw.randint(0, 3))],
            "pins": self._pins() if draw.random() < 0.3 else [],
            "shares": [row for group in self.groups for row in self._key(group)],
            "access": self._rows("rate", RATES, 0.25),
            "distances": self._distances(),
            "suitability": self._rows("value", (-1, 0.3, 0.5, 2), 0.4),
            "previous": self._figures(0.3) if draw.random() < 0.4 else [],
        }
        document |= {name: rows for name, rows in optional.items() if rows}
        if own_stages:
            document["stages"] = self._stages()
        return document

    def _households(self) -> int:
        return self.draw.randint(0, self.most)

    def _some(self, names: list[str]) -> list[str]:
        return self.draw.sample(names, self.draw.randint(1, len(names)))

    def _group(self, group: str) -> Row:
        draw = self.draw
        row: Row = {
            "id": group,
            "tier": draw.randint(1, 3),
            "burden": draw.choice((0.5, 1, 1, 1.3, 2)),
            "spread": draw.choice(SPREADS),
        }
        if row["spread"] == "near":
            row["maxKm"] = draw.choice(KILOMETRES)
        if self.sized:
            row["size"] = {"flex": draw.choice(SIZES)}
        if draw.random() < 0.5:
            row["support"] = {
                name: {"slots": draw.randint(0, 2), "periods": draw.randint(1, 3)}
                for name in draw.sample(TYPES, draw.randint(1, 2))
            }
        return row

    def _lot(self, number: int) -> Row:
        reported = self._households()
        lot: Row = {
            "id": f"lot-{number}",
            "municipality": self.draw.choice(self.towns),
            "form": self.draw.choice(FORMS),
            "period": self.draw.choice(self.years),
            "reported": reported,
            "potential": reported + self.draw.choice((0, 0, 1, 3)),
            "groups": self._some(self.groups),
        }
        district = self.draw.choice(DISTRICTS)
        return lot if district is None else lot | {"district": district}

    def _figures(self, chance: float) -> list[Row]:
        return [
            {"municipality": town, "group": group, "period": year, "households": self._households()}
            for town in self.towns
            for group in self.groups
            for year in self.years
            if self.draw.random() < chance
        ]

    def _rows(self, name: str, values: tuple[float, ...], chance: float) -> list[Row]:
        return [
            {"municipality": town, "group": group, name: self.draw.choice(values)}
            for town in self.towns
            for group in self.groups
            if self.draw.random() < chance
        ]

    def _support(self, number: int) -> Row:
        return {
            "id": f"support-{number}",
            "municipalities": self._some(self.towns),
            "type": self.draw.choice(TYPES),
            "period": self.draw.choice(self.years),
            "slots": 2 * self._households(),
        }

    def _agreement(self, name: str, number: int) -> Row:
        return {
            "id": f"{name}-{number}",
            "municipality": self.draw.choice(self.towns),
            "groups": self._some(self.groups),
            "periods": self._some(self.years),
            "households": self._households(),
        }

    def _ceiling(self, number: int) -> Row:
        # Only a municipality and district that has homes may be limited.
        lot = self.draw.choice(self.supply)
        row = self._agreement("most", number) | {"municipality": lot["municipality"]}
        district = lot.get("district")
        return row if district is None or self.draw.random() < 0.4 else row | {"district": district}

    def _pins(self) -> list[Row]:
        cells = [row for row in self._figures(0.3) if row["households"] <= 3]
        return [
            {**row, "id": f"pin-{n}", "reason": "decided"}
            for n, row in enumerate(cells[: self.draw.randint(1, 3)])
        ]

    def _key(self, group: str) -> list[Row]:
        weights = [self.draw.choice((0, 1, 1, 2, 3, 5)) for _ in self.towns]
        whole = sum(weights)
        if not whole or self.draw.random() < 0.1:
            return []
        return [
            {"municipality": town, "group": group, "share": weight / whole}
            for town, weight in zip(self.towns, weights, strict=True)
        ]

    def _distances(self) -> list[Row]:
        return [
            {"from": a, "to": b, "km": self.draw.choice(KILOMETRES)}
            for n, a in enumerate(self.towns)
            for b in self.towns[n + 1 :]
            if self.draw.random() < 0.7
        ]

    def _stages(self) -> list[Row]:
        asked = self.draw.sample(OBJECTIVES, self.draw.randint(1, len(OBJECTIVES)))
        slack = self.draw.random() < 0.5
        return [
            {"objective": name, "slack": self.draw.choice(SLACKS) if slack else 0} for name in asked
        ]
