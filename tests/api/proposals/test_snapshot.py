"""The snapshot: what the planner chose and the registry knows, as one problem."""

from dataclasses import replace
from datetime import date
from fractions import Fraction
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.api.proposals.choice import Choice, ChosenPin, ChosenStage, EarlierPlan
from services.api.proposals.registry import Capacity, Ceiling, Group, Registry, SharingKey
from services.api.proposals.snapshot import freeze
from shared.contract.canonical import problem_hash
from shared.faults import Fault, InvalidDocument
from tests.api.proposals.four_municipalities import (
    CARERS,
    HOMELESS,
    NAMES,
    REGISTRY,
    STATUS_HOLDERS,
    YEARS,
    A,
    B,
    C,
    D,
)

EVERYTHING = Choice("four")


def refused(choice: Choice, registry: Registry = REGISTRY) -> tuple[Fault, ...]:
    with pytest.raises(InvalidDocument) as refusal:
        freeze(choice, registry)
    return refusal.value.faults


def codes(faults: tuple[Fault, ...]) -> list[tuple[str, str]]:
    return [(fault.pointer, fault.code) for fault in faults]


def test_without_further_choice_the_whole_registry_is_planned() -> None:
    problem = freeze(EVERYTHING, REGISTRY)
    assert [m.id for m in problem.municipalities] == list(NAMES)
    assert [p.id for p in problem.periods] == ["2027", "2028"]
    assert [g.id for g in problem.groups] == ["homeless", "informal-care", "status-holders"]
    assert (problem.reach_km, problem.min_need) == (20.0, 5)
    assert len(problem.stages) == 9


def test_of_an_earlier_plan_the_part_counts_that_is_planned_again() -> None:
    hosted = {
        (A, "homeless", "2027"): 3,
        (A, "homeless", "2028"): 2,
        (A, "status-holders", "2028"): 4,
        ("GM9999", "homeless", "2028"): 9,
    }
    choice = Choice("four", periods=("2028",), groups=("homeless",))
    (row,) = freeze(choice, REGISTRY, EarlierPlan(hosted)).previous
    assert (row.municipality, row.group, row.period, row.households) == (A, "homeless", "2028", 2)


def test_a_lot_without_groups_takes_those_that_fit_its_form() -> None:
    lots = {lot.id: lot for lot in freeze(EVERYTHING, REGISTRY).supply}
    assert lots["lot-a-2027"].groups == ("homeless", "informal-care", "status-holders")
    assert lots["lot-c-2028"].groups == ("homeless",)
    assert (lots["lot-a-2027"].reported, lots["lot-a-2027"].potential) == (6, 8)


def test_one_chosen_year_leaves_the_needs_and_lots_of_other_years_out() -> None:
    problem = freeze(Choice("four", periods=("2028",)), REGISTRY)
    assert {need.municipality for need in problem.needs} == {B, D}
    assert [lot.id for lot in problem.supply] == ["lot-c-2028", "lot-d-2028"]
    assert problem.support == ()


def test_a_commitment_is_asked_in_full_of_the_chosen_part() -> None:
    problem = freeze(Choice("four", periods=("2027",), groups=("homeless",)), REGISTRY)
    (promise,) = problem.commitments
    assert (promise.groups, promise.periods, promise.households) == (("homeless",), ("2027",), 5)


def test_a_commitment_to_groups_that_are_not_chosen_is_left_out() -> None:
    assert freeze(Choice("four", groups=("informal-care",)), REGISTRY).commitments == ()


def test_a_ceiling_on_a_district_without_homes_is_left_out() -> None:
    vacuous = Ceiling("ceiling-3", A, ("homeless",), ("2027",), 1, district="nowhere")
    registry = replace(REGISTRY, ceilings=[*REGISTRY.ceilings, vacuous])
    kept = freeze(EVERYTHING, registry).ceilings
    assert [ceiling.id for ceiling in kept] == ["ceiling-1", "ceiling-2"]


def test_support_and_distances_outside_the_region_are_left_out() -> None:
    problem = freeze(EVERYTHING, REGISTRY)
    assert problem.support[0].municipalities == (A, B)
    assert [(d.from_, d.to) for d in problem.distances] == [(A, B)]


def test_the_planners_order_of_stages_is_kept() -> None:
    stages = (ChosenStage("municipalFairness"), ChosenStage("waiting", slack=2.0))
    problem = freeze(replace(EVERYTHING, stages=stages), REGISTRY)
    assert [(s.objective, s.slack) for s in problem.stages] == [
        ("municipalFairness", 0.0),
        ("waiting", 2.0),
    ]


def test_a_pin_carries_its_reason() -> None:
    pin = ChosenPin(A, "homeless", "2027", 2, "agreed")
    (pinned,) = freeze(replace(EVERYTHING, pins=(pin,)), REGISTRY).pins
    assert (pinned.id, pinned.households, pinned.reason) == ("pin-1", 2, "agreed")


def test_a_group_counts_only_while_its_rule_is_in_force() -> None:
    later = replace(STATUS_HOLDERS, valid_from=date(2028, 1, 1))
    registry = replace(REGISTRY, groups=(later, HOMELESS, CARERS))
    problem = freeze(EVERYTHING, registry)
    assert [n.period for n in problem.needs if n.group == "status-holders"] == ["2028"]
    assert "status-holders" not in problem.supply[0].groups


def test_a_group_whose_rule_has_ended_is_not_planned() -> None:
    ended = replace(STATUS_HOLDERS, valid_to=date(2026, 12, 31))
    registry = replace(REGISTRY, groups=(ended, HOMELESS, CARERS))
    assert "status-holders" not in {g.id for g in freeze(EVERYTHING, registry).groups}


def test_shares_come_from_the_allocation_key() -> None:
    uneven = {A: Fraction(1, 3), B: Fraction(1, 3), C: Fraction(1, 3), D: Fraction(0)}
    key = SharingKey("uneven", ("status-holders", "homeless"), uneven)
    shares = freeze(EVERYTHING, replace(REGISTRY, keys=[key])).shares
    assert {(s.municipality, s.share) for s in shares if s.group == "homeless"} == {
        (A, 1 / 3),
        (B, 1 / 3),
        (C, 1 / 3),
        (D, 0.0),
    }


def test_a_group_that_stays_home_needs_no_share() -> None:
    shares = freeze(EVERYTHING, REGISTRY).shares
    assert {s.group for s in shares} == {"status-holders", "homeless"}


def test_every_fault_of_a_choice_is_told_at_once() -> None:
    pin = ChosenPin("GM9999", "ghosts", "2027", 1, "no")
    choice = Choice("four", periods=("2027", "2035"), groups=("homeless", "homeless"), pins=(pin,))
    assert codes(refused(choice)) == [
        ("/groups/1", "repeated_entry"),
        ("/periods/1", "unknown_id"),
        ("/pins/0/group", "unknown_id"),
        ("/pins/0/municipality", "unknown_id"),
    ]


def test_two_pins_on_one_place_are_refused() -> None:
    pin = ChosenPin(A, "homeless", "2027", 2, "agreed")
    faults = refused(replace(EVERYTHING, pins=(pin, replace(pin, households=3))))
    assert codes(faults) == [("/pins/1", "repeated_row")]


def test_a_chosen_group_that_is_never_in_force_is_refused() -> None:
    ended = replace(HOMELESS, valid_to=date(2020, 1, 1))
    registry = replace(REGISTRY, groups=(STATUS_HOLDERS, ended))
    faults = refused(Choice("four", groups=("homeless",)), registry)
    assert ("/groups/0", "group_not_in_force") in codes(faults)


def test_a_pin_in_a_year_without_the_rule_is_refused() -> None:
    later = replace(HOMELESS, valid_from=date(2028, 1, 1))
    registry = replace(REGISTRY, groups=(STATUS_HOLDERS, later, CARERS))
    pin = ChosenPin(A, "homeless", "2027", 2, "agreed")
    faults = refused(replace(EVERYTHING, pins=(pin,)), registry)
    assert codes(faults) == [("/pins/0/period", "group_not_in_force")]


def test_a_municipality_that_merges_halfway_is_refused() -> None:
    merging = replace(REGISTRY.municipalities[0], valid_to=date(2027, 12, 31))
    registry = replace(REGISTRY, municipalities=[merging, *REGISTRY.municipalities[1:]])
    assert codes(refused(EVERYTHING, registry)) == [("/region", "municipality_not_valid")]


def test_a_municipality_that_merges_after_the_plan_is_planned() -> None:
    merging = replace(REGISTRY.municipalities[0], valid_to=date(2027, 12, 31))
    registry = replace(REGISTRY, municipalities=[merging, *REGISTRY.municipalities[1:]])
    assert freeze(Choice("four", periods=("2027",)), registry).municipalities[0].id == A


def test_a_region_with_an_unknown_municipality_is_refused() -> None:
    registry = replace(REGISTRY, municipalities=REGISTRY.municipalities[1:])
    assert ("/region", "unknown_id") in codes(refused(EVERYTHING, registry))


def test_a_shared_group_without_allocation_key_is_refused() -> None:
    faults = refused(EVERYTHING, replace(REGISTRY, keys=[]))
    assert codes(faults) == [("/groups", "no_allocation_key")] * 2


def test_a_group_in_two_allocation_keys_is_refused() -> None:
    twice = [*REGISTRY.keys, SharingKey("stock", ("homeless",), REGISTRY.keys[0].shares)]
    faults = refused(EVERYTHING, replace(REGISTRY, keys=twice))
    assert codes(faults) == [("/groups", "several_allocation_keys")]


def test_a_missing_indicator_is_told_with_its_key() -> None:
    broken = SharingKey(
        "population",
        ("status-holders", "homeless"),
        obstacles=("GM0001 has no population.",),
    )
    faults = refused(EVERYTHING, replace(REGISTRY, keys=[broken]))
    assert {fault.message for fault in faults} == {"Key 'population': GM0001 has no population."}


def test_a_form_that_fits_nobody_is_refused() -> None:
    lot = Capacity("boat", A, "houseboat", "2027", 1, 1)
    registry = replace(REGISTRY, capacities=[*REGISTRY.capacities, lot])
    assert codes(refused(EVERYTHING, registry)) == [("/region", "form_fits_nobody")]


def test_an_empty_registry_says_what_is_missing() -> None:
    registry = Registry(replace(REGISTRY.region, municipalities=()), (), (), ())
    assert codes(refused(EVERYTHING, registry)) == [
        ("/groups", "no_groups"),
        ("/periods", "no_periods"),
        ("/region", "no_municipalities"),
    ]


def test_figures_that_contradict_each_other_are_refused_with_their_place() -> None:
    overlapping = [*YEARS, replace(YEARS[0], id="again")]
    (fault,) = refused(EVERYTHING, replace(REGISTRY, periods=overlapping))
    assert fault.code == "period_overlap"
    assert fault.message.startswith("In the assembled problem, /periods/1/start")


@given(st.randoms(use_true_random=False))
def test_the_order_of_the_registry_does_not_matter(random: Random) -> None:
    shuffled = replace(
        REGISTRY,
        needs=random.sample(REGISTRY.needs, len(REGISTRY.needs)),
        capacities=random.sample(REGISTRY.capacities, len(REGISTRY.capacities)),
        groups=random.sample(REGISTRY.groups, len(REGISTRY.groups)),
        municipalities=random.sample(REGISTRY.municipalities, len(REGISTRY.municipalities)),
    )
    one, other = freeze(EVERYTHING, REGISTRY), freeze(EVERYTHING, shuffled)
    assert one == other
    assert problem_hash(one) == problem_hash(other)


@given(st.sets(st.sampled_from(["2027", "2028"]), min_size=1))
def test_no_choice_of_years_adds_a_household(years: set[str]) -> None:
    chosen = freeze(Choice("four", periods=tuple(sorted(years))), REGISTRY)
    everything = freeze(EVERYTHING, REGISTRY)
    assert set(chosen.needs) <= set(everything.needs)
    assert {lot.id for lot in chosen.supply} <= {lot.id for lot in everything.supply}


def test_support_of_a_group_reaches_the_allocator() -> None:
    supported = Group(
        "homeless", 1, 1.5, "near", 25.0, size={"room": 0.5}, support={"ambulatory": (1, 2)}
    )
    registry = replace(REGISTRY, groups=(STATUS_HOLDERS, supported))
    (group, _) = freeze(EVERYTHING, registry).groups
    assert group.size == {"room": 0.5}
    assert (group.support["ambulatory"].slots, group.support["ambulatory"].periods) == (1, 2)
