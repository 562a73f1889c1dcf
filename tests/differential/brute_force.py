"""Every plan in whole households of a tiny region, one by one, without any solver.

Slow and plain on purpose: a plan is two dicts of whole numbers, a rule is a sum over them, and
all numbers are exact.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice, product
from math import floor

from tests.differential.oracle.region import Key, Number, Region, Row

Amounts = dict[Key, int]


@dataclass(frozen=True)
class Plan:
    """Households per (lot, group), and per (responsible, host, group, period); never zero."""

    placed: Amounts
    moved: Amounts

    def hosted(self, region: Region) -> Amounts:
        """Households per (host, group, period), counted in the lots."""
        where = {lot["id"]: (lot["municipality"], lot["period"]) for lot in region.lots}
        total: Amounts = {}
        for (lot, g), households in self.placed.items():
            i, t = where[lot]
            total[i, g, t] = total.get((i, g, t), 0) + households
        return total

    def arrived(self) -> Amounts:
        """The same, counted in the moves."""
        total: Amounts = {}
        for (_, i, g, t), households in self.moved.items():
            total[i, g, t] = total.get((i, g, t), 0) + households
        return total

    def served(self) -> Amounts:
        """Households per (responsible, group, period) that get a home."""
        total: Amounts = {}
        for (o, _, g, t), households in self.moved.items():
            total[o, g, t] = total.get((o, g, t), 0) + households
        return total

    def waiting(self, region: Region) -> Amounts:
        """Households that wait at the end of each period; below zero when too many are served."""
        served = self.served()
        left: Amounts = {}
        for o, g in product(region.towns, region.groups):
            wait = 0
            for t in region.years:
                wait += int(region.need.get((o, g, t), 0)) - served.get((o, g, t), 0)
                left[o, g, t] = wait
        return left

    def units(self, region: Region) -> dict[str, Number]:
        """Units in use per lot."""
        return {
            lot["id"]: sum(
                region.size(lot, g) * self.placed.get((lot["id"], g), 0) for g in lot["groups"]
            )
            for lot in region.lots
        }

    def shortfall(self, region: Region) -> dict[str, int]:
        """What each commitment lacks."""
        hosted = self.hosted(region)
        lacks = {}
        for row in region.listed("commitments"):
            cells = product([row["municipality"]], row["groups"], row["periods"])
            kept = sum(hosted.get(cell, 0) for cell in cells)
            lacks[row["id"]] = max(0, row["households"] - kept)
        return lacks


def broken(region: Region, plan: Plan) -> set[str]:
    """Tags of the hard rules that a plan breaks."""
    return {tag for tag, holds in _RULES.items() if not holds(region, plan)}


def _lots(region: Region, plan: Plan) -> bool:
    used = plan.units(region)
    return all(used[lot["id"]] <= lot["potential"] for lot in region.lots)


def _balance(region: Region, plan: Plan) -> bool:
    return plan.hosted(region) == plan.arrived()


def _wait(region: Region, plan: Plan) -> bool:
    return all(households >= 0 for households in plan.waiting(region).values())


def _support(region: Region, plan: Plan) -> bool:
    return all(_slots(region, plan, row) <= row["slots"] for row in region.listed("support"))


def _slots(region: Region, plan: Plan, row: Row) -> int:
    used = 0
    for (i, g, t), households in plan.hosted(region).items():
        asks = region.groups[g].get("support", {}).get(row["type"])
        age = region.years.index(row["period"]) - region.years.index(t)
        if asks is not None and i in row["municipalities"] and 0 <= age < asks["periods"]:
            used += asks["slots"] * households
    return used


def _ceilings(region: Region, plan: Plan) -> bool:
    lots = {lot["id"]: lot for lot in region.lots}
    for row in region.listed("ceilings"):
        district = row.get("district")
        below = sum(
            households
            for (name, g), households in plan.placed.items()
            if g in row["groups"]
            and lots[name]["municipality"] == row["municipality"]
            and lots[name]["period"] in row["periods"]
            and district in (None, lots[name].get("district"))
        )
        if below > row["households"]:
            return False
    return True


def _pins(region: Region, plan: Plan) -> bool:
    hosted = plan.hosted(region)
    return all(
        hosted.get((row["municipality"], row["group"], row["period"]), 0) == row["households"]
        for row in region.listed("pins")
    )


def _routes(region: Region, plan: Plan) -> bool:
    return all(region.may_move(g, o, i) for o, i, g, _ in plan.moved)


def _access(region: Region, plan: Plan) -> bool:
    served = plan.served()
    return all(
        sum(served.get((o, g, year), 0) for year in years) <= admitted(region, o, g, years)
        for (o, g), rate in region.rate.items()
        if rate < 1
        for years in _so_far(region)
    )


def _so_far(region: Region) -> list[list[str]]:
    return [region.years[: n + 1] for n in range(len(region.years))]


def admitted(region: Region, town: str, group: str, years: list[str]) -> int:
    """Whole households that may be served in these first periods together."""
    come = sum(region.need.get((town, group, year), 0) for year in years)
    return floor(region.rate.get((town, group), 1) * come)


_RULES = {
    "C1": _lots,
    "C2": _balance,
    "C3": _wait,
    "C4": _support,
    "C5": _ceilings,
    "C6": _pins,
    "C8": _routes,
    "C9": _access,
}


class TooMany(Exception):
    """There are more combinations than anybody has the time to list."""


@dataclass(frozen=True)
class Enumeration:
    """All plans of a region that keep the hard rules."""

    region: Region
    most: int

    def plans(self) -> list[Plan]:
        """List the plans.

        Raises
        ------
        TooMany
            When there are more than `most` combinations to look at.
        """
        combined = [Plan({}, {})]
        for group in self.region.groups:
            parts = list(islice(self._of_group(group), self.most + 1))
            if len(combined) * len(parts) > self.most:
                raise TooMany
            combined = [
                Plan({**one.placed, **other.placed}, {**one.moved, **other.moved})
                for one in combined
                for other in parts
            ]
        return [plan for plan in combined if not broken(self.region, plan)]

    def _of_group(self, group: str) -> Iterator[Plan]:
        for moved in self._moves(group):
            yield from self._homes(group, moved)

    def _moves(self, group: str) -> Iterator[Amounts]:
        """Every way to move households of one group over the routes that it has."""
        region = self.region
        rows = [(o, i) for o in region.towns for i in region.towns if region.may_move(group, o, i)]
        keys: list[Key] = [(o, i, group, t) for t in region.years for o, i in rows]
        yield from self._filled(keys, {})

    def _filled(self, keys: list[Key], chosen: Amounts) -> Iterator[Amounts]:
        if not keys:
            yield chosen
            return
        o, i, g, t = keys[0]
        for households in range(self._room(chosen, o, i, g, t) + 1):
            more = {keys[0]: households} if households else {}
            yield from self._filled(keys[1:], {**chosen, **more})

    def _room(self, chosen: Amounts, o: str, i: str, g: str, t: str) -> int:
        years = self.region.years[: self.region.years.index(t) + 1]
        left = admitted(self.region, o, g, years)
        left -= sum(n for (a, _, _, _), n in chosen.items() if a == o)
        here = sum(n for (_, b, _, when), n in chosen.items() if (b, when) == (i, t))
        homes = sum(self._holds(lot, g) for lot in self.region.lots_of(i, g, t))
        return min(left, homes - here)

    def _holds(self, lot: Row, group: str) -> int:
        size = self.region.size(lot, group)
        everybody = int(self.region.group_need(group))
        return floor(lot["potential"] / size) if size else everybody

    def _homes(self, group: str, moved: Amounts) -> Iterator[Plan]:
        """Every way to divide those who arrive over the lots of their host."""
        ways = [
            list(self._divided(list(self.region.lots_of(i, g, t)), g, households))
            for (i, g, t), households in Plan({}, moved).arrived().items()
        ]
        for way in product(*ways):
            yield Plan({key: n for part in way for key, n in part.items()}, moved)

    def _divided(self, lots: list[Row], group: str, households: int) -> Iterator[Amounts]:
        if not lots:
            if not households:
                yield {}
            return
        for here in range(min(households, self._holds(lots[0], group)) + 1):
            more: Amounts = {(lots[0]["id"], group): here} if here else {}
            for rest in self._divided(lots[1:], group, households - here):
                yield {**more, **rest}
