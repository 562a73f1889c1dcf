"""A receiver can check who sent an event, with any program that knows Standard Webhooks."""

import base64
import hashlib
import hmac
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from services.api.webhooks.signing import OVERLAP, generations, secret_of, signature, signed_headers

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
SECRET = secret_of("the secret of this installation", "5f0c1f1e", 1)


def is_signed(secret: str, headers: dict[str, str], body: bytes) -> bool:
    """Check a message as a receiver does, by the recipe of Standard Webhooks."""
    key = base64.b64decode(secret.removeprefix("whsec_"))
    told = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.{body.decode()}"
    mark = base64.b64encode(hmac.new(key, told.encode(), hashlib.sha256).digest()).decode()
    given_marks = headers["webhook-signature"].split(" ")
    return any(hmac.compare_digest(f"v1,{mark}", each) for each in given_marks)


def test_a_published_example_has_its_published_signature() -> None:
    at = datetime.fromtimestamp(1614265330, UTC)

    signed = signature(
        "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
        "msg_p5jXN8AQM9LWM0D4loKWxJek",
        at,
        b'{"test": 2432232314}',
    )

    assert signed == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


@given(st.text(max_size=40))
def test_what_was_signed_is_recognised(text: str) -> None:
    body = text.encode()

    assert is_signed(SECRET, signed_headers([SECRET], "7", NOON, body), body)


@given(st.binary(min_size=1, max_size=20), st.integers(0, 10_000))
def test_another_body_is_not_recognised(mask: bytes, place: int) -> None:
    body = b'{"id":"7","noun":"needs"}'
    headers = signed_headers([SECRET], "7", NOON, body)
    at = place % len(body)
    changed = body[:at] + bytes([body[at] ^ (1 + mask[0] % 127)]) + body[at + 1 :]

    assert not is_signed(SECRET, headers, changed)


def test_another_id_and_another_moment_are_not_recognised() -> None:
    headers = signed_headers([SECRET], "7", NOON, b"{}")

    assert not is_signed(SECRET, {**headers, "webhook-id": "8"}, b"{}")
    assert not is_signed(SECRET, {**headers, "webhook-timestamp": "1"}, b"{}")


def test_every_subscription_and_every_generation_has_its_own_secret() -> None:
    secrets = {
        SECRET,
        secret_of("the secret of this installation", "5f0c1f1e", 2),
        secret_of("the secret of this installation", "6f0c1f1e", 1),
        secret_of("the secret of another installation", "5f0c1f1e", 1),
    }

    assert len(secrets) == 4
    assert {len(base64.b64decode(secret.removeprefix("whsec_"))) for secret in secrets} == {32}


def test_the_secret_is_the_same_every_time_because_it_is_not_stored() -> None:
    assert secret_of("the secret of this installation", "5f0c1f1e", 1) == SECRET


def test_during_a_rotation_either_secret_will_do() -> None:
    new = secret_of("the secret of this installation", "5f0c1f1e", 2)

    headers = signed_headers([new, SECRET], "7", NOON, b"{}")

    assert is_signed(SECRET, headers, b"{}")
    assert is_signed(new, headers, b"{}")


def test_the_old_secret_signs_for_a_day_after_a_rotation() -> None:
    almost = OVERLAP - timedelta(seconds=1)

    assert generations(1, None, NOON) == (1,)
    assert generations(2, NOON - almost, NOON) == (2, 1)
    assert generations(2, NOON - OVERLAP, NOON) == (2,)
