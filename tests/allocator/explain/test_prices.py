"""Where a level stopped, which rules stopped it, and what one unit more of each would do.

The changes are derivatives of the whole order of objectives, so they are compared with what full
solves of changed problems do. Numbers are in the thousands there, so that one is a small step.
"""

from typing import Any

import pytest

from shared.contract.result import Explanation, Result
from tests.allocator.region import agreed, group, homes, km, need, pin, region, shares, stages
from tests.allocator.solving import solve

HALF_AND_QUARTERS = shares(A=0.5, B=0.25, C=0.25)


def row(result: Result, municipality: str, name: str | None = "status") -> Explanation:
    """The explanation of one number."""
    rows = result.explanations
    return next(r for r in rows if (r.municipality, r.group) == (municipality, name))


def stops(explanation: Explanation) -> dict[tuple[str, str], float]:
    """The rules that stopped a level, with what one unit more does to it."""
    return {(stop.tag, stop.id): stop.value for stop in explanation.stopped_by}


def marginals(result: Result) -> dict[tuple[str, str, str, int | None], float]:
    """What one unit more of each rule does to each stage."""
    return {
        (rule.tag, rule.id, stage.objective, stage.tier): stage.value
        for rule in result.marginals
        for stage in rule.stages
    }


def test_a_full_lot_stops_a_level_and_one_home_more_raises_it() -> None:
    # A's fair share is 4.5 of 9, and it has 2 homes.
    result = solve(region(supply=[homes("A", 2), homes("B", 9), homes("C", 9)], **nine_needed()))
    assert row(result, "A").level == pytest.approx(2 / 4.5)
    assert stops(row(result, "A")) == {("C1", "A-homes"): pytest.approx(1 / 4.5)}
    assert row(result, "A").together_with == ()


def test_cells_that_share_what_is_left_stopped_together() -> None:
    result = solve(region(supply=[homes("A", 2), homes("B", 9), homes("C", 9)], **nine_needed()))
    total = row(result, "B", None)
    assert total.level == pytest.approx(3.5 / 2.25)
    assert stops(total) == {("C3", "status,2027"): pytest.approx(0.5 / 2.25)}
    told = [(cell.municipality, cell.group) for cell in total.together_with]
    assert told == [("C", None), ("A", None)]


def nine_needed() -> dict[str, Any]:
    """Nine households, half of them A's fair share."""
    return {"needs": [need("A", 9)], "shares": HALF_AND_QUARTERS}


def test_a_ceiling_stops_a_level() -> None:
    result = solve(
        region(
            supply=[homes("A", 9), homes("B", 9), homes("C", 9)],
            ceilings=[agreed("A", 3)],
            **nine_needed(),
        )
    )
    assert stops(row(result, "A")) == {("C5", "row-A"): pytest.approx(1 / 4.5)}


def test_support_stops_a_level_by_the_slots_that_a_household_takes() -> None:
    slots = {"id": "coach", "municipalities": ["A"], "type": "coach", "period": "2027", "slots": 6}
    result = solve(
        region(
            groups=[group(support={"coach": {"slots": 2, "periods": 1}})],
            supply=[homes("A", 9), homes("B", 9), homes("C", 9)],
            support=[slots],
            **nine_needed(),
        )
    )
    assert row(result, "A").level == pytest.approx(3 / 4.5)
    assert stops(row(result, "A")) == {("C4", "coach"): pytest.approx(0.5 / 4.5)}


def test_an_agreement_elsewhere_stops_a_level_and_one_less_agreed_raises_it() -> None:
    result = solve(
        region(
            supply=[homes("A", 9), homes("B", 9)],
            commitments=[agreed("B", 7)],
            needs=[need("A", 9)],
            shares=shares(A=0.5, B=0.5),
        )
    )
    assert stops(row(result, "A")) == {
        ("C3", "status,2027"): pytest.approx(1 / 4.5),
        ("C7", "row-B"): pytest.approx(-1 / 4.5),
    }


def test_a_pin_stops_a_level() -> None:
    result = solve(
        region(
            supply=[homes("A", 9), homes("B", 9), homes("C", 9)],
            pins=[pin("A", 3)],
            **nine_needed(),
        )
    )
    assert stops(row(result, "A")) == {("C6", "pin-A"): pytest.approx(1 / 4.5)}


def test_a_level_that_only_an_earlier_objective_keeps_down_names_no_rule() -> None:
    # Youth go first, and more of them wait than A has homes: one home more is for them as well.
    result = solve(
        region(
            groups=[group(tier=2), group("youth")],
            supply=[homes("A", 4, groups=["status", "youth"]), homes("B", 4)],
            needs=[need("A", 8), need("A", 8, group="youth")],
            shares=shares(A=0.5, B=0.5),
        )
    )
    assert row(result, "A").level == pytest.approx(0)
    assert stops(row(result, "A")) == {}


def test_a_group_that_is_not_shared_out_has_no_level() -> None:
    result = solve(region(groups=[group(spread="home")], supply=[homes("A", 2)]))
    assert (row(result, "A").level, row(result, "A").stopped_by) == (None, ())


def test_the_total_of_a_municipality_adds_its_groups_up() -> None:
    result = solve(
        region(
            groups=[group(), group("youth", burden=2)],
            supply=[homes("A", 5, groups=["status", "youth"]), homes("B", 9)],
            needs=[need("A", 6), need("A", 4, group="youth")],
            shares=[*shares(A=0.5, B=0.5), {"municipality": "A", "group": "youth", "share": 1}],
        )
    )
    total = row(result, "A", None)
    assert (total.share, total.fair_share, total.proposed, total.rules) == (None, 7, 5, ())
    # Youth weigh double, so A's homes are theirs first, and the last is for a status holder.
    assert total.level == pytest.approx((4 * 2 + 1) / (3 + 2 * 4))
    assert stops(total) == {
        ("C1", "A-homes"): pytest.approx(1 / (3 + 2 * 4)),
        ("C3", "youth,2027"): pytest.approx(1 / (3 + 2 * 4)),
    }


def test_what_a_home_does_to_waiting_is_told_per_tier() -> None:
    result = solve(
        region(
            groups=[group(), group("youth", tier=2)],
            supply=[homes("A", 4, groups=["status", "youth"])],
            needs=[need("A", 3), need("A", 4, group="youth")],
            stages=stages("waiting"),
        )
    )
    assert marginals(result) == {("C1", "A-homes", "waiting", 2): pytest.approx(-1)}


def test_one_household_more_admitted_waits_no_more() -> None:
    rates = [{"municipality": "A", "group": "status", "rate": 0.5}]
    result = solve(region(needs=[need("A", 4)], access=rates, stages=stages("waiting")))
    ((rule, value),) = marginals(result).items()
    assert value == pytest.approx(-1)
    assert rule[2:] == ("waiting", 1)


BIG: dict[str, Any] = {
    "groups": [group(support={"coach": {"slots": 2, "periods": 1}}), group("youth", tier=2)],
    "supply": [
        homes("A", 4100, potential=4700),
        homes("A", 1300, id="A-young", groups=["status", "youth"]),
        homes("B", 2900, groups=["status", "youth"]),
        homes("C", 7000),
    ],
    "support": [
        {"id": "coach", "municipalities": ["C"], "type": "coach", "period": "2027", "slots": 5000}
    ],
    "needs": [
        need("A", 9100),
        need("B", 3700),
        need("B", 2300, group="youth"),
        need("C", 1900, group="youth"),
    ],
    "ceilings": [agreed("B", 1500, groups=["status"])],
    "commitments": [agreed("A", 900, id="agreed-A", groups=["youth"])],
    "shares": [
        *HALF_AND_QUARTERS,
        {"municipality": "A", "group": "youth", "share": 0.3},
        {"municipality": "B", "group": "youth", "share": 0.7},
    ],
    "distances": [km("A", "B", 5), km("B", "C", 5)],
    "reachKm": 10,
}
"""Three municipalities in which every kind of rule is felt, and no two at the same number."""
RULES = {
    "C1 A-homes": ("supply", 0, ("reported", "potential")),
    "C1 A-young": ("supply", 1, ("reported", "potential")),
    "C1 B-homes": ("supply", 2, ("reported", "potential")),
    "C4 coach": ("support", 0, ("slots",)),
    "C5 row-B": ("ceilings", 0, ("households",)),
    "C7 agreed-A": ("commitments", 0, ("households",)),
}


def changed(name: str, more: int) -> Result:
    """The answer with one unit more, or fewer, of a rule."""
    rows, number, fields = RULES[name]
    listed = [*BIG[rows]]
    listed[number] = {**listed[number], **{f: listed[number][f] + more for f in fields}}
    return solve(region(**{**BIG, rows: listed}))


Optimum = tuple[str, int | str | None]
"""A stage and its tier, or a municipality and a group."""


def optima(result: Result) -> dict[Optimum, float]:
    """The optimum of every stage, and every level."""
    found: dict[Optimum, float] = {
        (stage.objective, stage.tier): stage.reference
        for stage in result.stages
        if stage.reference is not None
    }
    return found | {(level.municipality, level.group): level.level for level in result.levels}


def promised(result: Result, name: str) -> dict[Optimum, float]:
    """What the answer says that one unit more of a rule does to every optimum and level."""
    tag, _, id_ = name.partition(" ")
    found: dict[Optimum, float] = {
        key[2:]: value for key, value in marginals(result).items() if key[:2] == (tag, id_)
    }
    return found | {
        (r.municipality, r.group): stops(r)[tag, id_]
        for r in result.explanations
        if (tag, id_) in stops(r)
    }


@pytest.fixture(scope="module")
def big() -> Result:
    """The answer as it is."""
    return solve(region(**BIG))


def test_a_lot_with_room_is_worth_nothing(big: Result) -> None:
    assert promised(big, "C1 C-homes") == {}


@pytest.mark.parametrize("name", RULES)
def test_what_is_promised_of_one_unit_more_is_what_a_full_solve_gives(
    big: Result, name: str
) -> None:
    now, more, fewer = optima(big), optima(changed(name, 1)), optima(changed(name, -1))
    told = promised(big, name)
    up = {key: more[key] - now[key] for key in told}
    down = {key: now[key] - fewer[key] for key in told}
    low = {key: min(up[key], down[key]) for key in told}
    high = {key: max(up[key], down[key]) for key in told}
    outside = {k: v for k, v in told.items() if not low[k] - 1e-6 <= v <= high[k] + 1e-6}
    assert outside == {}
    assert told
