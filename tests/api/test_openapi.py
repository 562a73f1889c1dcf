"""The committed OpenAPI document is the one that the program makes, and is complete."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pydantic import TypeAdapter

from services.api.openapi import write_openapi
from shared.contract import certificate, problem, repairs, result
from tests.api.rows import EXAMPLES, NOUNS

COMMITTED = Path("services/api/openapi.json")
DOCUMENT: dict[str, Any] = json.loads(COMMITTED.read_text(encoding="utf-8"))
OPERATIONS = {
    f"{method.upper()} {path}": operation
    for path, item in DOCUMENT["paths"].items()
    for method, operation in item.items()
}
SCHEMAS: dict[str, Any] = DOCUMENT["components"]["schemas"]
# The allocator's wire format is described as a whole, by its model and not field by field.
OF_THE_ALLOCATOR = {
    f"{document}{name}"
    for module in (certificate, problem, repairs, result)
    for name in vars(module)
    for document in ("", "Problem", "Result")
} - {registry.noun.schema.__name__ for registry in NOUNS.values()}


def test_the_committed_document_is_the_one_that_the_program_makes(tmp_path: Path) -> None:
    write_openapi(tmp_path / "openapi.json")

    made = (tmp_path / "openapi.json").read_text(encoding="utf-8")

    assert made == COMMITTED.read_text(encoding="utf-8"), "run: make openapi"


def test_the_major_version_is_in_the_address_of_the_server_and_not_in_paths() -> None:
    (server,) = DOCUMENT["servers"]

    assert re.fullmatch(r"https://.+/v1", server["url"])
    assert not [path for path in DOCUMENT["paths"] if path.startswith("/v1")]


def test_someone_can_be_reached() -> None:
    assert DOCUMENT["info"]["contact"].keys() == {"name", "url", "email"}


@pytest.mark.parametrize("operation", OPERATIONS.values(), ids=OPERATIONS)
def test_every_operation_says_what_it_does_and_how_it_fails(operation: dict[str, Any]) -> None:
    assert operation["summary"]
    assert operation["description"]
    assert {"400", "default"} <= operation["responses"].keys()
    assert all(parameter["description"] for parameter in operation.get("parameters", ()))


@pytest.mark.parametrize(
    "operation",
    [
        operation
        for operation in OPERATIONS.values()
        if "application/json" in operation.get("requestBody", {}).get("content", {})
    ],
    ids=lambda operation: operation["operationId"],
)
def test_every_body_has_an_example(operation: dict[str, Any]) -> None:
    content = operation["requestBody"]["content"]["application/json"]

    assert "example" in content
    assert content["schema"].get("items", content["schema"]).keys() == {"$ref"}


def test_every_operation_has_a_name_of_its_own() -> None:
    names = [operation["operationId"] for operation in OPERATIONS.values()]

    assert len(names) == len(set(names))


def undescribed() -> Iterator[str]:
    """Name the fields that say nothing about themselves."""
    for name, schema in SCHEMAS.items():
        for field, about in schema.get("properties", {}).items():
            if not (about.get("description") or name in OF_THE_ALLOCATOR):
                yield f"{name}.{field}"


def test_every_field_says_what_it_means() -> None:
    assert list(undescribed()) == []


def test_every_reference_leads_somewhere() -> None:
    mentioned = set(re.findall(r'"#/components/([^"]+)"', json.dumps(DOCUMENT)))

    assert {
        name
        for name in mentioned
        if name.split("/")[1] not in DOCUMENT["components"][name.split("/")[0]]
    } == set()


@pytest.mark.parametrize("noun", NOUNS)
def test_the_example_of_every_noun_is_one_that_the_program_reads(noun: str) -> None:
    schema = NOUNS[noun].noun.schema

    assert TypeAdapter(schema).validate_python(EXAMPLES[noun])


@pytest.mark.parametrize("noun", NOUNS)
def test_every_noun_has_its_five_operations(noun: str) -> None:
    found = [name for name in OPERATIONS if re.fullmatch(rf"\w+ /{noun}(/{{id}})?", name)]

    assert sorted(found) == [
        f"DELETE /{noun}/{{id}}",
        f"GET /{noun}",
        f"GET /{noun}/{{id}}",
        f"POST /{noun}",
        f"PUT /{noun}/{{id}}",
    ]
