"""Ids for rows that have none of their own, so that loading them twice adds them once."""

import json
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import NAMESPACE_URL, uuid5

Row = dict[str, Any]
_OWN_KEYS = frozenset({"id", "code"})


def with_stable_ids(rows: Mapping[str, Sequence[Row]]) -> dict[str, list[Row]]:
    """Give every row an id that follows from its noun and its content.

    Parameters
    ----------
    rows
        Noun in the path to its bodies.

    Returns
    -------
    The same rows; those with an `id` or `code` are unchanged.
    """
    return {noun: [_with_id(noun, body) for body in bodies] for noun, bodies in rows.items()}


def _with_id(noun: str, body: Row) -> Row:
    if _OWN_KEYS & body.keys():
        return body
    content = json.dumps(body, sort_keys=True)
    return {"id": str(uuid5(NAMESPACE_URL, f"evenwicht/{noun}/{content}")), **body}
