"""The sample region, read once, and how the tests look things up in it."""

from services.api.sample.build import sample_region
from services.api.sample.figures import Body

REGION = sample_region()
YEARS = ["2027", "2028", "2029", "2030", "2031"]
FIGURE_NOUNS = [
    "regions",
    "fits",
    "allocation-keys",
    "indicator-values",
    "needs",
    "capacities",
    "support-capacities",
    "commitments",
    "ceilings",
    "access-rates",
    "distances",
]
FIGURES = [body for noun in FIGURE_NOUNS for body in REGION[noun]]
RANGED = [body for body in FIGURES if "low" in body]


def total(noun: str, field: str, **wanted: str) -> int:
    """Sum a field over the rows that match."""
    return sum(
        number(body, field)
        for body in REGION[noun]
        if all(body[name] == value for name, value in wanted.items())
    )


def number(body: Body, field: str) -> int:
    value = body[field]
    assert isinstance(value, int)
    return value


def text(body: Body, field: str) -> str:
    value = body[field]
    assert isinstance(value, str)
    return value


def listed(body: Body, field: str) -> list[str]:
    value = body[field]
    assert isinstance(value, list)
    return value


def key_names(value: object) -> set[str]:
    """All keys at any depth."""
    if isinstance(value, dict):
        return {str(key) for key in value}.union(*(key_names(part) for part in value.values()))
    return set().union(*(key_names(part) for part in value)) if isinstance(value, list) else set()
