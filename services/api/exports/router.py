"""Exports and templates over HTTP."""

from collections.abc import Iterator
from datetime import UTC, datetime
from functools import partial
from tempfile import TemporaryFile
from typing import IO, Annotated, Any

from fastapi import APIRouter, Query, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import StreamingResponse
from pydantic import BaseModel, ConfigDict, Field, create_model
from pydantic.alias_generators import to_camel

from services.api.access.admission import CallerDep, right
from services.api.crud.queries import PastMoment
from services.api.crud.service import Registry
from services.api.database import reading_in_turn
from services.api.exports.columns import columns_of
from services.api.exports.csv_file import csv_file
from services.api.exports.service import (
    MEDIA_TYPES,
    FileFormat,
    FormFormat,
    Wish,
    export,
    form,
)
from services.api.language import Language
from services.api.nouns import BY_PATH

router = APIRouter(tags=["exports"])
# Accounts and organisations are looked after in the API; they are no figures.
NOT_EXPORTED = frozenset({"organisations", "members"})
EXPORTED = {path: one for path, one in BY_PATH.items() if path not in NOT_EXPORTED}
_CHUNK = 64 * 1024
_NUMBERS = "How a CSV file writes numbers: `en` 0.5 between commas, `nl` 0,5 between semicolons."


class ExportQuery(BaseModel):
    """Which rows are wanted, and how."""

    model_config = ConfigDict(extra="forbid", alias_generator=to_camel)

    format: FileFormat = Field("csv", description="Kind of file.")
    numbers: Language = Field("en", description=_NUMBERS)
    as_of: PastMoment | None = Field(
        None, description="The rows as they were at this moment, with its offset from UTC."
    )


class FormQuery(BaseModel):
    """Which kind of form is wanted."""

    model_config = ConfigDict(extra="forbid", alias_generator=to_camel)

    format: FormFormat = Field("xlsx", description="Kind of file.")
    numbers: Language = Field("en", description=_NUMBERS)


def _add_export(registry: Registry[Any]) -> None:
    noun = registry.noun

    async def export_rows(request: Request, caller: CallerDep, query: Any) -> StreamingResponse:
        wish = Wish(query.model_dump(), query.format, query.numbers, query.as_of)
        file = TemporaryFile()  # noqa: SIM115 - it is closed when it has been sent
        # Written before the first byte is sent: a slow reader keeps no place in the database,
        # and what goes wrong is told with a status.
        async with reading_in_turn(request.app) as session:
            await run_in_threadpool(export, session, registry, caller, wish, file)
        return _sent(file, noun.path, query.format, query.as_of)

    filters: dict[str, Any] = {
        chosen.name: (chosen.type_ | None, Field(None, description=chosen.about))
        for chosen in noun.filters
    }
    query = create_model(f"{noun.schema.__name__}Export", __base__=ExportQuery, **filters)
    # The query model is made from the noun's filters, so it cannot be written in the signature.
    export_rows.__annotations__["query"] = Annotated[query, Query()]
    router.add_api_route(
        f"/exports/{noun.path}",
        export_rows,
        methods=["GET"],
        response_class=StreamingResponse,
        responses={200: _described(registry, ("csv", "xlsx", "json"))},
        summary=f"Export {_plain(noun.path)}",
        description="All rows that you may see and that meet the filters, ordered by id, in a file "
        "that can be imported again without loss. A text that a spreadsheet would compute gets an "
        "apostrophe in front. A workbook holds at most 20,000 rows.",
        operation_id=f"export{_title(noun.path)}",
        response_description="The file.",
        openapi_extra=right("exports:read"),
    )


def _add_template(registry: Registry[Any]) -> None:
    noun = registry.noun

    async def get_form(query: Annotated[FormQuery, Query()]) -> StreamingResponse:
        file = TemporaryFile()  # noqa: SIM115 - it is closed when it has been sent
        await run_in_threadpool(form, registry, query.format, query.numbers, file)
        return _sent(file, f"{noun.path}-template", query.format)

    router.add_api_route(
        f"/templates/{noun.path}",
        get_form,
        methods=["GET"],
        response_class=StreamingResponse,
        responses={200: _described(registry, ("csv", "xlsx"))},
        summary=f"Get a form for {_plain(noun.path)}",
        description="An empty file with the headings, to fill in and to import. The second sheet "
        "of the workbook says what each column means.",
        operation_id=f"template{_title(noun.path)}",
        response_description="The file.",
        openapi_extra=right("exports:read"),
    )


def _sent(
    file: IO[bytes], name: str, format_: FileFormat, moment: datetime | None = None
) -> StreamingResponse:
    length = file.tell()
    file.seek(0)
    day = (moment or datetime.now(UTC)).astimezone(UTC).date()
    name = f"{name}-{day.isoformat()}.{format_}"
    headers = {
        "Content-Disposition": f'attachment; filename="{name}"',
        "Content-Length": str(length),
    }
    return StreamingResponse(_pieces(file), headers=headers, media_type=MEDIA_TYPES[format_])


def _pieces(file: IO[bytes]) -> Iterator[bytes]:
    with file:
        yield from iter(partial(file.read, _CHUNK), b"")


def _described(registry: Registry[Any], formats: tuple[FileFormat, ...]) -> dict[str, Any]:
    schema: type[BaseModel] = registry.noun.schema
    columns = columns_of(schema)
    heading = b"".join(csv_file(columns, (), "en")).decode()
    described: dict[FileFormat, dict[str, Any]] = {
        "csv": {"schema": {"type": "string"}, "example": heading},
        "xlsx": {"schema": {"type": "string", "contentMediaType": MEDIA_TYPES["xlsx"]}},
        "json": {
            "schema": {"type": "array", "items": {"type": "object"}},
            "example": [{column.name: column.example for column in columns}],
        },
    }
    return {"content": {MEDIA_TYPES[name]: described[name] for name in formats}}


def _plain(path: str) -> str:
    return path.replace("-", " ")


def _title(path: str) -> str:
    return path.title().replace("-", "")


for _registry in EXPORTED.values():
    _add_export(_registry)
    _add_template(_registry)
