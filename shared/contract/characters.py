"""Text that looks like other text: two ids that a reader cannot tell apart are one too many."""

import re
import unicodedata
from collections.abc import Iterator
from typing import Any

from shared.faults import Fault, pointer

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
_INVISIBLE = frozenset({"Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp"})


def unreadable_text(tree: Any) -> Iterator[Fault]:
    """Report text with invisible characters, or not in Unicode normal form C.

    Line breaks and tabs are allowed: a reason may have several lines.
    """
    yield from _in(tree, ())


def _in(node: Any, path: tuple[str | int, ...]) -> Iterator[Fault]:
    if isinstance(node, str):
        yield from _of(node, path)
    elif isinstance(node, dict):
        for key, value in node.items():
            yield from _of(key, (*path, key))
            yield from _in(value, (*path, key))
    elif isinstance(node, list | tuple):
        for position, value in enumerate(node):
            yield from _in(value, (*path, position))


def _of(text: str, path: tuple[str | int, ...]) -> Iterator[Fault]:
    hidden = _hidden(text)
    if hidden is not None:
        message = f"The text holds the invisible character U+{ord(hidden):04X}; leave it out."
        yield Fault(pointer(*path), "invisible_character", message)
    elif not unicodedata.is_normalized("NFC", text):
        message = "Write accents as one character with their letter (Unicode normal form C)."
        yield Fault(pointer(*path), "not_normalised", message)


def _hidden(text: str) -> str | None:
    if text.isascii():
        found = _CONTROL.search(text)
        return found.group() if found else None
    return next(
        (c for c in text if c not in "\n\t" and unicodedata.category(c) in _INVISIBLE), None
    )
