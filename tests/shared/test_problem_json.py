"""Error bodies: one shape, and every fault with its place."""

from shared.faults import Fault, InvalidDocument
from shared.problem_json import PROBLEM_MEDIA_TYPE, invalid_document_body, problem_body


def test_a_problem_says_its_status_title_and_detail() -> None:
    assert problem_body(409, "In use", "A need refers to it.", municipality="GM0363") == {
        "type": "about:blank",
        "title": "In use",
        "status": 409,
        "detail": "A need refers to it.",
        "municipality": "GM0363",
    }


def test_a_problem_has_its_own_media_type() -> None:
    assert PROBLEM_MEDIA_TYPE == "application/problem+json"


def test_a_refused_document_lists_each_fault_once_in_order_of_place() -> None:
    late = Fault("/needs/0", "unknown_id", "There is no group 'x'.")
    early = Fault("/groups", "missing", "The field 'groups' is required here.")

    body = invalid_document_body(InvalidDocument([late, early, late]))

    assert body["status"] == 400
    assert body["detail"] == "The request has 2 faults, listed under errors."
    assert [error["pointer"] for error in body["errors"]] == ["/groups", "/needs/0"]


def test_one_fault_is_told_as_one() -> None:
    body = invalid_document_body(InvalidDocument([Fault("", "not_json", "This is not JSON.")]))

    assert body["detail"] == "The request has 1 fault, listed under errors."
    assert body["errors"] == [{"pointer": "", "code": "not_json", "detail": "This is not JSON."}]
