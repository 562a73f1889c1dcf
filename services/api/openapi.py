"""The OpenAPI document: FastAPI's own, completed to the Dutch API Design Rules.

`python -m services.api.openapi services/api/openapi.json` writes it.
"""

import copy
import json
import sys
from collections.abc import Iterator
from http import HTTPStatus
from pathlib import Path

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from fastapi.routing import APIRoute

from services.api.headers import API_VERSION
from services.api.openapi_errors import ERRORS, PROBLEM, Tree
from services.api.openapi_examples import example_of
from services.api.openapi_headers import (
    HEADERS,
    SECURITY_SCHEMES,
    describe_headers,
    etag_header,
    routes_by_operation,
)
from services.api.settings import Settings
from shared.problem_json import PROBLEM_MEDIA_TYPE

CONTACT = {
    "name": "Evenwicht maintainers",
    "url": "https://evenwicht.example/issues",
    "email": "evenwicht@evenwicht.example",
}
LICENCE = {"name": "European Union Public Licence 1.2", "identifier": "EUPL-1.2"}
DESCRIPTION = (
    "Shares out housing for priority groups (aandachtsgroepen) over the municipalities of a "
    "region, fairly and explainably. Figures carry their source, reference date and quality. "
    "No personal data: only numbers of households and persons."
)
_WRITES = ("post", "put", "patch")
_HEADERS: Tree = {
    "ApiVersion": {
        "description": "Full version of the API.",
        "schema": {"type": "string"},
        "example": API_VERSION,
    },
    "Link": {
        "description": "Other pages of the list (RFC 8288): first, prev, next, last.",
        "schema": {"type": "string"},
    },
    "Location": {
        "description": "Address of the new resource.",
        "schema": {"type": "string", "format": "uri-reference"},
    },
}
_VERSION_HEADER = {"API-Version": {"$ref": "#/components/headers/ApiVersion"}}
_LINK_HEADER = {"Link": {"$ref": "#/components/headers/Link"}}
_LOCATION_HEADER = {"Location": {"$ref": "#/components/headers/Location"}}


def openapi_document(app: FastAPI) -> Tree:
    """Describe the API.

    Parameters
    ----------
    app
        The assembled application.

    Returns
    -------
    An OpenAPI 3.1 document with paths relative to `/v1`, which is in the server's address.
    """
    settings: Settings = app.state.settings
    document = get_openapi(
        title="Evenwicht",
        version=API_VERSION,
        description=DESCRIPTION,
        routes=app.routes,
        separate_input_output_schemas=False,
        servers=[{"url": f"{settings.public_url}/v1", "description": "This service."}],
    )
    document["info"] |= {"contact": CONTACT, "license": LICENCE}
    document["paths"] = {
        path.removeprefix("/v1"): item for path, item in sorted(document["paths"].items())
    }
    components = document.setdefault("components", {})
    schemas = components.setdefault("schemas", {})
    routes = routes_by_operation(app)
    for method, operation in _operations(document):
        _gather_body_schema(operation, schemas)
        _complete(method, operation, routes[operation["operationId"]])
        _show_answers(operation, schemas)
    for unused in ("HTTPValidationError", "ValidationError"):
        schemas.pop(unused, None)
    schemas["ProblemDetails"] = PROBLEM
    components["headers"] = {**_HEADERS, **HEADERS}
    components["securitySchemes"] = SECURITY_SCHEMES
    components["responses"] = {
        name: _problem_response(description, example)
        for name, description, example in ERRORS.values()
    }
    document["tags"] = _tags(document)
    return _with_plain_names(document)


def _tags(document: Tree) -> list[Tree]:
    used = {tag for _, operation in _operations(document) for tag in operation.get("tags", ())}
    return [
        {"name": tag, "description": f"Everything about {tag.replace('-', ' ')}."}
        for tag in sorted(used)
    ]


def _with_plain_names(document: Tree) -> Tree:
    """Rename schemas that FastAPI named after their module, because two have one name."""
    text = json.dumps(document)
    for name, plain in _plain_names(document["components"]["schemas"]).items():
        text = text.replace(f'/{name}"', f'/{plain}"').replace(f'"{name}":', f'"{plain}":')
    renamed: Tree = json.loads(text)
    # The title is a generated client's name for it, so it must be as unique as the name is.
    renamed["components"]["schemas"] = {
        name: {**schema, "title": name}
        for name, schema in sorted(renamed["components"]["schemas"].items())
    }
    return renamed


def _plain_names(schemas: Tree) -> dict[str, str]:
    """Give each long name a plain one; where that is of another, with its package in front."""
    plain: dict[str, str] = {}
    taken = {name: _shape(schema) for name, schema in schemas.items() if "__" not in name}
    for name, schema in schemas.items():
        module, _, last = name.rpartition("__")
        if module:
            *_, package, inside = module.split("__")
            # The wire format of the allocator says first which of its documents it is part of.
            short = f"{inside.title()}{last}" if name.startswith("shared__") else last
            packaged = f"{package.title().replace('_', '')}{last}"
            # A body that was described beforehand has its plain name already.
            own = taken.setdefault(short, _shape(schema)) == _shape(schema)
            plain[name] = short if own else packaged
    return plain


def _shape(schema: Tree) -> tuple[frozenset[str], tuple[str, ...]]:
    return frozenset(schema.get("properties", ())), tuple(schema.get("enum", ()))


def _operations(document: Tree) -> Iterator[tuple[str, Tree]]:
    for item in document["paths"].values():
        yield from item.items()


def _gather_body_schema(operation: Tree, schemas: Tree) -> None:
    """Move a body's schema, which stands in the operation itself, to the other schemas."""
    for content in operation.get("requestBody", {}).get("content", {}).values():
        place, name = (content, "schema")
        if content["schema"].get("type") == "array":
            place, name = (content["schema"], "items")
        if "title" in place[name]:
            schema = copy.deepcopy(place[name])
            schemas.update(schema.pop("$defs", {}))
            schemas[schema["title"]] = schema
            place[name] = {"$ref": f"#/components/schemas/{schema['title']}"}


def _show_answers(operation: Tree, schemas: Tree) -> None:
    """Give every answer in JSON an example, put together from those of its fields."""
    for status, response in operation["responses"].items():
        content = response.get("content", {}).get("application/json", {})
        if status[0] == "2" and content.get("schema") and "example" not in content:
            content["example"] = example_of(content["schema"], schemas)


def _complete(method: str, operation: Tree, route: APIRoute) -> None:
    statuses = describe_headers(method, operation, route)
    parameters = operation.get("parameters", [])
    for parameter in parameters:
        if parameter["in"] == "path":
            parameter.setdefault("description", "Id of the row.")
    responses = operation["responses"]
    responses.pop("422", None)
    for status, response in responses.items():
        response["headers"] = {
            **_VERSION_HEADER,
            **(_LINK_HEADER if _is_list(operation, status) else {}),
            **(_LOCATION_HEADER if status in {"201", "202"} else {}),
            **etag_header(method, status, route),
        }
        if status[0] in "45":
            response["content"] = _problem_content(_plain_example(status, response["description"]))
    for status in sorted({*statuses, *_error_statuses(method, parameters)}):
        responses.setdefault(status, {"$ref": f"#/components/responses/{ERRORS[status][0]}"})


def _plain_example(status: str, detail: str) -> Tree:
    title = HTTPStatus(int(status)).phrase
    return {"type": "about:blank", "title": title, "status": int(status), "detail": detail}


def _is_list(operation: Tree, status: str) -> bool:
    return status == "200" and operation.get("operationId", "").startswith("list")


def _error_statuses(method: str, parameters: list[Tree]) -> list[str]:
    statuses = ["default"]
    if any(parameter["in"] == "path" for parameter in parameters):
        statuses.append("404")
    if method != "get":
        statuses += ["409", "503"]
    if method in _WRITES:
        statuses += ["413", "415"]
    # Every address refuses query keys that it does not have.
    return [*statuses, "400"]


def _problem_response(description: str, example: Tree) -> Tree:
    content = _problem_content(example)
    return {"description": description, "headers": _VERSION_HEADER, "content": content}


def _problem_content(example: Tree) -> Tree:
    schema = {"$ref": "#/components/schemas/ProblemDetails"}
    return {PROBLEM_MEDIA_TYPE: {"schema": schema, "example": example}}


def write_openapi(path: Path) -> None:
    """Write the document as it is committed: without settings of this machine."""
    # Imported here: main assembles the reference page, which shows this document.
    from services.api.main import create_app

    public_url = Settings.model_fields["public_url"].default
    app = create_app(Settings(database_url="sqlite://", public_url=public_url))
    document = openapi_document(app)
    path.write_text(json.dumps(document, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    write_openapi(Path(sys.argv[1]))
