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
    # Nearly every document is right and repeats its ids: first each text once, without places.
    texts = _texts(tree)
    together = "".join(texts)
    if together.isascii() and not _CONTROL.search(together):
        return
    if any(_wrong(text) for text in texts):
        yield from _in(tree, ())


def _texts(tree: Any) -> set[str]:
    found: set[str] = set()
    nodes = [tree]
    while nodes:
        node = nodes.pop()
        if isinstance(node, str):
            found.add(node)
        elif isinstance(node, dict):
            found.update(node)
            nodes.extend(node.values())
        elif isinstance(node, list | tuple):
            nodes.extend(node)
    return found


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
    wrong = _wrong(text)
    if wrong is not None:
        yield Fault(pointer(*path), *wrong)


def _wrong(text: str) -> tuple[str, str] | None:
    """Say what is wrong with a text, as code and message; None when nothing is."""
    hidden = _hidden(text)
    if hidden is not None:
        message = f"The text holds the invisible character U+{ord(hidden):04X}; leave it out."
        return "invisible_character", message
    if not unicodedata.is_normalized("NFC", text):
        message = "Write accents as one character with their letter (Unicode normal form C)."
        return "not_normalised", message
    return None


def _hidden(text: str) -> str | None:
    if text.isascii():
        found = _CONTROL.search(text)
        return found.group() if found else None
    return next(
        (c for c in text if c not in "\n\t" and unicodedata.category(c) in _INVISIBLE), None
    )
