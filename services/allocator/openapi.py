"""The published interface: what the framework cannot see, because we read requests ourselves."""

from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from pydantic.json_schema import models_json_schema

from services.allocator.request_input import EVENTS, JSON, Limits, PlanLimits
from shared.contract.problem import Problem
from shared.contract.repairs import RepairAnswer
from shared.contract.result import Result
from shared.problem_json import PROBLEM_MEDIA_TYPE

_COMPONENT = "#/components/schemas/"
_REFUSALS = {
    "400": "Query or document has faults, all of them listed",
    "406": "Asked for in a format that is not written",
    "413": "The document is too large",
    "415": "The document is not JSON",
    "500": "The solve ended without a result",
    "503": "As many solves run as may; see Retry-After",
    "504": "The solve outlived its time limit",
}
_PROBLEM_DETAILS = {
    "type": "object",
    "required": ["type", "title", "status", "detail"],
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "errors": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["pointer", "code", "detail"],
                "properties": {name: {"type": "string"} for name in ("pointer", "code", "detail")},
            },
        },
    },
}


def describe(app: FastAPI) -> dict[str, Any]:
    """Complete the OpenAPI document of the allocator with problem, answers, query and errors."""
    document = get_openapi(
        title=app.title,
        version=app.version,
        summary=app.summary,
        routes=app.routes,
        servers=app.servers,
    )
    _, definitions = models_json_schema(
        [(Problem, "validation"), (Result, "serialization"), (RepairAnswer, "serialization")],
        ref_template=_COMPONENT + "{model}",
    )
    schemas = {**definitions["$defs"], "ProblemDetails": _PROBLEM_DETAILS}
    document.setdefault("components", {})["schemas"] = schemas
    asked = (("/allocations", "Result", PlanLimits), ("/repairs", "RepairAnswer", Limits))
    for path, answer, query in asked:
        solving = document["paths"][path]["post"]
        solving["parameters"] = [
            {"in": "query", "name": name, "required": False, "schema": schema}
            for name, schema in query.model_json_schema()["properties"].items()
        ]
        solving["requestBody"] = {"required": True, "content": {JSON: _of("Problem")}}
        solving["responses"] = {"200": _answer(answer)} | {
            status: {"description": why, "content": {PROBLEM_MEDIA_TYPE: _of("ProblemDetails")}}
            for status, why in _REFUSALS.items()
        }
    return document


def _of(component: str) -> dict[str, Any]:
    return {"schema": {"$ref": _COMPONENT + component}}


def _answer(component: str) -> dict[str, Any]:
    return {
        "description": "The result; as a stream: events `progress`, then `result` or `problem`",
        "content": {JSON: _of(component), EVENTS: {"schema": {"type": "string"}}},
    }
