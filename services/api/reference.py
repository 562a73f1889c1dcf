"""The documentation that the API serves itself: the OpenAPI document and a page made from it."""

import base64
import hashlib
import json
from collections.abc import Iterator
from functools import cached_property
from html import escape
from typing import Any

from fastapi import APIRouter, FastAPI, Request
from fastapi.responses import HTMLResponse, JSONResponse

from services.api.openapi import openapi_document

router = APIRouter(include_in_schema=False)
page_router = APIRouter(include_in_schema=False)

_STYLE = """
body { font: 1rem/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem;
       color: #1a1a1a; background: #fff; }
code { font-family: ui-monospace, monospace; }
h2 { border-top: 2px solid #154273; padding-top: 1rem; }
.method { display: inline-block; min-width: 4.5rem; font-weight: bold; color: #154273; }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: left; vertical-align: top; padding: .25rem .5rem;
         border-bottom: 1px solid #ccc; }
pre { background: #f3f3f3; padding: .75rem; overflow-x: auto; }
"""
_DIGEST = base64.b64encode(hashlib.sha256(_STYLE.encode()).digest()).decode()
_POLICY = f"default-src 'none'; style-src 'sha256-{_DIGEST}'; frame-ancestors 'none'"


class Reference:
    """The documentation of one application: made when first asked for, and then kept.

    Making it takes seconds on a busy machine, and everybody may ask for it.
    """

    def __init__(self, app: FastAPI) -> None:
        self._app = app

    @cached_property
    def document(self) -> dict[str, Any]:
        """The OpenAPI document."""
        return openapi_document(self._app)

    @cached_property
    def page(self) -> str:
        """The page made from it."""
        return "".join(_page(self.document))


@router.get("/openapi.json")
def get_openapi_document(request: Request) -> JSONResponse:
    """Give the OpenAPI document, readable from any web page."""
    reference: Reference = request.app.state.reference
    return JSONResponse(reference.document, headers={"Access-Control-Allow-Origin": "*"})


@page_router.get("/docs")
def get_docs(request: Request) -> HTMLResponse:
    """Give the reference as one page that loads nothing from elsewhere."""
    reference: Reference = request.app.state.reference
    return HTMLResponse(reference.page, headers={"Content-Security-Policy": _POLICY})


def _page(document: dict[str, Any]) -> Iterator[str]:
    info = document["info"]
    yield '<!doctype html><html lang="en"><head><meta charset="utf-8">'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
    yield f"<title>{escape(info['title'])} API</title><style>{_STYLE}</style></head><body>"
    yield f"<h1>{escape(info['title'])} API {escape(info['version'])}</h1>"
    yield f"<p>{escape(info['description'])}</p>"
    yield '<p>All paths start with <code>/v1</code>. For programs: <a href="/v1/openapi.json">'
    yield "openapi.json</a>.</p>"
    # A reader comes for proposals; the figures that they are made of follow.
    tags = sorted((tag["name"] for tag in document["tags"]), key=lambda tag: tag != "proposals")
    links = (f'<a href="#{escape(tag)}">{escape(_title(tag))}</a>' for tag in tags)
    yield f"<nav><p>{' · '.join(links)}</p></nav>"
    for tag in tags:
        yield from _section(tag, document)


def _title(tag: str) -> str:
    return tag.replace("-", " ").capitalize()


def _section(tag: str, document: dict[str, Any]) -> Iterator[str]:
    yield f'<h2 id="{escape(tag)}">{escape(_title(tag))}</h2>'
    shown: dict[str, None] = {}
    for path, item in document["paths"].items():
        for method, operation in item.items():
            if tag in operation.get("tags", ()):
                yield from _operation(path, method, operation)
                shown.update(dict.fromkeys(_body_schemas(operation)))
    for name in shown:
        yield from _fields(name, document["components"]["schemas"][name])


def _operation(path: str, method: str, operation: dict[str, Any]) -> Iterator[str]:
    yield f'<h3><span class="method">{method.upper()}</span> <code>{escape(path)}</code></h3>'
    yield f"<p>{escape(operation['summary'])}. {escape(operation.get('description', ''))}</p>"
    rows = [
        (f"?{p['name']}" if p["in"] == "query" else p["name"], p.get("description", ""))
        for p in operation.get("parameters", ())
    ]
    yield from _table("Parameter", rows)
    for content in _body(operation).values():
        if "example" in content and isinstance(content["example"], dict):
            yield f"<pre>{escape(json.dumps(content['example'], indent=2))}</pre>"


def _body(operation: dict[str, Any]) -> dict[str, Any]:
    content: dict[str, Any] = operation.get("requestBody", {}).get("content", {})
    return content


def _body_schemas(operation: dict[str, Any]) -> Iterator[str]:
    for content in _body(operation).values():
        schema = content["schema"].get("items", content["schema"])
        # A file has no fields to describe.
        if "$ref" in schema:
            yield schema["$ref"].rpartition("/")[2]


def _fields(name: str, schema: dict[str, Any]) -> Iterator[str]:
    required = schema.get("required", ())
    yield f"<h3>Fields of {escape(name)}</h3><p>{escape(schema.get('description', ''))}</p>"
    rows = [
        (f"{field}{' (required)' if field in required else ''}", about.get("description", ""))
        for field, about in schema.get("properties", {}).items()
    ]
    yield from _table("Field", rows)


def _table(heading: str, rows: list[tuple[str, str]]) -> Iterator[str]:
    if rows:
        yield f"<table><tr><th>{heading}</th><th>Meaning</th></tr>"
        for name, about in rows:
            yield f"<tr><td><code>{escape(name)}</code></td><td>{escape(about)}</td></tr>"
        yield "</table>"
