"""Rows of every noun that a test can start from, taken from the examples in the reference."""

from typing import Any, NamedTuple

import httpx

from services.api.access_rates.service import access_rates
from services.api.allocation_keys.service import allocation_keys
from services.api.capacities.service import capacities
from services.api.ceilings.service import ceilings
from services.api.commitments.service import commitments
from services.api.crud.router import example_of
from services.api.crud.service import Registry
from services.api.distances.service import distances
from services.api.fits.service import fits
from services.api.housing_forms.service import housing_forms
from services.api.indicator_values.service import indicator_values
from services.api.indicators.service import indicators
from services.api.municipalities.service import municipalities
from services.api.needs.service import needs
from services.api.periods.service import periods
from services.api.regions.service import regions
from services.api.support_capacities.service import support_capacities
from services.api.target_groups.service import target_groups

Body = dict[str, Any]


class Filled(NamedTuple):
    """A client, and the rows that the registry behind it has, one per noun."""

    api: httpx.Client
    rows: dict[str, Body]


AMSTERDAM = "GM0363"
HAARLEMMERMEER = "GM0394"

# In an order in which every row finds the rows that it refers to.
REGISTRIES: tuple[Registry[Any], ...] = (
    municipalities,
    regions,
    housing_forms,
    target_groups,
    fits,
    periods,
    indicators,
    indicator_values,
    allocation_keys,
    needs,
    capacities,
    support_capacities,
    commitments,
    ceilings,
    access_rates,
    distances,
)
NOUNS = {registry.noun.path: registry for registry in REGISTRIES}
EXAMPLES: dict[str, Body] = {path: example_of(noun.noun) for path, noun in NOUNS.items()}


def body(noun: str, **changes: Any) -> Body:
    """Take the example of a noun without its own id, with some fields changed."""
    example = {name: value for name, value in EXAMPLES[noun].items() if not is_uuid(noun, name)}
    return {**example, **changes}


def is_uuid(noun: str, field: str) -> bool:
    """Whether this field is an id that the API makes itself."""
    return field == "id" and len(EXAMPLES[noun]["id"]) == 36


def id_of(noun: str, row: Body) -> str:
    """Give the id of a row."""
    return str(row["code" if noun == "municipalities" else "id"])


def add(api: httpx.Client, noun: str, **changes: Any) -> Body:
    """Add a row and give it as it was stored."""
    answer = api.post(f"/v1/{noun}", json=body(noun, **changes))
    assert answer.status_code == 201, answer.text
    return dict(answer.json())


def fill(api: httpx.Client) -> dict[str, Body]:
    """Add one row of every noun, and the second municipality that some of them need."""
    add(api, "municipalities", code=HAARLEMMERMEER, name="Haarlemmermeer")
    return {noun: add(api, noun) for noun in NOUNS}
