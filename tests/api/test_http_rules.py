"""The API keeps to the Dutch API Design Rules, whatever is asked of it."""

import asyncio
import json
import socket
from urllib.parse import urlsplit

import httpx
import pytest
from starlette.types import Message

from services.api.headers import API_VERSION
from services.api.main import create_app
from services.api.settings import Settings
from tests.api.rows import NOUNS, Filled, body
from tests.keys import known_key

PROBLEM = "application/problem+json"
JSON = {"Content-Type": "application/json"}
# 50,000 bytes too many: the answer must come although the client is still sending.
TOO_LARGE = b'"' + b"x" * 10_050_000 + b'"'

# What is asked, and the status that must answer it: one of every kind of answer.
ASKED = {
    "a list": ("GET", "/v1/needs", 200),
    "the root": ("GET", "/v1/", 200),
    "the root without slash": ("GET", "/v1", 404),
    "the reference": ("GET", "/v1/docs", 200),
    "the OpenAPI document": ("GET", "/v1/openapi.json", 200),
    "health": ("GET", "/v1/health", 200),
    "readiness": ("GET", "/v1/health/ready", 200),
    "an unknown query key": ("GET", "/v1/needs?x=1", 400),
    "an unknown row": ("GET", "/v1/municipalities/GM9999", 404),
    "an unknown path": ("GET", "/v1/people", 404),
    "a path outside": ("GET", "/", 404),
    "FastAPI's own document": ("GET", "/openapi.json", 404),
    "FastAPI's own page": ("GET", "/docs", 404),
    "a trailing slash": ("GET", "/v1/needs/", 404),
    "a wrong method": ("PATCH", "/v1/needs", 405),
    "a wrong method for one row": ("POST", "/v1/needs/1", 405),
    "a row in use": ("DELETE", "/v1/periods/2027", 409),
    "no body": ("POST", "/v1/needs", 415),
}


@pytest.mark.parametrize(("method", "path", "status"), ASKED.values(), ids=ASKED)
def test_every_answer_has_the_version_and_the_security_headers(
    filled: Filled, method: str, path: str, status: int
) -> None:
    answer = filled.api.request(method, path)

    assert answer.status_code == status
    assert answer.headers["api-version"] == API_VERSION
    assert answer.headers["cache-control"] == "no-store"
    assert "frame-ancestors 'none'" in answer.headers["content-security-policy"]
    assert answer.headers["strict-transport-security"].startswith("max-age=")
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["x-frame-options"] == "DENY"
    assert "server" not in answer.headers


@pytest.mark.parametrize(
    ("method", "path", "status"), [asked for asked in ASKED.values() if asked[2] >= 400]
)
def test_every_error_is_problem_details(
    filled: Filled, method: str, path: str, status: int
) -> None:
    answer = filled.api.request(method, path)

    assert answer.headers["content-type"] == PROBLEM
    assert answer.json()["status"] == status
    assert answer.json()["title"]
    assert answer.json()["detail"]


@pytest.mark.parametrize(("method", "path", "status"), ASKED.values(), ids=ASKED)
def test_no_address_redirects(filled: Filled, method: str, path: str, status: int) -> None:
    answer = filled.api.request(method, path)

    assert "location" not in answer.headers


@pytest.mark.parametrize("noun", NOUNS)
def test_a_path_with_a_slash_at_its_end_does_not_exist(filled: Filled, noun: str) -> None:
    answers = [filled.api.get(f"/v1/{noun}/"), filled.api.post(f"/v1/{noun}/", json={})]

    assert [answer.status_code for answer in answers] == [404, 404]


@pytest.mark.parametrize(
    "path", ["/v1/", "/v1/needs", "/v1/periods/2027", "/v1/openapi.json", "/v1/docs", "/v1/x"]
)
def test_head_answers_as_get_without_a_body(filled: Filled, path: str) -> None:
    head, get = filled.api.head(path), filled.api.get(path)

    assert head.content == b""
    assert head.status_code == get.status_code
    assert head.headers["content-length"] == str(len(get.content))


def test_a_wrong_method_is_told_the_right_ones(filled: Filled) -> None:
    answer = filled.api.patch("/v1/health")

    assert answer.status_code == 405
    assert answer.headers["allow"] == "GET, HEAD"


def test_all_methods_of_a_list_are_told(filled: Filled) -> None:
    answer = filled.api.patch("/v1/needs")

    assert set(answer.headers["allow"].split(", ")) == {"GET", "HEAD", "POST"}


@pytest.mark.parametrize(
    "media_type",
    [
        "text/plain",
        "application/x-www-form-urlencoded",
        "application/xml",
        "application/json; charset=latin-1",
        "application/jsonp",
    ],
)
def test_a_body_that_says_it_is_not_json_is_refused(filled: Filled, media_type: str) -> None:
    answer = filled.api.post("/v1/needs", content=b"{}", headers={"Content-Type": media_type})

    assert answer.status_code == 415


def test_a_compressed_body_is_refused(filled: Filled) -> None:
    answer = filled.api.post(
        "/v1/needs", content=b"{}", headers={**JSON, "Content-Encoding": "gzip"}
    )

    assert answer.status_code == 415


def test_a_body_in_stated_utf_8_is_read(filled: Filled) -> None:
    raw = json.dumps(body("periods", end="2026-01-01")).encode()
    stated = {"Content-Type": 'application/json; charset="UTF-8"'}

    answer = filled.api.post("/v1/periods", content=raw, headers=stated)

    assert answer.status_code == 400


@pytest.mark.parametrize(
    "accepted", ["text/html", "application/xml;q=0.9, image/*", "application/json;q=0"]
)
def test_a_client_that_cannot_read_json_is_told_so(filled: Filled, accepted: str) -> None:
    answer = filled.api.get("/v1/needs", headers={"Accept": accepted})

    assert answer.status_code == 406
    assert answer.headers["content-type"] == PROBLEM


@pytest.mark.parametrize(
    "accepted",
    ["application/json", "text/html, */*;q=0.1", "application/*", "application/problem+json", ""],
)
def test_a_client_that_can_read_json_is_answered(filled: Filled, accepted: str) -> None:
    answer = filled.api.get("/v1/needs", headers={"Accept": accepted})

    assert answer.status_code == 200


def test_a_body_over_ten_million_bytes_is_refused(filled: Filled) -> None:
    answer = filled.api.post("/v1/needs", content=TOO_LARGE, headers=JSON)

    assert answer.status_code == 413
    assert answer.headers["content-type"] == PROBLEM
    assert answer.headers["api-version"] == API_VERSION


def test_a_large_body_without_a_stated_length_is_refused_too(filled: Filled) -> None:
    chunks = iter([TOO_LARGE[:5_000_000], TOO_LARGE[5_000_000:]])

    answer = filled.api.post("/v1/needs", content=chunks, headers=JSON)

    assert answer.status_code == 413


def test_a_body_that_does_not_arrive_is_not_waited_for(filled: Filled) -> None:
    address = urlsplit(str(filled.api.base_url))
    key = filled.api.headers["Authorization"].encode()
    request = (
        b"POST /v1/needs HTTP/1.1\r\nHost: here\r\nContent-Type: application/json\r\n"
        b"Authorization: " + key + b"\r\nContent-Length: 100\r\n\r\n{"
    )

    with socket.create_connection((address.hostname, address.port), timeout=20) as client:
        client.sendall(request)
        answer = client.recv(65536)

    assert answer.startswith(b"HTTP/1.1 408")
    assert PROBLEM.encode() in answer


def test_a_client_that_leaves_halfway_is_no_error_of_ours() -> None:
    app = create_app(Settings(database_url="sqlite://"))
    key = known_key(app)
    headers = [
        (b"authorization", f"Bearer {key}".encode()),
        (b"content-type", b"application/json"),
        (b"content-length", b"100"),
    ]
    scope = {"type": "http", "method": "POST", "path": "/v1/needs", "headers": headers}
    sent: list[Message] = []

    async def receive() -> Message:
        return {"type": "http.disconnect"}

    async def send(message: Message) -> None:
        sent.append(message)

    asyncio.run(app({**scope, "query_string": b""}, receive, send))

    assert sent[0]["status"] == 400
    assert b"connection was closed" in sent[1]["body"]


def test_the_openapi_document_may_be_read_by_any_web_page(filled: Filled) -> None:
    origin = {"Origin": "https://register.example"}

    answer = filled.api.get("/v1/openapi.json", headers=origin)

    assert answer.headers["access-control-allow-origin"] == "*"
    assert answer.json()["info"]["version"] == API_VERSION


def test_other_addresses_may_not_be_read_by_other_web_pages(filled: Filled) -> None:
    answer = filled.api.get("/v1/needs", headers={"Origin": "https://elsewhere.example"})

    assert "access-control-allow-origin" not in answer.headers


def test_the_reference_loads_nothing_from_elsewhere(filled: Filled) -> None:
    answer = filled.api.get("/v1/docs")

    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert answer.headers["content-security-policy"].startswith("default-src 'none'; style-src")
    # An address in an example is text; what a browser would fetch or follow stays here.
    assert "src=" not in answer.text
    assert 'href="http' not in answer.text
    assert "url(" not in answer.text
    assert '<h2 id="municipalities">' in answer.text


def test_the_root_says_where_the_documentation_is(filled: Filled) -> None:
    about = filled.api.get("/v1/").json()

    assert filled.api.get(about["documentation"]).status_code == 200
    assert filled.api.get(about["openapiDocument"]).status_code == 200


def test_many_requests_go_over_one_connection_also_after_an_error(filled: Filled) -> None:
    with httpx.Client(
        base_url=filled.api.base_url,
        headers=filled.api.headers,
        limits=httpx.Limits(max_connections=1),
    ) as client:
        statuses = [
            client.get("/v1/x").status_code,
            client.post("/v1/needs", json=[]).status_code,
            client.head("/v1/needs").status_code,
            client.get("/v1/health").status_code,
        ]

    assert statuses == [404, 400, 200, 200]
