"""There is nowhere to write about a person: not in tables, not in the API, not in the contract.

Capacities and needs are numbers of households. A field that could hold who someone is, where
someone comes from or what someone believes must not exist, so that nobody can fill it.
"""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from pydantic import BaseModel

from services.api.tables import metadata
from shared.contract import problem, result

# Words that make a name one about a person, as they stand between underscores.
PERSONAL = re.compile(
    r"""(^|_)(
    (first|last|sur|family|given|middle|maiden|full)_?name
    | person | client | resident | applicant | dossier | (case|file)_id
    | birth\w* | born | geboorte\w* | age | leeftijd
    | bsn | burgerservicenummer | social_security | passport | document_number | vnummer
    | national(ity|ities) | citizenship | country | countries | herkomst | homeland | land
    | ethnic\w* | race | religio\w* | geloof | belief\w* | politic\w*
    | sex\w* | orientation | gender | geslacht
    | health_(record|file) | medical | diagnos\w* | disab\w* | criminal | offence
    | e_?mail | phone\w* | telefoon | street | straat | house_number | postcode | postal\w*
    )(_|$)""",
    re.VERBOSE,
)
OPENAPI = json.loads(Path("services/api/openapi.json").read_text(encoding="utf-8"))


def columns() -> Iterator[str]:
    """Name every column of every table."""
    for table in metadata.sorted_tables:
        yield from (f"{table.name}.{column.name}" for column in table.columns)


def fields() -> Iterator[str]:
    """Name every field of every schema, and every parameter, in the OpenAPI document."""
    for name, schema in OPENAPI["components"]["schemas"].items():
        yield from (f"{name}.{field}" for field in schema.get("properties", {}))
    for path, item in OPENAPI["paths"].items():
        for operation in item.values():
            yield from (f"{path}.{p['name']}" for p in operation.get("parameters", ()))


def members() -> Iterator[str]:
    """Name every field of what goes to the allocator and comes back."""
    for module in (problem, result):
        for name, model in vars(module).items():
            if isinstance(model, type) and issubclass(model, BaseModel):
                yield from (f"{name}.{field}" for field in model.model_fields)


def personal(names: Iterator[str]) -> list[str]:
    """Keep the names whose last part could be about a person."""
    return [name for name in names if PERSONAL.search(in_snake_case(name.rpartition(".")[2]))]


def in_snake_case(name: str) -> str:
    """Write `dateOfBirth` as `date_of_birth`."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "_", name).lower()


def test_no_table_has_a_column_about_a_person() -> None:
    assert personal(columns()) == []


def test_nothing_in_the_api_is_about_a_person() -> None:
    assert personal(fields()) == []


def test_nothing_that_goes_to_the_allocator_is_about_a_person() -> None:
    assert personal(members()) == []


@pytest.mark.parametrize(
    "name",
    [
        "firstName",
        "last_name",
        "birthDate",
        "dateOfBirth",
        "age",
        "bsn",
        "nationality",
        "countryOfOrigin",
        "originCountry",
        "ethnicity",
        "religion",
        "gender",
        "email",
        "phoneNumber",
        "postcode",
        "personId",
        "medicalFile",
    ],
)
def test_the_guard_knows_a_field_about_a_person_when_it_sees_one(name: str) -> None:
    assert personal(iter([f"needs.{name}"])) == [f"needs.{name}"]


@pytest.mark.parametrize("name", ["persons", "name", "nameNl", "municipality", "stage", "coverage"])
def test_the_guard_leaves_other_fields_alone(name: str) -> None:
    assert personal(iter([f"needs.{name}"])) == []
