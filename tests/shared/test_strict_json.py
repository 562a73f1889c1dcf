"""The JSON reader: what another program could read differently is refused, with a place."""

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shared.faults import Fault, InvalidDocument, pointer
from shared.strict_json import Unusable, read_json, read_tolerantly

PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | st.text("abé/~", max_size=4),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text("ab/~", max_size=3), inner),
    max_leaves=8,
)


def faults_of(raw: bytes) -> list[tuple[str, str]]:
    with pytest.raises(InvalidDocument) as refused:
        read_json(raw)
    return [(fault.pointer, fault.code) for fault in refused.value.faults]


@settings(deadline=None)
@given(PLAIN)
def test_what_json_says_plainly_is_read_as_it_is(tree: Any) -> None:
    assert read_json(json.dumps(tree).encode()) == tree


@settings(deadline=None)
@given(st.binary(max_size=200))
def test_no_bytes_do_anything_worse_than_being_refused(raw: bytes) -> None:
    assert tried(raw) in ("read", "refused")


@settings(deadline=None)
@given(st.text('{}[]":,0123456789eE+-.\\u truefalsnd\x00\ud800', max_size=200))
def test_nothing_like_json_does_anything_worse_than_being_refused(text: str) -> None:
    assert tried(text.encode("utf-8", "surrogatepass")) in ("read", "refused")


def tried(raw: bytes) -> str:
    try:
        read_json(raw)
    except InvalidDocument as refused:
        # Every fault can be sent on as UTF-8.
        str(refused).encode()
        return "refused"
    return "read"


@pytest.mark.parametrize(
    ("raw", "place", "code"),
    [
        (b'{"km": NaN}', "/km", "not_finite"),
        (b'{"km": Infinity}', "/km", "not_finite"),
        (b'{"km": -Infinity}', "/km", "not_finite"),
        (b'{"km": 1e999}', "/km", "not_finite"),
        (b'{"km": 1e-400}', "/km", "not_exact"),
        (b'{"km": -1e-99999999999999999999}', "/km", "not_exact"),
        (b'{"km": 0.10000000000000000001}', "/km", "not_exact"),
        (b'{"km": 9007199254740993.0}', "/km", "not_exact"),
        (b'{"km": 0.' + b"1" * 1_000_000 + b"}", "/km", "not_exact"),
        (b'{"households": 9007199254740992}', "/households", "too_large"),
        (b'{"households": -9007199254740992}', "/households", "too_large"),
        (b'{"households": ' + b"9" * 5000 + b"}", "/households", "too_large"),
        (b'{"a": 1, "a": 2}', "/a", "repeated_key"),
        (b'{"a": "\\u0000"}', "/a", "nul"),
        (b'{"a": "\\u00e9\\u0000"}', "/a", "nul"),
        (b'{"a": "\\ud800"}', "/a", "lone_surrogate"),
        (b'{"\\ud800": "a"}', "/?", "lone_surrogate"),
        (b'["fine", {"a/b~c": NaN}]', "/1/a~1b~0c", "not_finite"),
        (b"\xef\xbb\xbf{}", "", "byte_order_mark"),
        (b'{"a": "\xff"}', "", "not_utf8"),
        (b"{", "", "not_json"),
        (b"", "", "not_json"),
        (b"{'a': 1}", "", "not_json"),
        (b"[" * 33 + b"]" * 33, "", "too_deep"),
        (b"[" * 1000, "", "too_deep"),
        (b"[" * 100_000 + b"]" * 100_000, "", "too_deep"),
        (b'{"a":' * 100_000, "", "too_deep"),
        (b"[" + b"[]," * 3_000_000 + b"[]]", "", "too_many_values"),
        (b"[" + b"0," * 1_000_000 + b"0]", "", "too_many_values"),
        (b'{"a":[' + b'"",' * 1_000_000 + b'""]}', "", "too_many_values"),
    ],
)
def test_a_hostile_document_is_refused_at_its_place(raw: bytes, place: str, code: str) -> None:
    assert (place, code) in faults_of(raw)


def test_the_largest_exact_integer_and_thirty_two_levels_are_read() -> None:
    assert read_json(b"9007199254740991") == 9007199254740991
    assert read_json(b"-9007199254740991") == -9007199254740991
    assert read_json(b"[" * 32 + b"]" * 32) is not None


@settings(deadline=None)
@given(st.floats(allow_nan=False, allow_infinity=False))
def test_every_double_is_read_back_as_it_is_written(number: float) -> None:
    assert read_json(json.dumps(number).encode()) == number


def test_zero_and_the_same_number_written_otherwise_are_read() -> None:
    assert read_json(b"[0.0, 0e-999999999999999999999, 2.50, 25e-1]") == [0, 0, 2.5, 2.5]


def test_brackets_in_text_are_not_depth() -> None:
    assert read_json(json.dumps(["\\" + '"' + "[" * 100]).encode()) == ["\\" + '"' + "[" * 100]


def test_a_million_values_are_read_and_commas_in_text_are_no_values() -> None:
    assert len(read_json(b"[" + b"0," * 999_997 + b"0]")) == 999_998
    assert read_json(b'"' + b"," * 2_000_000 + b'"') == "," * 2_000_000


def test_text_that_never_ends_is_refused_at_once() -> None:
    # Read with a pattern that goes back over its steps this takes longer than a day.
    assert faults_of(b'"' + b'\\"' * 2_000_000) == [("", "not_json")]


def test_many_keys_with_one_repeated_are_refused_at_once() -> None:
    keys = ",".join(f'"{number}":0' for number in range(200_000))
    assert faults_of(f'{{{keys},"7":1}}'.encode()) == [("/7", "repeated_key")]


def test_all_faults_are_listed_together() -> None:
    raw = b'{"a": NaN, "b": [1e999, {"c": 1, "c": 2}], "d": 9007199254740993, "e": "\\u0000"}'
    assert faults_of(raw) == [
        ("/a", "not_finite"),
        ("/b/0", "not_finite"),
        ("/b/1/c", "repeated_key"),
        ("/d", "too_large"),
        ("/e", "nul"),
    ]


def test_a_refusal_reads_as_sentences_with_their_places() -> None:
    refused = InvalidDocument([Fault("/a", "nul", "No NUL."), Fault("", "bad", "Not good.")])
    assert str(refused) == "/: Not good.; /a: No NUL."


def test_a_pointer_escapes_its_steps() -> None:
    assert pointer("a/b", "c~d", 3, "\ud800") == "/a~1b/c~0d/3/?"


def test_a_document_is_read_as_far_as_it_can_be() -> None:
    raw = b'{"a": 1, "a": 2, "b": [NaN, 3], "c": "\\u0000", "\\ud800": -0}'
    tree, faults = read_tolerantly(raw)
    assert (tree["a"], tree["b"][1]) == (1, 3)
    assert {type(value) for value in (tree["b"][0], tree["c"], tree["?"])} == {Unusable}
    assert [(fault.pointer, fault.code) for fault in sorted(faults)] == [
        ("/?", "lone_surrogate"),
        ("/?", "negative_zero"),
        ("/a", "repeated_key"),
        ("/b/0", "not_finite"),
        ("/c", "nul"),
    ]


def test_bytes_without_a_tree_are_refused_at_once() -> None:
    with pytest.raises(InvalidDocument, match="not JSON"):
        read_tolerantly(b"{")
