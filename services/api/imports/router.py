"""Imports over HTTP."""

import asyncio
import re
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, Query, Request, Response
from pydantic import BaseModel, ConfigDict, Field
from pydantic.alias_generators import to_camel

from services.api.access.admission import CallerDep, WriterDep, caller_of, right
from services.api.answers_once.route import StoredAnswers
from services.api.crud.conditions import ExpectedDep, tagged
from services.api.crud.fields import ShortText
from services.api.crud.queries import ListQuery, page_links
from services.api.database import ReadSession, WriteSession
from services.api.documents import read_document
from services.api.errors import UnsupportedMediaType
from services.api.imports import application, service
from services.api.imports.errors import UnreadableFile
from services.api.imports.reading_process import A_TEXT, A_WORKBOOK, FileKind, rows_read
from services.api.imports.refusals import Refused, in_words
from services.api.imports.schemas import (
    ApplicationIn,
    ApplicationOut,
    ChoicesIn,
    ImportOut,
    ImportPage,
    PreviewOut,
)
from services.api.imports.sheet import Sheet, sheet_of
from services.api.imports.targets import Target, target_of, writer_of
from services.api.requests import JsonBody, describe_body, raw_body
from services.api.settings import Settings

router = APIRouter(prefix="/imports", tags=["imports"], route_class=StoredAnswers)

TEXT = "text/csv"
WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_TEXT = re.compile(r"text/csv\s*(?:;\s*charset\s*=\s*\"?([A-Za-z0-9_-]{1,20})\"?\s*)?(?:;.*)?")
_CHARSETS = {"utf-8": None, "utf-16": None, "windows-1252": "windows-1252"}
_FILE = {
    "requestBody": {
        "required": True,
        "content": {
            TEXT: {
                "schema": {"type": "string", "format": "binary"},
                "example": "gemeente;doelgroep;periode;aantal;bron;peildatum;kwaliteit\n"
                "GM0363;status_holders;2027;1.250;Monitor 2026;2026-01-01;published\n",
            },
            WORKBOOK: {"schema": {"type": "string", "format": "binary"}},
        },
    }
}
_CHOICES = {
    "columns": {"gemeente": "municipality", "doelgroep": "group", "aantal": "likely"},
    "constants": {"period": "2027", "source": "Monitor 2026", "referenceDate": "2026-01-01"},
    "numberFormat": "nl",
    "onExisting": "replace",
}
_Responses = dict[int | str, dict[str, Any]]
_FAULTY: _Responses = {409: {"description": "The import has ended, or is not ready."}}
_STALE: _Responses = {
    412: {"description": "Something changed since it was read."},
    428: {"description": "`If-Match` is missing."},
}


class FileQuery(BaseModel):
    """What a file is."""

    model_config = ConfigDict(extra="forbid", alias_generator=to_camel)

    noun: ShortText | None = Field(
        None, description="Collection that the rows go to; may be left out with a profile."
    )
    profile: ShortText | None = Field(
        None, description="Layout of the file: `cbs-85980ned` or `diwi`."
    )
    file_name: ShortText | None = Field(None, description="Name of the file, for people.")


class PreviewQuery(ListQuery):
    """Which rows of a file are shown."""

    only: Literal["faults", "changes"] | None = Field(
        None, description="Only rows with faults, or only rows that change something."
    )


@dataclass(frozen=True)
class Upload:
    """A file that was read."""

    target: Target
    sheet: Sheet
    file_name: str | None
    media_type: str


async def _uploaded(request: Request, query: Annotated[FileQuery, Query()]) -> Upload:
    """Read a file, before any transaction begins."""
    target = target_of(query.noun, query.profile)
    writer_of(caller_of(request), target.registry.noun.path)
    media_type = request.headers.get("content-type", "").strip()
    kind = _kind_of(media_type)
    data = await raw_body(request)
    # One at a time: each may take as much memory as the whole API.
    async with request.app.state.reading_files:
        sheet = await asyncio.to_thread(_read, request.app.state.settings, data, kind, target)
    return Upload(target, sheet, query.file_name, media_type[:100])


def _kind_of(media_type: str) -> FileKind:
    if media_type == WORKBOOK:
        return A_WORKBOOK
    text = _TEXT.fullmatch(media_type)
    charset = (text[1] or "utf-8").lower() if text else ""
    if charset not in _CHARSETS:
        raise UnsupportedMediaType(media_type, f"{TEXT} (UTF-8 or windows-1252) or XLSX")
    return replace(A_TEXT, charset=_CHARSETS[charset])


def _read(settings: Settings, data: bytes, kind: FileKind, target: Target) -> Sheet:
    seconds, megabytes = settings.import_seconds, settings.import_memory_mb
    try:
        with rows_read(data, kind, seconds, megabytes) as rows:
            return sheet_of(rows, target.profile)
    except Refused as refused:
        raise UnreadableFile(*in_words(refused.why, refused.where)) from refused


@router.post(
    "",
    status_code=201,
    summary="Send a file of figures",
    description="Reads a CSV or XLSX file (the first sheet; at most 100,000 rows, 100 columns "
    "and 10 MB) and tells its columns. Nothing of it is in the registry yet. What is left in it "
    "is thrown away after a day. A text is UTF-8, UTF-16 with a byte order mark, or "
    "`charset=windows-1252`.",
    operation_id="createImport",
    response_description="The columns of the file, and what they look like.",
    responses={
        413: {"description": "The file is too large, also when it is unpacked."},
        415: {"description": "The file is neither CSV nor XLSX."},
    },
    openapi_extra=right("imports:use", **_FILE),
)
def create_import(
    response: Response,
    upload: Annotated[Upload, Depends(_uploaded)],
    session: WriteSession,
    author: WriterDep,
) -> ImportOut:
    """Keep a file that was read."""
    made = service.keep(
        session,
        author,
        upload.target,
        upload.sheet,
        upload.file_name,
        upload.media_type,
        datetime.now(UTC),
    )
    response.headers["Location"] = f"/v1/imports/{made.id}"
    response.headers["ETag"] = _tag_of(session, author.caller, made.id)
    return made


@router.get(
    "",
    summary="List imports",
    description="Imports of your own organisation, the newest first.",
    operation_id="listImports",
    response_description="One page of the list.",
    openapi_extra=right("imports:use"),
)
def list_imports(
    request: Request,
    response: Response,
    caller: CallerDep,
    session: ReadSession,
    query: Annotated[ListQuery, Query()],
) -> ImportPage:
    """Give one page."""
    items, total = service.page(session, caller, query.limit, query.offset)
    response.headers["Link"] = page_links(request, query.limit, query.offset, total)
    return ImportPage(items=items, total=total)


@router.get(
    "/{id}",
    summary="Get one import",
    description="A file that was sent, and how far it is.",
    operation_id="getImport",
    response_description="The import.",
    openapi_extra=right("imports:use"),
)
def get_import(response: Response, id: str, caller: CallerDep, session: ReadSession) -> ImportOut:
    """Give one import."""
    row = service.find(session, caller, id)
    response.headers["ETag"] = f'"{service.tag_of(row)}"'
    return service.as_told(row)


@router.put(
    "/{id}/choices",
    summary="Choose how a file is read",
    description="Says which column is which field, what the file does not say, and what is done "
    "with rows that the registry has already. May be done again until the import is applied.",
    operation_id="chooseImportColumns",
    response_description="The import with its choices.",
    responses={**_FAULTY, **_STALE},
    openapi_extra=right("imports:use", **describe_body(ChoicesIn, _CHOICES)),
)
def choose(
    response: Response,
    id: str,
    body: JsonBody,
    session: WriteSession,
    author: WriterDep,
    expected: ExpectedDep,
) -> ImportOut:
    """Keep the choices."""
    service.find(session, author.caller, id)
    made = service.choose(session, author.caller, id, read_document(ChoicesIn, body), expected)
    response.headers["ETag"] = _tag_of(session, author.caller, id)
    return made


@router.get(
    "/{id}/preview",
    summary="Preview an import",
    description="Shows for every row of the file what it would add or change, before and after, "
    "and all faults of every row. Stores nothing. `ETag` is what applying it asks for.",
    operation_id="previewImport",
    response_description="What the file would do.",
    responses=_FAULTY,
    openapi_extra=right("imports:use"),
    response_model=PreviewOut,
)
def preview(
    request: Request,
    id: str,
    caller: CallerDep,
    session: ReadSession,
    query: Annotated[PreviewQuery, Query()],
) -> Any:
    """Compare the file with the registry."""
    shown, tag = application.previewed(session, caller, id, query.only, query.limit, query.offset)
    return tagged(request, shown.model_dump_json(by_alias=True).encode(), tag)


@router.post(
    "/{id}/application",
    status_code=200,
    summary="Apply an import",
    description="Stores what the preview showed, in one transaction: all rows or none. "
    "`If-Match` is the `ETag` of the preview.",
    operation_id="applyImport",
    response_description="What was stored.",
    responses={**_FAULTY, **_STALE},
    openapi_extra=right(
        "imports:use", **describe_body(ApplicationIn, {"reason": "Monitor van 2026"})
    ),
)
def apply(
    id: str, body: JsonBody, session: WriteSession, author: WriterDep, expected: ExpectedDep
) -> ApplicationOut:
    """Store the rows."""
    service.find(session, author.caller, id)
    reason = read_document(ApplicationIn, body).reason
    author = replace(author, reason=reason or author.reason)
    return application.apply(session, author, id, expected, datetime.now(UTC))


@router.delete(
    "/{id}",
    status_code=204,
    summary="Delete one import",
    description="Throws the file away. What was applied stays, and so does its history.",
    operation_id="deleteImport",
    response_description="It is gone.",
    responses=_STALE,
    openapi_extra=right("imports:use"),
)
def delete_import(id: str, session: WriteSession, author: WriterDep, expected: ExpectedDep) -> None:
    """Throw the file away."""
    service.throw_away(session, author.caller, id, expected)


def _tag_of(session: Any, caller: Any, id_: str) -> str:
    return f'"{service.tag_of(service.find(session, caller, id_))}"'
