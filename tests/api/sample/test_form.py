"""The form of the sample region: order, references, uniqueness and plain JSON."""

import json

import pytest

from services.api.sample.build import sample_region
from services.api.sample.facts import (
    FACTS,
    assumptions,
    municipalities,
    national_population,
    published,
    quota_totals,
)
from tests.api.sample.region import REGION, YEARS, listed, text


def test_nouns_come_after_the_nouns_they_refer_to() -> None:
    assert list(REGION) == [
        "municipalities",
        "regions",
        "target-groups",
        "housing-forms",
        "fits",
        "periods",
        "indicators",
        "indicator-values",
        "allocation-keys",
        "needs",
        "capacities",
        "support-capacities",
        "commitments",
        "ceilings",
        "access-rates",
        "distances",
    ]


def test_all_references_are_known() -> None:
    codes = set(municipalities())
    groups = {text(body, "id") for body in REGION["target-groups"]}
    forms = {text(body, "id") for body in REGION["housing-forms"]}
    rows = [body for bodies in REGION.values() for body in bodies]

    assert {body["municipality"] for body in rows if "municipality" in body} <= codes
    assert {body["group"] for body in rows if "group" in body} <= groups
    assert {body["form"] for body in rows if "form" in body} <= forms
    assert {body["period"] for body in rows if "period" in body} <= set(YEARS)
    assert {
        group for body in rows if "groups" in body for group in listed(body, "groups")
    } <= groups


@pytest.mark.parametrize(
    ("noun", "fields"),
    [
        ("fits", ("form", "group")),
        ("indicator-values", ("indicator", "municipality", "referenceDate")),
        ("needs", ("municipality", "group", "period")),
        ("capacities", ("municipality", "form", "period")),
        ("access-rates", ("municipality", "group")),
    ],
)
def test_no_row_is_given_twice(noun: str, fields: tuple[str, ...]) -> None:
    keys = [tuple(body[field] for field in fields) for body in REGION[noun]]

    assert len(keys) == len(set(keys))


def test_the_region_is_plain_json_and_the_same_every_time() -> None:
    written = json.dumps(REGION, allow_nan=False)

    assert json.loads(written) == REGION
    assert json.dumps(sample_region()) == written


def test_every_fact_and_every_choice_on_file_is_used() -> None:
    code = "".join(path.read_text(encoding="utf-8") for path in sorted(FACTS.parent.glob("*.py")))
    unused = [name for name in published() if name not in code and "prewonen" not in name]

    assert unused == []
    assert all(len(assumptions(kind)) > 0 for kind in ("need", "form", "support", "access"))


def test_the_country_has_342_municipalities_and_thirteen_known_half_years() -> None:
    assert len(national_population(2026)) == 342
    assert len(quota_totals()) == 13
