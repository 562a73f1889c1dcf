"""Read JSON without guessing: what another reader could read differently is refused.

The standard reader keeps the last of two equal keys, accepts `NaN`, and turns `1e999` into
infinity. Two programs could then disagree about the same document, so here each of these is
a fault with a JSON pointer. Source: RFC 8259, sections 4, 6 and 8; RFC 7493 (I-JSON).
"""

import json
import math
import re
from collections import Counter
from decimal import Decimal
from typing import Any

from shared.faults import Fault, InvalidDocument, pointer

LARGEST_EXACT_INTEGER = 2**53 - 1
MAX_DEPTH = 32
MAX_VALUES = 1_000_000
# Text is skipped in one pass, also text that never ends: `*+` does not go back over it.
_STRUCTURE = re.compile(r'"(?:[^"\\]|\\.)*+"?|[\[\]{},]', re.DOTALL)
_NOT_ZERO = re.compile(r"[-0.]*[1-9]")
_LONGEST_DECIMAL = 400
_LONGEST_EXACT_INTEGER = len(str(LARGEST_EXACT_INTEGER)) + 1


class Unusable:
    """Stands in the tree where a value was that no two readers agree on; nothing equals it."""

    def __init__(self, code: str, message: str) -> None:
        self.code, self.message = code, message

    def __str__(self) -> str:
        """Show that there was something here that cannot be shown."""
        return "…"


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
        With every fault: bad encoding, bad syntax, too deep or too many values, repeated keys,
        NaN or infinite numbers, integers beyond 2^53 - 1, NUL or lone surrogates in text.
    """
    tree, faults = read_tolerantly(raw)
    if faults:
        raise InvalidDocument(faults)
    return tree


def read_tolerantly(raw: bytes) -> tuple[Any, list[Fault]]:
    """Read one JSON document as far as it can be read, to look for other faults in it too.

    Parameters
    ----------
    raw
        The document as UTF-8 bytes without a byte order mark.

    Returns
    -------
    The tree and its faults. A value that is refused is `Unusable` in the tree, of a repeated
    key the first value is kept, and half a character in a key is `?`.

    Raises
    ------
    InvalidDocument
        When there is no tree: bad encoding, bad syntax, too deep, too many values.
    """
    text = _decoded(raw)
    _refuse_sprawling(text)
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
    faults: list[Fault] = []
    return _cleaned(tree, (), faults), faults


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


def _refuse_sprawling(text: str) -> None:
    """Refuse by brackets and commas alone, before anything is built of the document."""
    depth, values = 0, 1
    for token in _STRUCTURE.finditer(text):
        mark = token.group()
        depth += (mark in "[{") - (mark in "]}")
        values += mark in "[{,"
        if depth > MAX_DEPTH:
            raise _whole("too_deep", f"The document is nested deeper than {MAX_DEPTH} levels.")
        if values > MAX_VALUES:
            raise _whole("too_many_values", f"The document has more than {MAX_VALUES} values.")


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    plain = dict(pairs)
    if len(plain) == len(pairs):
        return plain
    times = Counter(key for key, _ in pairs)
    first = _Object(reversed(pairs))
    first.repeated = tuple(sorted(key for key, count in times.items() if count > 1))
    return first


def _constant(name: str) -> Unusable:
    return Unusable("not_finite", f"{name} is not a number in JSON.")


def _integer(digits: str) -> int | Unusable:
    if digits == "-0":
        return Unusable("negative_zero", "Zero is written without a minus sign.")
    if len(digits) <= _LONGEST_EXACT_INTEGER and abs(int(digits)) <= LARGEST_EXACT_INTEGER:
        return int(digits)
    return Unusable("too_large", "An integer beyond 2^53 - 1 is not exact in every program.")


def _decimal(digits: str) -> float | Unusable:
    if len(digits) > _LONGEST_DECIMAL:
        return Unusable("not_exact", f"A number has at most {_LONGEST_DECIMAL} characters.")
    number = float(digits)
    if not math.isfinite(number):
        return Unusable("not_finite", "The number is too large to be represented.")
    if number == 0 and _NOT_ZERO.match(digits):
        return Unusable("not_exact", "The number is too small to be represented.")
    # The shortest text of a double stands for it; what differs from that would be rounded.
    if number != 0 and Decimal(digits) != Decimal(repr(number)):
        return Unusable("not_exact", "The number has more digits than programs can agree on.")
    return number


def _cleaned(node: Any, path: tuple[str | int, ...], faults: list[Fault]) -> Any:
    """Give the tree with nothing in it that could not be sent on, and note what was."""
    if isinstance(node, str):
        refused = _refused_text(node)
        node = node if refused is None else refused
    if isinstance(node, Unusable):
        faults.append(Fault(pointer(*path), node.code, node.message))
    elif isinstance(node, dict):
        return _cleaned_object(node, path, faults)
    elif isinstance(node, list):
        return [_cleaned(value, (*path, place), faults) for place, value in enumerate(node)]
    return node


def _cleaned_object(
    node: dict[str, Any], path: tuple[str | int, ...], faults: list[Fault]
) -> dict[str, Any]:
    if isinstance(node, _Object):
        for key in node.repeated:
            where = pointer(*path, key)
            faults.append(Fault(where, "repeated_key", f"The key {key!r} is given more than once."))
    cleaned = {}
    for key, value in node.items():
        refused = _refused_text(key)
        if refused is not None:
            faults.append(Fault(pointer(*path, key), refused.code, refused.message))
        name = key.encode(errors="replace").decode()
        cleaned[name] = _cleaned(value, (*path, key), faults)
    return cleaned


def _refused_text(text: str) -> Unusable | None:
    if not text.isascii() and any("\ud800" <= letter <= "\udfff" for letter in text):
        return Unusable("lone_surrogate", "The text holds half a character.")
    if "\0" in text:
        return Unusable("nul", "Text may not contain the NUL character.")
    return None
