"""One event goes to one place: the number that was checked, and nowhere that it points to."""

import socket
import time
from pathlib import Path

import pytest

from services.api.webhooks import sending
from services.api.webhooks.sending import Outcome, Post, send
from tests.api.webhooks.receivers import certified, known_as, receiving, trickling

HERE = Post(seconds=5.0, private=True)
OUTSIDE = Post(seconds=5.0, private=False)
HEADERS = {"webhook-id": "7"}


def test_an_event_arrives_with_its_headers_and_its_bytes() -> None:
    with receiving() as receiver:
        outcome = send(receiver.url, b'{"id":"7"}', HEADERS, HERE)

    (got,) = receiver.got
    assert outcome.arrived
    assert (got.path, got.body) == ("/events", b'{"id":"7"}')
    assert got.headers["webhook-id"] == "7"
    assert got.headers["content-type"].startswith("application/cloudevents+json")


def test_the_receiver_is_called_by_its_name_and_reached_by_its_number(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(socket, "getaddrinfo", known_as("127.0.0.1"))
    with receiving() as receiver:
        outcome = send(f"http://receiver.example:{receiver.port}/a?b=c", b"{}", HEADERS, HERE)

    assert outcome.arrived
    assert receiver.got[0].headers["host"] == f"receiver.example:{receiver.port}"
    assert receiver.got[0].path == "/a?b=c"


def test_tls_is_checked_for_the_name_and_not_for_the_number(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    server, trusted = certified("receiver.example", tmp_path)
    monkeypatch.setattr(socket, "getaddrinfo", known_as("127.0.0.1"))
    monkeypatch.setattr(sending, "_trusted", lambda: trusted)
    with receiving(server) as receiver:
        right = send(f"https://receiver.example:{receiver.port}/", b"{}", HEADERS, HERE)
        wrong = send(f"https://another.example:{receiver.port}/", b"{}", HEADERS, HERE)

    assert right == Outcome(204)
    assert wrong == Outcome(None)
    assert len(receiver.got) == 1


def test_a_certificate_that_nobody_knows_is_not_trusted(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    server, _ = certified("receiver.example", tmp_path)
    monkeypatch.setattr(socket, "getaddrinfo", known_as("127.0.0.1"))
    with receiving(server) as receiver:
        outcome = send(f"https://receiver.example:{receiver.port}/", b"{}", HEADERS, HERE)

    assert outcome == Outcome(None)
    assert receiver.got == []


def test_a_name_that_has_moved_inside_is_not_followed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(socket, "getaddrinfo", known_as("127.0.0.1"))
    with receiving() as receiver:
        outcome = send(f"https://receiver.example:{receiver.port}/", b"{}", HEADERS, OUTSIDE)

    assert outcome == Outcome(None)
    assert receiver.got == []


def test_a_redirect_is_a_failure_and_is_not_followed() -> None:
    with receiving() as elsewhere, receiving() as receiver:
        receiver.answers, receiver.headers = [307], {"Location": elsewhere.url}
        outcome = send(receiver.url, b"{}", HEADERS, HERE)

    assert outcome == Outcome(307)
    assert not outcome.arrived
    assert elsewhere.got == []


def test_a_proxy_of_the_environment_is_not_used(monkeypatch: pytest.MonkeyPatch) -> None:
    with receiving() as proxy, receiving() as receiver:
        monkeypatch.setenv("HTTP_PROXY", proxy.url)
        monkeypatch.setenv("ALL_PROXY", proxy.url)
        outcome = send(receiver.url, b"{}", HEADERS, HERE)

    assert outcome.arrived
    assert proxy.got == []


def test_of_an_endless_answer_only_the_status_is_read() -> None:
    with receiving() as receiver:
        receiver.body = b" " * 50_000_000
        begun = time.monotonic()
        outcome = send(receiver.url, b"{}", HEADERS, HERE)

    assert outcome.arrived
    assert time.monotonic() - begun < HERE.seconds


def test_a_receiver_that_answers_byte_by_byte_is_left_in_time() -> None:
    with trickling() as url:
        begun = time.monotonic()
        outcome = send(url, b"{}", HEADERS, Post(seconds=0.5, private=True))

    assert outcome == Outcome(None)
    assert time.monotonic() - begun < 5.0


def test_a_receiver_that_is_away_is_a_failure_and_no_error(free_port: int) -> None:
    assert send(f"http://127.0.0.1:{free_port}/", b"{}", HEADERS, HERE) == Outcome(None)


@pytest.mark.parametrize("status", [199, 300, 400, 410, 500])
def test_only_an_answer_of_success_means_that_it_arrived(status: int) -> None:
    assert not Outcome(status).arrived
