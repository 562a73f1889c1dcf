"""The addresses of a noun: those that read, and create, replace, delete and import."""

from collections.abc import Mapping
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import Response
from pydantic import BaseModel, Field
from starlette.routing import Match
from starlette.types import Scope

from services.api.access.admission import WriterDep, right
from services.api.access.rights import right_of
from services.api.answers_once.route import StoredAnswers
from services.api.crud.conditions import ExpectedDep
from services.api.crud.importing import add_all
from services.api.crud.noun import Noun, Row
from services.api.crud.reading_addresses import add_reading, plain, title
from services.api.crud.service import Registry, document_of
from services.api.database import WriteSession
from services.api.requests import JsonBody, describe_body


class _OwnPaths(APIRouter):
    """The addresses under one prefix; for another path they are not tried one by one."""

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        """Say whether one of them is asked for."""
        # Trying the addresses of all nouns before it took a sixth of the time of a list page.
        return super().matches(scope) if self.prefix in scope["path"] else (Match.NONE, {})


def registry_router(registry: Registry[Row]) -> APIRouter:
    """Make the addresses of a noun.

    Parameters
    ----------
    registry
        The noun's rows.
    """
    noun = registry.noun
    router = _OwnPaths(prefix=f"/{noun.path}", tags=[noun.path], route_class=StoredAnswers)
    add_reading(router, registry)
    _add_writing(router, registry)
    _add_importing(router, registry)
    return router


def _add_writing(router: APIRouter, registry: Registry[Row]) -> None:
    noun = registry.noun
    name = noun.schema.__name__
    may_write = right(right_of(noun.path, "write"))
    with_body = {**may_write, **describe_body(noun.schema, example_of(noun))}

    def create_row(
        request: Request, body: JsonBody, session: WriteSession, author: WriterDep
    ) -> Response:
        row, version = registry.create(session, author, body)
        location = f"{request.url.path}/{getattr(row, noun.id_field)}"
        return _changed(row, version, 201, {"Location": location})

    router.add_api_route(
        "",
        create_row,
        methods=["POST"],
        status_code=201,
        response_model=noun.schema,
        summary=f"Add one {noun.one}",
        description=f"{noun.about} Refused with every fault at once; then nothing is stored.",
        operation_id=f"create{name}",
        response_description=f"The new {noun.one}; `Location` is its address.",
        openapi_extra=with_body,
    )

    def replace_row(
        id: str,
        body: JsonBody,
        session: WriteSession,
        author: WriterDep,
        expected: ExpectedDep,
    ) -> Response:
        return _changed(*registry.replace(session, author, id, body, expected), 200)

    router.add_api_route(
        "/{id}",
        replace_row,
        methods=["PUT"],
        response_model=noun.schema,
        summary=f"Replace one {noun.one}",
        description="Replaces the whole row: what the body leaves out is gone afterwards.",
        operation_id=f"replace{name}",
        response_description=f"The {noun.one} as it is now.",
        openapi_extra=with_body,
    )

    def delete_row(
        id: str, session: WriteSession, author: WriterDep, expected: ExpectedDep
    ) -> None:
        registry.delete(session, author, id, expected)

    router.add_api_route(
        "/{id}",
        delete_row,
        methods=["DELETE"],
        status_code=204,
        response_model=None,
        summary=f"Delete one {noun.one}",
        description="Refused with 409 while other rows refer to it.",
        operation_id=f"delete{name}",
        response_description="It is gone.",
        openapi_extra=may_write,
    )


def _changed(
    row: Row, version: int, status: int, headers: Mapping[str, str] | None = None
) -> Response:
    return Response(
        document_of(row),
        status,
        {**(headers or {}), "ETag": f'"{version}"'},
        media_type="application/json",
    )


class Imported(BaseModel):
    """What an import did."""

    added: int = Field(ge=1, description="Rows added.", examples=[1525])


def _add_importing(router: APIRouter, registry: Registry[Row]) -> None:
    noun = registry.noun
    one = describe_body(noun.schema, example_of(noun))
    content = one["requestBody"]["content"]["application/json"]
    content["schema"] = {"type": "array", "items": content["schema"], "minItems": 1}
    content["example"] = [content["example"]]

    def import_rows(body: JsonBody, session: WriteSession, author: WriterDep) -> Imported:
        return Imported(added=add_all(session, registry, author, body))

    router.add_api_route(
        "/_import",
        import_rows,
        methods=["POST"],
        status_code=200,
        response_model=Imported,
        summary=f"Add many {plain(noun.path)}",
        description="All of the rows are added, or none: refused with every fault of every row.",
        operation_id=f"import{title(noun.path)}",
        response_description="How many were added.",
        openapi_extra={**right(right_of(noun.path, "write")), **one},
    )


def example_of(noun: Noun[Row]) -> dict[str, Any]:
    """Put the examples of the fields together to one row, as on the wire."""
    return {
        field.alias or name: field.examples[0]
        for name, field in noun.schema.model_fields.items()
        if field.examples
    }
