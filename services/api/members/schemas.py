"""A member on the wire."""

from typing import Annotated

from pydantic import BeforeValidator, Field, StringConstraints

from services.api.access.actor import Role
from services.api.crud.fields import OwnId, ShortText, Slug
from shared.contract.fields import SomeRows, Strict


def _role(value: object) -> object:
    # JSON has texts, and strict mode would refuse one for a member of an enumeration.
    return Role(value) if isinstance(value, str) and value in set(Role) else value


class Member(Strict):
    """An account of an organisation with its roles: of a program, or of somebody who signs in."""

    id: OwnId
    organisation: Slug = Field(
        description="Organisation for which it acts.", examples=["gemeente-amsterdam"]
    )
    label: ShortText = Field(
        description="What it is for. No names: say the desk or the program.",
        examples=["Housing department, editor"],
    )
    subject: Annotated[str, StringConstraints(pattern=r"^[\x21-\x7e]+$", max_length=255)] | None = (
        Field(
            default=None,
            description="Identity at the issuer of tokens (`sub`), as that issuer made it up.",
            examples=["0f7c2d1a-5b7e-4a52-9d4e-1c2b3a4d5e6f"],
        )
    )
    roles: SomeRows[Annotated[Role, BeforeValidator(_role)]] = Field(
        description="What it does for its organisation; roles add up.",
        examples=[["municipalEditor", "signatory"]],
        max_length=len(Role),
    )
    active: bool = Field(
        default=True,
        description="Whether it is admitted: without it, its keys and tokens are worth nothing.",
        examples=[True],
    )
