"""Whoever changes the past is found, whatever is changed."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.api.history.chain import Break, Entry, Head, broken
from tests.api.audit.chains import FIELDS, chain_of, changed, head_of, linked

Tampering = Callable[[list[Entry], int, int], list[Entry]]


def an_edit(chain: list[Entry], place: int, choice: int) -> list[Entry]:
    field = FIELDS[choice % len(FIELDS)]
    return [*chain[:place], changed(chain[place], field), *chain[place + 1 :]]


def an_edit_with_a_new_hash(chain: list[Entry], place: int, choice: int) -> list[Entry]:
    edited = an_edit(chain, place, FIELDS.index("document_hash"))
    return [*chain[:place], linked(edited)[place], *chain[place + 1 :]]


def an_edit_and_all_hashes_after_it(chain: list[Entry], place: int, choice: int) -> list[Entry]:
    return linked(an_edit(chain, place, FIELDS.index("document_hash")))


def a_deletion(chain: list[Entry], place: int, choice: int) -> list[Entry]:
    return [*chain[:place], *chain[place + 1 :]]


def a_deletion_with_new_numbers(chain: list[Entry], place: int, choice: int) -> list[Entry]:
    left = a_deletion(chain, place, choice)
    return linked([replace(entry, number=at) for at, entry in enumerate(left, 1)])


def a_swap(chain: list[Entry], place: int, choice: int) -> list[Entry]:
    other = (place + 1 + choice % (len(chain) - 1)) % len(chain)
    swapped = list(chain)
    swapped[place], swapped[other] = chain[other], chain[place]
    return swapped


def an_insertion(chain: list[Entry], place: int, choice: int) -> list[Entry]:
    return [*chain[:place], chain[place], *chain[place:]]


def a_shorter_end(chain: list[Entry], place: int, choice: int) -> list[Entry]:
    return chain[:place]


TAMPERINGS: tuple[Tampering, ...] = (
    an_edit,
    an_edit_with_a_new_hash,
    an_edit_and_all_hashes_after_it,
    a_deletion,
    a_deletion_with_new_numbers,
    a_swap,
    an_insertion,
    a_shorter_end,
)


@settings(max_examples=1000)
@given(
    st.sampled_from(TAMPERINGS),
    st.integers(2, 12).flatmap(lambda n: st.tuples(st.just(n), st.integers(0, n - 1))),
    st.integers(0, 100),
)
def test_every_tampering_with_a_chain_is_found(
    tampering: Tampering, chosen: tuple[int, int], choice: int
) -> None:
    length, place = chosen
    chain = chain_of(length)

    assert list(broken(tampering(chain, place, choice), head_of(chain))) != []


@pytest.mark.parametrize("field", FIELDS)
def test_every_field_counts(field: str) -> None:
    chain = chain_of(3)

    assert list(broken([chain[0], changed(chain[1], field), chain[2]])) != []


@given(st.integers(1, 20), st.data())
def test_a_whole_chain_is_whole_and_holds_every_head_it_ever_had(
    length: int, data: st.DataObject
) -> None:
    chain = chain_of(length)
    head = head_of(chain[: data.draw(st.integers(1, length))])

    assert list(broken(chain)) == []
    assert list(broken(chain, head)) == []


def test_no_chain_at_all_is_whole_until_somebody_has_seen_one() -> None:
    head = Head("gemeente-a", 1, "0" * 64)

    assert list(broken([])) == []
    assert list(broken([], head)) == [Break("gemeente-a", 1, "head")]


def test_it_is_told_where_the_chain_breaks_and_why() -> None:
    chain = chain_of(4)

    assert list(broken(an_edit(chain, 1, FIELDS.index("member")))) == [
        Break("gemeente-a", 2, "hash")
    ]
    assert list(broken(a_deletion(chain, 1, 0))) == [
        Break("gemeente-a", 2, "number"),
        Break("gemeente-a", 3, "previous"),
    ]


def test_without_a_head_nobody_sees_that_the_end_is_gone() -> None:
    chain = chain_of(4)

    assert list(broken(chain[:2])) == []
    assert list(broken(chain[:2], head_of(chain))) == [Break("gemeente-a", 4, "head")]
