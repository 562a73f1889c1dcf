"""Read JSON without guessing: what another reader could read differently is refused.

The standard reader keeps the last of two equal keys, accepts `NaN`, and turns `1e999` into
infinity. Two programs could then disagree about the same document, so here each of these is
a fault with a JSON pointer. Source: RFC 8259, sections 4, 6 and 8; RFC 7493 (I-JSON).
"""

import json
import math
import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

from shared.faults import Fault, InvalidDocument, pointer

LARGEST_EXACT_INTEGER = 2**53 - 1
MAX_DEPTH = 32
# Text is skipped in one pass, also text that never ends: `*+` does not go back over it.
_NESTING = re.compile(r'"(?:[^"\\]|\\.)*+"?|[\[\]{}]', re.DOTALL)
_LONGEST_EXACT_INTEGER = len(str(LARGEST_EXACT_INTEGER)) + 1


class _Refused:
    """Stands in the tree where a number was that no two readers agree on."""

    def __init__(self, code: str, message: str) -> None:
        self.code, self.message = code, message


class _Object(dict[str, Any]):
    """An object that remembers which keys were given more than once."""

    repeated: tuple[str, ...] = ()


def read_json(raw: bytes) -> Any:
    """Read one JSON document.

    Parameters
    ----------
    raw
        The document as UTF-8 bytes without a byte order mark.

    Returns
    -------
    Plain dicts, lists, strings, numbers, booleans and None.

    Raises
    ------
    InvalidDocument
        With every fault: bad encoding, bad syntax, too deep, repeated keys, NaN or
        infinite numbers, integers beyond 2^53 - 1, NUL or lone surrogates in text.
    """
    text = _decoded(raw)
    if _depth(text) > MAX_DEPTH:
        raise _whole("too_deep", f"The document is nested deeper than {MAX_DEPTH} levels.")
    try:
        tree = json.loads(
            text,
            object_pairs_hook=_object,
            parse_constant=_constant,
            parse_int=_integer,
            parse_float=_decimal,
        )
    except json.JSONDecodeError as error:
        where = f"line {error.lineno}, column {error.colno}"
        raise _whole("not_json", f"This is not JSON: {error.msg} at {where}.") from error
    faults = list(_faults(tree, ()))
    if faults:
        raise InvalidDocument(faults)
    return tree


def _whole(code: str, message: str) -> InvalidDocument:
    return InvalidDocument([Fault("", code, message)])


def _decoded(raw: bytes) -> str:
    if raw.startswith(b"\xef\xbb\xbf"):
        raise _whole("byte_order_mark", "The document starts with a byte order mark; leave it out.")
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError as error:
        message = f"The document is not UTF-8: byte {error.start} cannot be read."
        raise _whole("not_utf8", message) from error


def _depth(text: str) -> int:
    deepest = depth = 0
    for token in _NESTING.finditer(text):
        mark = token.group()
        if mark in "[{":
            depth += 1
            deepest = max(deepest, depth)
        elif mark in "]}":
            depth -= 1
    return deepest


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    plain = dict(pairs)
    if len(plain) == len(pairs):
        return plain
    times = Counter(key for key, _ in pairs)
    marked = _Object(plain)
    marked.repeated = tuple(sorted(key for key, count in times.items() if count > 1))
    return marked


def _constant(name: str) -> _Refused:
    return _Refused("not_finite", f"{name} is not a number in JSON.")


def _integer(digits: str) -> int | _Refused:
    if digits == "-0":
        return _Refused("negative_zero", "Zero is written without a minus sign.")
    if len(digits) <= _LONGEST_EXACT_INTEGER and abs(int(digits)) <= LARGEST_EXACT_INTEGER:
        return int(digits)
    return _Refused("too_large", "An integer beyond 2^53 - 1 is not exact in every program.")


def _decimal(digits: str) -> float | _Refused:
    number = float(digits)
    if math.isfinite(number):
        return number
    return _Refused("not_finite", "The number is too large to be represented.")


def _faults(node: Any, path: tuple[str | int, ...]) -> Iterator[Fault]:
    if isinstance(node, _Refused):
        yield Fault(pointer(*path), node.code, node.message)
    elif isinstance(node, str):
        yield from _text_faults(node, path)
    elif isinstance(node, dict):
        yield from _object_faults(node, path)
    elif isinstance(node, list):
        for position, value in enumerate(node):
            yield from _faults(value, (*path, position))


def _object_faults(node: dict[str, Any], path: tuple[str | int, ...]) -> Iterator[Fault]:
    if isinstance(node, _Object):
        for key in node.repeated:
            where = pointer(*path, key)
            yield Fault(where, "repeated_key", f"The key {key!r} is given more than once.")
    for key, value in node.items():
        yield from _text_faults(key, (*path, key))
        yield from _faults(value, (*path, key))


def _text_faults(text: str, path: tuple[str | int, ...]) -> Iterator[Fault]:
    if not text.isascii() and any("\ud800" <= letter <= "\udfff" for letter in text):
        yield Fault(pointer(*path), "lone_surrogate", "The text holds half a character.")
    elif "\0" in text:
        yield Fault(pointer(*path), "nul", "Text may not contain the NUL character.")
