"""What an operation asks and answers beside its body: who may, versions, keys, reasons."""

from collections.abc import Iterator, Mapping
from typing import Any

from fastapi import FastAPI
from fastapi.routing import APIRoute

from services.api.access.admission import author_of
from services.api.access.tokens import READ, WRITE
from services.api.answers_once.route import StoredAnswers
from services.api.crud.conditions import if_match, tagged
from services.api.crud.router import registry_router

Tree = dict[str, Any]

SECURITY_SCHEMES: Tree = {
    "key": {
        "type": "http",
        "scheme": "bearer",
        "description": "An API key of a member (`evw_…`), made at `/api-keys` and shown once.",
    },
    "token": {
        "type": "oauth2",
        "description": "A token of the issuer of this installation, by the NL GOV profile for "
        "OAuth 2.0: `iss`, `aud`, `exp` and `scope` are checked, RS256 or PS256, header only.",
        "flows": {
            "clientCredentials": {
                "tokenUrl": "https://login.example/token",
                "scopes": {READ: "Read.", WRITE: "Read and change."},
            },
            "authorizationCode": {
                "authorizationUrl": "https://login.example/authorize",
                "tokenUrl": "https://login.example/token",
                "scopes": {READ: "Read.", WRITE: "Read and change."},
            },
        },
    },
}
PARAMETERS: Tree = {
    "If-Match": {
        "name": "If-Match",
        "in": "header",
        "description": "The `ETag` that was read, or `*` for whatever is there. 428 without it, "
        "412 when there is another version by now.",
        "schema": {"type": "string"},
        "example": '"3"',
    },
    "If-None-Match": {
        "name": "If-None-Match",
        "in": "header",
        "description": "An `ETag` that was read before: 304 when nothing changed since.",
        "schema": {"type": "string"},
        "example": '"3"',
    },
    "Idempotency-Key": {
        "name": "Idempotency-Key",
        "in": "header",
        "description": "Chosen by the client, for one request. Sent again with it within 7 days, "
        "the request has no second effect and gets the first answer again. At most 255 visible "
        "ASCII characters.",
        "schema": {"type": "string", "maxLength": 255},
        "example": "6f0e4f4f-0c0e-4a4e-8a52-2b9d116f1f5c",
    },
    "Change-Reason": {
        "name": "Change-Reason",
        "in": "header",
        "description": "Why, for the history: percent-encoded UTF-8 of at most 500 characters.",
        "schema": {"type": "string"},
        "example": "Correction%20of%20a%20typing%20error",
    },
}
HEADERS: Tree = {
    "ETag": {
        "description": "The version of the row, or a hash of the list.",
        "schema": {"type": "string"},
        "example": '"3"',
    },
}
ETAG = {"ETag": {"$ref": "#/components/headers/ETag"}}
_CHANGED_BY_IF_MATCH = ("412", "428")


def routes_by_operation(app: FastAPI) -> Mapping[str, APIRoute]:
    """Find the route of every operation."""
    return {str(route.operation_id): route for route in _routes(app.routes)}


def _routes(routes: Any) -> Iterator[APIRoute]:
    for route in routes:
        inner = getattr(route, "original_router", None)
        if isinstance(route, APIRoute):
            yield route
        elif inner is not None:
            yield from _routes(inner.routes)


def describe_headers(method: str, operation: Tree, route: APIRoute) -> list[str]:
    """Add the headers of an operation, and who may use it.

    Returns
    -------
    The statuses of the errors that come with them.
    """
    needs = {one.call for one in route.dependant.dependencies}
    statuses: list[str] = []
    asked: list[str] = []
    if operation.get("x-access") != "public":
        scope = READ if method == "get" else WRITE
        operation["security"] = [{"key": []}, {"token": [scope]}]
        statuses += ["401", "403"]
    if if_match in needs:
        asked.append("If-Match")
        statuses += _CHANGED_BY_IF_MATCH
    if method == "post" and isinstance(route, StoredAnswers):
        asked.append("Idempotency-Key")
        statuses.append("422")
    if author_of in needs:
        asked.append("Change-Reason")
    if _is_conditional(route):
        asked.append("If-None-Match")
    if asked:
        headers = [PARAMETERS[name] for name in asked]
        operation["parameters"] = [*operation.get("parameters", ()), *headers]
    return statuses


def etag_header(method: str, status: str, route: APIRoute) -> Tree:
    """Describe the `ETag` of an answer, if it has one."""
    changed = any(one.call is if_match for one in route.dependant.dependencies)
    written = changed and method in {"put", "post"}
    made = status == "201" and route.endpoint.__module__ == registry_router.__module__
    tells = status[0] == "2" and (_is_conditional(route) or written or made)
    return ETAG if tells else {}


def _is_conditional(route: APIRoute) -> bool:
    # Whoever answers with a tag calls this one function, so its name is in the code.
    return tagged.__name__ in route.endpoint.__code__.co_names
