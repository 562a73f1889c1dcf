"""Problems and results that the shell is tested with, and small changes to them."""

import json
from pathlib import Path
from typing import Any

DATA = Path(__file__).resolve().parents[2] / "data"
FOUR_PROBLEM = DATA / "four-municipalities.problem.json"
FOUR_RESULT = DATA / "four-municipalities.result.json"
MINI = DATA / "cases" / "mini-1.json"
# Thirty municipalities, five years: solving takes long enough to look at it while it runs.
LARGE = DATA / "cases" / "mra-1.json"


def changed(source: Path, target: Path, **fields: Any) -> Path:
    """Write a document with these top-level fields in place of its own."""
    document = {**json.loads(source.read_bytes()), **fields}
    target.write_text(json.dumps(document), encoding="utf-8")
    return target


def contradiction(target: Path) -> Path:
    """Write a problem in which a pin demands more than a ceiling admits."""
    problem = json.loads(MINI.read_bytes())
    lot = problem["supply"][0]
    place = {"municipality": lot["municipality"], "households": 3}
    where = {"groups": [lot["groups"][0]], "periods": [lot["period"]]}
    pin = {"group": lot["groups"][0], "period": lot["period"], "reason": "decided"}
    return changed(
        MINI,
        target,
        pins=[{"id": "pin", **place, **pin}],
        ceilings=[{"id": "ceiling", **place, **where, "households": 2}],
    )


def beside_each_other(copies: int) -> bytes:
    """Write a problem of many regions like LARGE beside each other, 400 kB each."""
    tree = json.loads(LARGE.read_bytes())
    for name in _OF_A_REGION:
        tree[name] = [_renamed(row, f"-{n}", copies) for n in range(copies) for row in tree[name]]
    return json.dumps(tree).encode()


_OF_A_REGION = (
    "municipalities",
    "supply",
    "needs",
    "support",
    "commitments",
    "ceilings",
    "shares",
    "access",
    "distances",
)


def _renamed(row: dict[str, Any], suffix: str, copies: int) -> dict[str, Any]:
    names = {field: row[field] + suffix for field in _NAMES if field in row}
    lists = {"municipalities": [name + suffix for name in row.get("municipalities", ())]}
    parts = {"share": row["share"] / copies} if "share" in row else {}
    return {**row, **names, **(lists if "municipalities" in row else {}), **parts}


_NAMES = ("id", "municipality", "from", "to")
