"""How the allocator's HTTP service answers callers who get something wrong."""

from collections.abc import Mapping

import httpx
import pytest

from tests.allocator.shell.documents import MINI

JSON = {"Content-Type": "application/json"}


def assert_problem(answer: httpx.Response, status: int) -> None:
    assert answer.status_code == status
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert answer.headers["API-Version"] == "1.0.0"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    body = answer.json()
    assert body["status"] == status
    assert body["title"]
    assert body["detail"]


def post(
    base: str, content: bytes, query: str = "", headers: Mapping[str, str] = JSON
) -> httpx.Response:
    return httpx.post(f"{base}/v1/allocations{query}", content=content, headers=headers)


def test_health_answers_with_the_headers_that_every_answer_has(allocator_url: str) -> None:
    answer = httpx.get(f"{allocator_url}/v1/health")

    assert answer.json() == {"status": "ok"}
    assert answer.headers["API-Version"] == "1.0.0"
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["X-Frame-Options"] == "DENY"
    assert "frame-ancestors 'none'" in answer.headers["Content-Security-Policy"]
    assert "max-age" in answer.headers["Strict-Transport-Security"]
    assert "Server" not in answer.headers


def test_head_is_get_without_its_body(allocator_url: str) -> None:
    answer = httpx.head(f"{allocator_url}/v1/health")

    assert answer.status_code == 200
    assert answer.content == b""


def test_all_faults_of_query_and_document_come_in_one_answer(allocator_url: str) -> None:
    answer = post(
        allocator_url, b'{"schemaVersion": "1", "x": 1}', "?timeLimit=0&threads=999&speed=2"
    )

    assert_problem(answer, 400)
    pointers = {error["pointer"] for error in answer.json()["errors"]}
    assert {"/x", "/groups", "/needs", "?timeLimit", "?threads", "?speed"} <= pointers


def test_a_time_limit_beyond_the_highest_is_refused(allocator_url: str) -> None:
    answer = post(allocator_url, MINI.read_bytes(), "?timeLimit=3601")

    assert_problem(answer, 400)
    assert answer.json()["errors"] == [
        {"pointer": "?timeLimit", "code": "too_large", "detail": "At most 3600.0 seconds."}
    ]


@pytest.mark.parametrize(
    ("query", "place"),
    [
        ("threads=1_0", "?threads"),
        ("threads=1.0", "?threads"),
        ("threads=%2B1", "?threads"),
        ("threads=%201", "?threads"),
        ("threads=%D9%A1", "?threads"),
        ("certificate=1", "?certificate"),
        ("timeLimit=1_0", "?timeLimit"),
        ("timeLimit=1e1", "?timeLimit"),
        ("timeLimit=%2B1", "?timeLimit"),
        ("&".join(f"x{number}=1" for number in range(6_000)), "?"),
    ],
)
def test_a_query_that_programs_read_differently_is_refused(
    allocator_url: str, query: str, place: str
) -> None:
    answer = post(allocator_url, MINI.read_bytes(), f"?{query}")

    assert_problem(answer, 400)
    assert [error["pointer"] for error in answer.json()["errors"]] == [place]


def test_a_repeated_query_parameter_is_refused(allocator_url: str) -> None:
    answer = post(allocator_url, MINI.read_bytes(), "?threads=1&threads=2")

    assert_problem(answer, 400)
    assert answer.json()["errors"][0]["code"] == "repeated"


def test_a_key_that_is_given_twice_is_refused(allocator_url: str) -> None:
    answer = post(allocator_url, b'{"needs": [], "needs": []}')

    assert_problem(answer, 400)
    assert "repeated_key" in [fault["code"] for fault in answer.json()["errors"]]


@pytest.mark.parametrize("body", [b"", b"{", b"\xff", b'{"a": NaN}', b"[" * 100_000])
def test_what_is_not_a_json_document_is_refused(allocator_url: str, body: bytes) -> None:
    assert_problem(post(allocator_url, body), 400)


def test_another_kind_of_document_is_refused(allocator_url: str) -> None:
    answer = post(allocator_url, b"<problem/>", headers={"Content-Type": "application/xml"})

    assert_problem(answer, 415)


def test_another_kind_of_answer_is_refused(allocator_url: str) -> None:
    answer = post(allocator_url, MINI.read_bytes(), headers={**JSON, "Accept": "text/html"})

    assert_problem(answer, 406)


def test_a_document_that_is_too_large_is_refused(allocator_url: str) -> None:
    assert_problem(post(allocator_url, b" " * 20_000_001), 413)


def test_a_document_of_unknown_length_is_refused_when_it_grows_too_large(
    allocator_url: str,
) -> None:
    parts = iter([b" " * 10_000_000] * 3)

    answer = httpx.post(f"{allocator_url}/v1/allocations", content=parts, headers=JSON)

    assert_problem(answer, 413)


@pytest.mark.parametrize("path", ["/", "/v1/health/", "/v1/allocations/", "/v2/health"])
def test_an_address_that_does_not_exist_is_not_redirected(allocator_url: str, path: str) -> None:
    assert_problem(httpx.get(allocator_url + path), 404)


def test_a_method_that_does_not_exist_is_answered_with_those_that_do(allocator_url: str) -> None:
    answer = httpx.delete(f"{allocator_url}/v1/health")

    assert_problem(answer, 405)
    assert answer.headers["Allow"] == "GET, HEAD"


def test_the_interface_is_published_with_problem_and_result(allocator_url: str) -> None:
    document = httpx.get(f"{allocator_url}/v1/openapi.json").json()

    solving = document["paths"]["/allocations"]["post"]
    assert document["servers"] == [{"url": "/v1"}]
    assert {"Problem", "Result", "ProblemDetails"} <= document["components"]["schemas"].keys()
    names = {parameter["name"] for parameter in solving["parameters"]}
    assert names == {"timeLimit", "threads", "certificate"}
    assert {"200", "400", "503"} <= solving["responses"].keys()
