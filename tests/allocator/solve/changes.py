"""What planners change between two solves, drawn at random."""

from copy import deepcopy
from random import Random
from typing import Any

Row = dict[str, Any]


def changed(document: Row, draw: Random) -> Row:
    """Change one figure of a problem document, add a pin, or leave a row out."""
    after = deepcopy(document)
    kinds = ("supply", "needs", "support", "commitments", "access", "pins")
    kind = draw.choice([k for k in kinds if after.get(k) or k == "pins"])
    if kind == "pins":
        town, group = (draw.choice(after[name])["id"] for name in ("municipalities", "groups"))
        pin = {"id": "what-if", "municipality": town, "group": group, "households": 0}
        after["pins"] = [*after.get("pins", ()), {**pin, "reason": "What if?"}]
        return after
    row = draw.choice(after[kind])
    if draw.random() < 0.2 or kind == "access":
        after[kind].remove(row)
        return after
    more = draw.choice((-1, 1, 2))
    if kind == "supply":
        row["reported"] = max(0, row["reported"] + more)
        row["potential"] = max(row["potential"], row["reported"])
    else:
        name = "slots" if kind == "support" else "households"
        row[name] = max(0, row[name] + more)
    return after
