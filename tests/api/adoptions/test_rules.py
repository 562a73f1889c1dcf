"""Which drafts a plan gives."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.api.adoptions.errors import NothingToAdopt
from services.api.adoptions.rules import Cell, Draft, Promise, drafts

AMSTERDAM = Cell("GM0363", "homeless", "2027")
DIEMEN = Cell("GM0384", "homeless", "2027")
HAARLEM = Cell("GM0392", "homeless", "2028")
PLAN = {AMSTERDAM: 8, DIEMEN: 3, HAARLEM: 0}
CELLS = st.builds(
    Cell, st.sampled_from("ab"), st.sampled_from(["g", "h"]), st.sampled_from(["1", "2"])
)
PLANS = st.dictionaries(CELLS, st.integers(0, 20))
PROMISES = st.lists(
    st.builds(
        Promise,
        st.sampled_from("ab"),
        st.sets(st.sampled_from(["g", "h"]), min_size=1),
        st.sets(st.sampled_from(["1", "2"]), min_size=1),
        st.integers(0, 20),
    ),
    max_size=5,
)


def test_every_number_above_zero_becomes_a_draft() -> None:
    assert drafts(PLAN, None, ()) == [Draft(AMSTERDAM, 8), Draft(DIEMEN, 3)]


def test_only_chosen_rows_become_drafts() -> None:
    assert drafts(PLAN, [DIEMEN], ()) == [Draft(DIEMEN, 3)]


def test_a_chosen_row_without_households_is_refused_by_name() -> None:
    with pytest.raises(NothingToAdopt) as refused:
        drafts(PLAN, [DIEMEN, HAARLEM], ())
    assert refused.value.facts["rows"] == [
        {"municipality": "GM0392", "group": "homeless", "period": "2028"}
    ]


def test_a_plan_that_houses_nobody_cannot_be_adopted() -> None:
    with pytest.raises(NothingToAdopt) as refused:
        drafts({HAARLEM: 0}, None, ())
    assert refused.value.facts["rows"] == []


def test_what_was_agreed_already_is_not_agreed_again() -> None:
    agreed = Promise("GM0363", ["homeless"], ["2027"], 8)
    assert drafts(PLAN, None, [agreed]) == [Draft(DIEMEN, 3)]


def test_a_smaller_agreement_leaves_the_draft_whole() -> None:
    agreed = Promise("GM0363", ["homeless"], ["2027"], 7)
    assert drafts(PLAN, [AMSTERDAM], [agreed]) == [Draft(AMSTERDAM, 8)]


def test_an_agreement_on_several_groups_or_periods_does_not_say_which_cell_it_fills() -> None:
    groups = Promise("GM0363", ["homeless", "elderly"], ["2027"], 100)
    periods = Promise("GM0363", ["homeless"], ["2027", "2028"], 100)
    assert drafts(PLAN, [AMSTERDAM], [groups, periods]) == [Draft(AMSTERDAM, 8)]


def test_what_was_chosen_and_agreed_already_is_named() -> None:
    with pytest.raises(NothingToAdopt) as refused:
        drafts(PLAN, [DIEMEN], [Promise("GM0384", ["homeless"], ["2027"], 3)])
    assert refused.value.facts["rows"] == [
        {"municipality": "GM0384", "group": "homeless", "period": "2027"}
    ]


@given(PLANS, st.none() | st.sets(CELLS), PROMISES)
def test_a_draft_is_a_number_of_the_plan_that_was_chosen_and_adds_to_what_was_agreed(
    plan: dict[Cell, int], chosen: set[Cell] | None, promises: list[Promise]
) -> None:
    made = _made(plan, chosen, promises)
    wanted = plan.keys() if chosen is None else chosen
    assert {draft.cell: draft.households for draft in made}.items() <= plan.items()
    assert 0 not in {draft.households for draft in made}
    assert [draft.cell for draft in made] == sorted({draft.cell for draft in made} & wanted)


@given(PLANS.filter(lambda plan: any(plan.values())))
def test_without_agreements_the_drafts_add_up_to_the_plan(plan: dict[Cell, int]) -> None:
    assert sum(draft.households for draft in drafts(plan, None, ())) == sum(plan.values())


def _made(plan: dict[Cell, int], chosen: set[Cell] | None, promises: list[Promise]) -> list[Draft]:
    try:
        return drafts(plan, chosen, promises)
    except NothingToAdopt:
        return []
