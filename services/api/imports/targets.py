"""Where the rows of a file go to, and who may send them there."""

from collections.abc import Sequence
from dataclasses import dataclass
from types import NoneType
from typing import Any, get_args

from services.api.access.actor import EVERYWHERE, Caller
from services.api.access.errors import NotAllowed
from services.api.access.rights import cell_for, right_of
from services.api.crud.service import Registry
from services.api.exports.cells import Column
from services.api.exports.columns import columns_of
from services.api.imports.profiles.known_profiles import PROFILES
from services.api.imports.profiles.profile import Profile
from services.api.nouns import BY_PATH
from shared.contract.fields import Strict
from shared.faults import Fault, InvalidDocument


@dataclass(frozen=True)
class Target:
    """Where the rows of a file go to: the collection, and the layout of the file."""

    registry: Registry[Any]
    profile: Profile | None

    @property
    def columns(self) -> Sequence[Column]:
        """The fields of the collection."""
        schema: type[Strict] = self.registry.noun.schema
        return columns_of(schema)

    @property
    def may_be_unknown(self) -> frozenset[str]:
        """The fields that every row must have, if only to say that they are not known."""
        return frozenset(
            field.alias or name
            for name, field in self.registry.noun.schema.model_fields.items()
            if field.is_required() and NoneType in get_args(field.annotation)
        )


def target_of(noun: str | None, profile: str | None) -> Target:
    """Find the collection and the profile by their names.

    Raises
    ------
    InvalidDocument
        When there is no such collection or profile, or when they do not go together.
    """
    faults: list[Fault] = []
    layout = None if profile is None else PROFILES.get(profile)
    if profile is not None and layout is None:
        told = ", ".join(PROFILES)
        faults.append(Fault("?profile", "not_allowed", f"Known profiles are {told}."))
    path = noun or (layout.noun if layout else None)
    if path not in BY_PATH:
        told = ", ".join(BY_PATH)
        faults.append(Fault("?noun", "not_allowed", f"Rows can go to {told}."))
    elif layout is not None and layout.noun != path:
        message = f"The rows of {layout.name} go to {layout.noun}."
        faults.append(Fault("?noun", "not_allowed", message))
    if faults or path is None:
        raise InvalidDocument(faults)
    return Target(BY_PATH[path], layout)


def writer_of(caller: Caller, noun: str) -> Caller:
    """Give the caller as a writer of this collection: importing is writing.

    Raises
    ------
    NotAllowed
        When no role of the caller may write there.
    """
    cell = cell_for(right_of(noun, "write"), caller.actor.roles)
    if cell == "none":
        raise NotAllowed
    return Caller(caller.actor, EVERYWHERE if cell == "all" else caller.actor.reach)
