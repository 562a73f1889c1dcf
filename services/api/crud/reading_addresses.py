"""The addresses of a noun that only read: its list, one row, and the versions of a row."""

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response
from pydantic import BaseModel, ConfigDict, Field, create_model
from pydantic.alias_generators import to_camel
from sqlalchemy.orm import Session

from services.api.access.admission import CallerDep, right
from services.api.access.rights import right_of
from services.api.crud.conditions import tagged
from services.api.crud.lists import ListText, ListWish, Stored
from services.api.crud.noun import Row
from services.api.crud.queries import ListQuery, RowQuery, page_links, query_model
from services.api.crud.service import Registry
from services.api.database import glancing, read_in_one_go, reading
from services.api.history.reading import Version


def add_reading(router: APIRouter, registry: Registry[Row]) -> None:
    """Add the addresses that read a noun, also for one whose rows are not written one by one."""
    _add_list(router, registry)
    _add_row(router, registry)
    _add_versions(router, registry)


def _add_list(router: APIRouter, registry: Registry[Row]) -> None:
    noun = registry.noun
    page_model = create_model(
        f"{noun.schema.__name__}Page",
        __doc__=f"One page of {noun.path}.",
        items=(list[noun.schema], Field(description="The rows, ordered by id.")),  # type: ignore[name-defined]
        total=(int, Field(ge=0, description="Rows in the whole list.", examples=[1])),
    )

    async def list_rows(request: Request, caller: CallerDep, query: Any) -> Response:
        wish = ListWish(
            query.model_dump(), query.limit, query.offset, query.sort, query.fields, query.as_of
        )

        def read(session: Session) -> ListText:
            return registry.page_text(session, caller, wish)

        # A list of the past is streamed, and no stream outlives its transaction.
        by = glancing if query.as_of is None else reading
        page = await read_in_one_go(request.app, read, by=by)
        links = page_links(request, query.limit, query.offset, page.total)
        return tagged(request, page.content, page.tag, {"Link": links} if links else {})

    # The query model is made from the noun's filters, so it cannot be written in the signature.
    list_rows.__annotations__["query"] = Annotated[query_model(noun), Query()]
    router.add_api_route(
        "",
        list_rows,
        methods=["GET"],
        response_model=page_model,
        summary=f"List {plain(noun.path)}",
        description=f"{noun.about} Ordered by id unless `sort` says otherwise; `Link` leads to "
        "the other pages. With `fields` the rows hold those fields only.",
        operation_id=f"list{title(noun.path)}",
        response_description="One page of the list.",
        openapi_extra=right(right_of(noun.path, "read")),
    )


def _add_row(router: APIRouter, registry: Registry[Row]) -> None:
    noun = registry.noun

    async def get_row(
        request: Request, id: str, caller: CallerDep, query: Annotated[RowQuery, Query()]
    ) -> Response:
        def read(session: Session) -> Stored:
            return registry.document(session, caller, id, query.as_of)

        stored = await read_in_one_go(request.app, read)
        return tagged(request, stored.document.encode(), str(stored.version))

    router.add_api_route(
        "/{id}",
        get_row,
        methods=["GET"],
        response_model=noun.schema,
        summary=f"Get one {noun.one}",
        description=noun.about,
        operation_id=f"get{noun.schema.__name__}",
        response_description=f"The {noun.one}.",
        openapi_extra=right(right_of(noun.path, "read")),
    )


class _VersionOut(BaseModel):
    """One version of a row: who wrote it, when and why."""

    model_config = ConfigDict(alias_generator=to_camel, from_attributes=True)

    version: int = Field(ge=1, description="Its number, from 1 on.", examples=[3])
    at: datetime = Field(
        description="When it was written.", examples=["2026-11-24T09:30:00.000000Z"]
    )
    member: str = Field(
        description="Member that wrote it; `system` for the program itself.",
        examples=["0f8c1c7e-8a43-4c67-9b1c-6d8f0c5a7e21"],
    )
    organisation: str = Field(
        description="Organisation of that member.", examples=["municipality-of-haarlem"]
    )
    action: str = Field(
        description="What was done: `created`, `replaced`, `deleted`, or a move such as `agreed`.",
        examples=["replaced"],
    )
    reason: str | None = Field(
        description="Why, as the author told it in `Change-Reason`.",
        examples=["Recount after the merger."],
    )
    origin: str = Field(
        description="By which way it came in: `api`, `import:` and its id, `worker`, …",
        examples=["api"],
    )


def _add_versions(router: APIRouter, registry: Registry[Row]) -> None:
    noun = registry.noun
    name = noun.schema.__name__
    version_model = create_model(
        f"{name}Version",
        __base__=_VersionOut,
        __doc__=f"One version of a {noun.one}.",
        document=(  # type: ignore[arg-type]
            noun.schema | None,
            Field(description="The row in this version, with its source; null when deleted."),
        ),
    )
    page_model = create_model(
        f"{name}Versions",
        __doc__=f"Versions of one {noun.one}.",
        items=(list[version_model], Field(description="Newest first.")),
        total=(int, Field(ge=1, description="How many there are.", examples=[3])),
    )

    async def list_versions(
        request: Request, id: str, caller: CallerDep, query: Annotated[ListQuery, Query()]
    ) -> Response:
        def read(session: Session) -> Sequence[Version]:
            return registry.versions(session, caller, id)

        found = await read_in_one_go(request.app, read)
        page = found[query.offset : query.offset + query.limit]
        items = ",".join(map(_written, page))
        page_text = ListText(f'{{"items":[{items}],"total":{len(found)}}}'.encode(), len(found))
        links = page_links(request, query.limit, query.offset, len(found))
        return tagged(request, page_text.content, page_text.tag, {"Link": links} if links else {})

    router.add_api_route(
        "/{id}/versions",
        list_versions,
        methods=["GET"],
        response_model=page_model,
        summary=f"List the versions of one {noun.one}",
        description="Every version that there ever was, also of a row that is deleted: who wrote "
        "it, when, why and with which source. Newest first.",
        operation_id=f"list{name}Versions",
        response_description="One page of the versions.",
        openapi_extra=right(right_of(noun.path, "read")),
    )


def _written(version: Version) -> str:
    told = _VersionOut.model_validate(version).model_dump(mode="json", by_alias=True)
    # The row goes out as it was written then, not as it would be written today.
    return f'{json.dumps(told, ensure_ascii=False)[:-1]},"document":{version.document or "null"}}}'


def plain(path: str) -> str:
    """Write the path of a collection as words."""
    return path.replace("-", " ")


def title(path: str) -> str:
    """Write the path of a collection as a part of a name."""
    return path.title().replace("-", "")
