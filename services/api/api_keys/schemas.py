"""A key on the wire; the key itself is there once, in the answer to its making."""

from datetime import UTC, datetime
from typing import Annotated

from pydantic import AfterValidator, AwareDatetime, BeforeValidator, Field, StringConstraints

from services.api.crud.fields import ShortText, Uuid
from shared.contract.fields import Strict


def _moment(value: object) -> object:
    # JSON has texts, and strict mode would refuse one for a moment.
    return datetime.fromisoformat(value) if isinstance(value, str) else value


Moment = Annotated[
    AwareDatetime,
    BeforeValidator(_moment, json_schema_input_type=datetime),
    AfterValidator(lambda moment: moment.astimezone(UTC)),
]
KeyId = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]{8}$")]
_CREATED = "2026-11-24T09:00:00Z"
_EXPIRES = "2027-11-24T09:00:00Z"


class ApiKeyIn(Strict):
    """A key that is wanted."""

    member: Uuid = Field(
        description="Member that will act with it.",
        examples=["4f4f6f0e-0c0e-4a4e-8a52-6f1f5c2b9d11"],
    )
    label: ShortText = Field(
        description="What it is for. No names: say the desk or the program.",
        examples=["Link with the housing system"],
    )
    expires_at: Moment | None = Field(
        default=None,
        description="When it ends by itself; without it, when it is revoked.",
        examples=[_EXPIRES],
    )


class ApiKey(ApiKeyIn):
    """What is known of a key; not the key itself."""

    id: KeyId = Field(description="Id; the key has it in its middle.", examples=["k3y1d4ab"])
    created_at: Moment = Field(description="When it was made.", examples=[_CREATED])
    revoked_at: Moment | None = Field(
        default=None, description="When it was ended; absent while it was not."
    )


class NewApiKey(ApiKey):
    """A key that was just made."""

    key: str | None = Field(
        description="The key. It is shown now and never again: also not when this request is "
        "repeated with its Idempotency-Key, then it is null.",
        examples=["evw_k3y1d4ab_" + "x" * 43],
    )
