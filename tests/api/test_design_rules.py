"""The Dutch API Design Rules, one test per rule, each named after its rule.

By review, because no program can tell: /core/naming-resources, /core/nested-child,
/core/doc-language, /core/hide-implementation (names), /core/stateless, /core/resource-operations,
/core/deprecation-schedule, /core/transition-period, /core/transport/tls (the proxy's) and
/core/transport/no-sensitive-uris. Answers over HTTP are tested in `test_http_rules`.
"""

import re
from pathlib import Path
from typing import Any

import pytest

from services.api.headers import API_VERSION
from services.api.main import create_app
from services.api.openapi import openapi_document
from services.api.settings import Settings

DOCUMENT = openapi_document(create_app(Settings(database_url="sqlite://")))
OPERATIONS = {
    f"{method.upper()} {path}": operation
    for path, item in DOCUMENT["paths"].items()
    for method, operation in item.items()
}
SCHEMAS = DOCUMENT["components"]["schemas"]
WRITES = {name: one for name, one in OPERATIONS.items() if not name.startswith("GET")}
OPEN = {"getAbout", "getHealth", "getReadiness"}
SCHEMES = DOCUMENT["components"]["securitySchemes"].keys()
HEADERS = {"If-Match", "If-None-Match", "Idempotency-Key", "Change-Reason"}


def parameters(place: str) -> list[str]:
    return [
        parameter["name"]
        for operation in OPERATIONS.values()
        for parameter in operation.get("parameters", ())
        if parameter["in"] == place
    ]


def test_core_naming_collections_are_plural() -> None:
    single = {"me", "money", "health", "quota-ledger", "audit-log"}
    collections = {path.split("/")[1] for path in DOCUMENT["paths"]} - {""} - single

    assert {name for name in collections if not name.endswith(("s", "ies"))} == set()


def test_core_no_trailing_slash() -> None:
    assert [path for path in DOCUMENT["paths"] if path.endswith("/")] == ["/"]


def test_core_path_segments_kebab_case() -> None:
    segment = r"(/[a-z0-9]+(-[a-z0-9]+)*|/\{[a-zA-Z]+\})*(/_[a-z]+)?/?"

    assert [path for path in DOCUMENT["paths"] if not re.fullmatch(segment, path)] == []


def test_core_query_keys_camel_case() -> None:
    camel = re.compile(r"[a-z][a-zA-Z0-9]*")

    assert [name for name in parameters("query") if not camel.fullmatch(name)] == []


def test_core_interface_language_is_one_language() -> None:
    assert {name for name in parameters("query") if not name.isascii()} == set()


def test_core_date_time_format() -> None:
    dates = [
        (name, field, about)
        for name, schema in SCHEMAS.items()
        for field, about in schema.get("properties", {}).items()
        if field.endswith(("Date", "At"))
    ]
    wrong = [(name, field) for name, field, about in dates if "date" not in str(about)]

    assert len(dates) > 10
    assert wrong == []


def test_core_http_methods() -> None:
    assert {name.split()[0] for name in OPERATIONS} <= {"GET", "POST", "PUT", "PATCH", "DELETE"}


@pytest.mark.parametrize("operation", OPERATIONS.values(), ids=OPERATIONS)
def test_core_error_handling_problem_details(operation: dict[str, Any]) -> None:
    shared = DOCUMENT["components"]["responses"]
    answers = [
        shared[answer["$ref"].rpartition("/")[2]] if "$ref" in answer else answer
        for status, answer in operation["responses"].items()
        if status[0] in "45d"
    ]

    assert {kind for answer in answers for kind in answer["content"]} == {
        "application/problem+json"
    }


@pytest.mark.parametrize("operation", OPERATIONS.values(), ids=OPERATIONS)
def test_core_error_handling_invalid_input(operation: dict[str, Any]) -> None:
    assert "400" in operation["responses"]


@pytest.mark.parametrize("operation", OPERATIONS.values(), ids=OPERATIONS)
def test_core_version_header(operation: dict[str, Any]) -> None:
    inline = [answer for answer in operation["responses"].values() if "$ref" not in answer]

    assert all("API-Version" in answer["headers"] for answer in inline)


def test_core_uri_version() -> None:
    (server,) = DOCUMENT["servers"]

    assert server["url"].endswith("/v1")
    assert [path for path in DOCUMENT["paths"] if re.search(r"/v[0-9]", path)] == []


def test_core_semver() -> None:
    assert re.fullmatch(r"[0-9]+\.[0-9]+\.[0-9]+", API_VERSION)
    assert DOCUMENT["info"]["version"] == API_VERSION


def test_core_doc_openapi_contact() -> None:
    assert DOCUMENT["info"]["contact"].keys() == {"name", "url", "email"}


def test_core_changelog() -> None:
    told = Path("CHANGELOG.md").read_text(encoding="utf-8")

    assert told.startswith("# Changelog")
    assert "\n## " in told


@pytest.mark.parametrize("operation", OPERATIONS.values(), ids=OPERATIONS)
def test_oauth_every_closed_operation_says_which_scope_it_takes(operation: dict[str, Any]) -> None:
    told = operation.get("security", [])

    assert (told == []) == (operation["operationId"] in OPEN)
    assert {scheme for one in told for scheme in one} <= SCHEMES


@pytest.mark.parametrize("operation", WRITES.values(), ids=WRITES)
def test_don_conditional_writes_tell_412_and_428(operation: dict[str, Any]) -> None:
    asked = {one["name"] for one in operation.get("parameters", ())} & HEADERS
    told = operation["responses"].keys()

    assert ("If-Match" in asked) == ({"412", "428"} <= told)
    assert ("Idempotency-Key" in asked) == ("422" in told)


@pytest.mark.parametrize("operation", OPERATIONS.values(), ids=OPERATIONS)
def test_doc_openapi_has_an_example_on_every_operation(operation: dict[str, Any]) -> None:
    success = [answer for status, answer in operation["responses"].items() if status[0] == "2"]
    bodies = [*success, operation.get("requestBody", {})]
    contents = [body.get("content", {}).get("application/json") for body in bodies]

    assert all("example" in content for content in contents if content is not None)
