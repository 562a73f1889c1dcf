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
from itertools import accumulate
from typing import Any

from shared.faults import Fault, InvalidDocument, pointer

LARGEST_EXACT_INTEGER = 2**53 - 1
MAX_DEPTH = 32
MAX_VALUES = 1_000_000
# Text is found in one pass, also text that never ends: `*+` does not go back over it.
_TEXT = re.compile(r'"[^"\\]*+(?:\\.[^"\\]*+)*+"?', re.DOTALL)
_NO_BRACKETS = bytes(set(range(256)) - set(b"[]{}"))
_DEEPER = {mark: 1 if mark in b"[{" else -1 for mark in b"[]{}"}
# NUL, or one half of a character; a pair of halves looks the same and is looked at more closely.
_SUSPICIOUS_ESCAPE = re.compile(r"\\u(?:0000|[dD][89a-fA-F])")
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
    values = _Values()
    try:
        tree = json.loads(
            text,
            object_pairs_hook=values.object,
            parse_constant=values.constant,
            parse_int=values.integer,
            parse_float=values.decimal,
        )
    except json.JSONDecodeError as error:
        where = f"line {error.lineno}, column {error.colno}"
        raise _whole("not_json", f"This is not JSON: {error.msg} at {where}.") from error
    faults: list[Fault] = []
    if values.all_usable and not _SUSPICIOUS_ESCAPE.search(text):
        return tree, faults
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
    marks = _TEXT.sub("", text)
    if 1 + sum(marks.count(mark) for mark in "[{,") > MAX_VALUES:
        raise _whole("too_many_values", f"The document has more than {MAX_VALUES} values.")
    brackets = marks.encode().translate(None, _NO_BRACKETS)
    if max(accumulate(map(_DEEPER.__getitem__, brackets)), default=0) > MAX_DEPTH:
        raise _whole("too_deep", f"The document is nested deeper than {MAX_DEPTH} levels.")


class _Values:
    """Makes the values of one document, and remembers whether all of them can be used."""

    def __init__(self) -> None:
        self.all_usable = True

    def object(self, pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        plain = dict(pairs)
        if len(plain) == len(pairs):
            return plain
        self.all_usable = False
        times = Counter(key for key, _ in pairs)
        first = _Object(reversed(pairs))
        first.repeated = tuple(sorted(key for key, count in times.items() if count > 1))
        return first

    def constant(self, name: str) -> Unusable:
        return self._refused("not_finite", f"{name} is not a number in JSON.")

    def integer(self, digits: str) -> int | Unusable:
        if digits == "-0":
            return self._refused("negative_zero", "Zero is written without a minus sign.")
        if len(digits) <= _LONGEST_EXACT_INTEGER and abs(int(digits)) <= LARGEST_EXACT_INTEGER:
            return int(digits)
        message = "An integer beyond 2^53 - 1 is not exact in every program."
        return self._refused("too_large", message)

    def decimal(self, digits: str) -> float | Unusable:
        if len(digits) > _LONGEST_DECIMAL:
            message = f"A number has at most {_LONGEST_DECIMAL} characters."
            return self._refused("not_exact", message)
        number = float(digits)
        # The shortest text of a double stands for it; what differs from that would be rounded.
        shortest = repr(number)
        if shortest == digits:
            return number
        if not math.isfinite(number):
            return self._refused("not_finite", "The number is too large to be represented.")
        if number == 0 and _NOT_ZERO.match(digits):
            return self._refused("not_exact", "The number is too small to be represented.")
        if number != 0 and Decimal(digits) != Decimal(shortest):
            message = "The number has more digits than programs can agree on."
            return self._refused("not_exact", message)
        return number

    def _refused(self, code: str, message: str) -> Unusable:
        self.all_usable = False
        return Unusable(code, message)


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
