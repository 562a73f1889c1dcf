"""Three municipalities, one group and one year, made by hand; a test changes what it is about."""

from typing import Any

from shared.contract.problem import Problem
from shared.contract.reading import problem_from

Row = dict[str, Any]


def region(**changes: Any) -> Problem:
    """A, B and C with 4 homes each; A needs 3 homes, B and C none; no shares, no distances."""
    tree: Row = {
        "schemaVersion": "1",
        "periods": [year(2027)],
        "municipalities": [{"id": name, "name": name} for name in "ABC"],
        "groups": [group()],
        "supply": [homes("A", 4), homes("B", 4), homes("C", 4)],
        "needs": [need("A", 3)],
    }
    return problem_from({**tree, **changes})


def year(number: int) -> Row:
    """One period."""
    return {"id": str(number), "start": f"{number}-01-01", "end": f"{number}-12-31"}


def group(name: str = "status", **changes: Any) -> Row:
    """A group of the first tier that may be housed anywhere."""
    return {"id": name, "tier": 1, "burden": 1, "spread": "region", **changes}


def homes(municipality: str, reported: int, **changes: Any) -> Row:
    """A lot of homes for status holders in 2027, named for its municipality."""
    plain = {
        "id": f"{municipality}-homes",
        "municipality": municipality,
        "form": "home",
        "period": "2027",
        "reported": reported,
        "potential": reported,
        "groups": ["status"],
    }
    return {**plain, **changes}


def need(municipality: str, households: int, **changes: Any) -> Row:
    """Status holders who need a home in 2027."""
    return cell(municipality, households, **changes)


def cell(municipality: str, households: int, **changes: Any) -> Row:
    """Status holders of, or in, a municipality in 2027."""
    plain = {"municipality": municipality, "group": "status", "period": "2027"}
    return {**plain, "households": households, **changes}


def pin(municipality: str, households: int, **changes: Any) -> Row:
    """A planner's decision, named for its municipality."""
    row = cell(municipality, households, id=f"pin-{municipality}", reason="Signed on 1 March.")
    return {**row, **changes}


def agreed(municipality: str, households: int, **changes: Any) -> Row:
    """An agreement or a ceiling on status holders in 2027, named for its municipality."""
    plain = {"id": f"row-{municipality}", "municipality": municipality}
    rest = {"groups": ["status"], "periods": ["2027"], "households": households}
    return {**plain, **rest, **changes}


def shares(**parts: float) -> list[Row]:
    """The fair-share key of status holders."""
    return [{"municipality": m, "group": "status", "share": part} for m, part in parts.items()]


def suits(**values: float) -> list[Row]:
    """How well municipalities suit status holders."""
    return [{"municipality": m, "group": "status", "value": value} for m, value in values.items()]


def km(start: str, end: str, distance: float) -> Row:
    """A distance."""
    return {"from": start, "to": end, "km": distance}


def stages(*names: str, **slack: float) -> list[Row]:
    """The planner's order; `slack` by name of the stage."""
    return [{"objective": name, "slack": slack.get(name, 0)} for name in names]
