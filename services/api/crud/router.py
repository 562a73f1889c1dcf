"""The five addresses of a noun: list, get, create, replace, delete."""

from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import APIRouter, Query, Request, Response
from pydantic import BaseModel, ConfigDict, Field, create_model
from pydantic.alias_generators import to_camel

from services.api.crud.fields import DIGITS
from services.api.crud.importing import add_all
from services.api.crud.noun import Noun, Row
from services.api.crud.service import Registry
from services.api.database import ReadSession, WriteSession
from services.api.requests import JsonBody, describe_body

MOST_PER_PAGE = 200


class ListQuery(BaseModel):
    """Which part of a list is wanted."""

    model_config = ConfigDict(extra="forbid", alias_generator=to_camel)

    limit: Annotated[int, DIGITS] = Field(
        100, ge=1, le=MOST_PER_PAGE, description="Most rows in one answer."
    )
    offset: Annotated[int, DIGITS] = Field(
        0, ge=0, le=2**31, description="How many rows to pass over."
    )


def registry_router(registry: Registry[Row]) -> APIRouter:
    """Make the five addresses of a noun.

    Parameters
    ----------
    registry
        The noun's rows.
    """
    noun = registry.noun
    router = APIRouter(prefix=f"/{noun.path}", tags=[noun.path])
    _add_reading(router, registry)
    _add_writing(router, registry)
    _add_importing(router, registry)
    return router


def _add_reading(router: APIRouter, registry: Registry[Row]) -> None:
    noun = registry.noun
    name = noun.schema.__name__
    page_model = create_model(
        f"{name}Page",
        __doc__=f"One page of {noun.path}.",
        items=(list[noun.schema], Field(description="The rows, ordered by id.")),  # type: ignore[name-defined]
        total=(int, Field(ge=0, description="Rows in the whole list.", examples=[1])),
    )

    def list_rows(request: Request, response: Response, session: ReadSession, query: Any) -> Any:
        page = registry.page(session, query.model_dump(), query.limit, query.offset)
        links = page_links(request, query.limit, query.offset, page.total)
        if links:
            response.headers["Link"] = links
        return page_model.model_construct(items=page.items, total=page.total)

    # The query model is made from the noun's filters, so it cannot be written in the signature.
    list_rows.__annotations__["query"] = Annotated[_query_model(noun), Query()]
    router.add_api_route(
        "",
        list_rows,
        methods=["GET"],
        response_model=page_model,
        summary=f"List {_plain(noun.path)}",
        description=f"{noun.about} Ordered by id; `Link` leads to the other pages.",
        operation_id=f"list{_title(noun.path)}",
        response_description="One page of the list.",
    )

    def get_row(id: str, session: ReadSession) -> Any:
        return registry.find(session, id)

    router.add_api_route(
        "/{id}",
        get_row,
        methods=["GET"],
        response_model=noun.schema,
        summary=f"Get one {noun.one}",
        description=noun.about,
        operation_id=f"get{name}",
        response_description=f"The {noun.one}.",
    )


def _add_writing(router: APIRouter, registry: Registry[Row]) -> None:
    noun = registry.noun
    name = noun.schema.__name__
    body = describe_body(noun.schema, example_of(noun))

    def create_row(
        request: Request, response: Response, body: JsonBody, session: WriteSession
    ) -> Any:
        row = registry.create(session, body)
        response.headers["Location"] = f"{request.url.path}/{getattr(row, noun.id_field)}"
        return row

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
        openapi_extra=body,
    )

    def replace_row(id: str, body: JsonBody, session: WriteSession) -> Any:
        return registry.replace(session, id, body)

    router.add_api_route(
        "/{id}",
        replace_row,
        methods=["PUT"],
        response_model=noun.schema,
        summary=f"Replace one {noun.one}",
        description="Replaces the whole row: what the body leaves out is gone afterwards.",
        operation_id=f"replace{name}",
        response_description=f"The {noun.one} as it is now.",
        openapi_extra=body,
    )

    def delete_row(id: str, session: WriteSession) -> None:
        registry.delete(session, id)

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

    def import_rows(body: JsonBody, session: WriteSession) -> Imported:
        return Imported(added=add_all(session, registry, body))

    router.add_api_route(
        "/_import",
        import_rows,
        methods=["POST"],
        status_code=200,
        response_model=Imported,
        summary=f"Add many {_plain(noun.path)}",
        description="All of the rows are added, or none: refused with every fault of every row.",
        operation_id=f"import{_title(noun.path)}",
        response_description="How many were added.",
        openapi_extra=one,
    )


def example_of(noun: Noun[Row]) -> dict[str, Any]:
    """Put the examples of the fields together to one row, as on the wire."""
    return {
        field.alias or name: field.examples[0]
        for name, field in noun.schema.model_fields.items()
        if field.examples
    }


def _query_model(noun: Noun[Row]) -> type[BaseModel]:
    fields: dict[str, Any] = {
        chosen.name: (chosen.type_ | None, Field(None, description=chosen.about))
        for chosen in noun.filters
    }
    return create_model(f"{noun.schema.__name__}Query", __base__=ListQuery, **fields)


def page_links(request: Request, limit: int, offset: int, total: int) -> str:
    """Name the neighbouring pages. Source: RFC 8288."""
    last = max(0, (total - 1) // limit * limit)
    pages = {"first": 0, "prev": offset - limit, "next": offset + limit, "last": last}
    if offset == 0:
        del pages["prev"]
    if offset + limit >= total:
        del pages["next"]
    others = [(k, v) for k, v in request.query_params.items() if k not in {"limit", "offset"}]
    written = []
    for relation, start in pages.items():
        query = urlencode([*others, ("limit", limit), ("offset", max(0, start))])
        written.append(f'<{request.url.path}?{query}>; rel="{relation}"')
    return ", ".join(written)


def _plain(path: str) -> str:
    return path.replace("-", " ")


def _title(path: str) -> str:
    return path.title().replace("-", "")
