"""What can go wrong with any noun of the registry."""

from collections.abc import Mapping


class NotFound(Exception):
    """There is no such row."""

    def __init__(self, noun: str, id_: str) -> None:
        self.noun, self.id = noun, id_
        super().__init__(f"There is no row {id_!r} in {noun}.")


class AlreadyExists(Exception):
    """Another row has this id, or the same combination of key fields."""

    def __init__(self, noun: str, key: Mapping[str, str]) -> None:
        self.noun, self.facts = noun, {"key": dict(key)}
        told = ", ".join(f"{name} {value!r}" for name, value in key.items())
        super().__init__(f"There is already a row in {noun} with {told}. Replace it with PUT.")


class InUse(Exception):
    """The row cannot be deleted, because other rows refer to it."""

    def __init__(self, noun: str, id_: str, users: Mapping[str, int]) -> None:
        self.noun, self.id, self.facts = noun, id_, {"usedBy": dict(users)}
        told = ", ".join(f"{name} ({count})" for name, count in users.items())
        super().__init__(f"The row {id_!r} of {noun} is used by {told}. Delete those first.")


class ChangedMeanwhile(Exception):
    """Another request changed rows that this one refers to, at the same moment."""

    def __init__(self, noun: str) -> None:
        self.noun = noun
        super().__init__(
            f"Another request changed rows that this change of {noun} builds on. "
            "Nothing was stored; send the request again."
        )


class PreconditionRequired(Exception):
    """A change does not say which version it changes."""

    def __init__(self) -> None:
        self.facts = {
            "code": "if_match_required",
            "nl": "Stuur If-Match mee met de ETag die u las.",
        }
        super().__init__("Send If-Match with the ETag that you read.")


class PreconditionFailed(Exception):
    """The row has another version than the one that was read."""

    def __init__(self, version: int) -> None:
        self.facts = {
            "code": "changed_since",
            "nl": f"De regel heeft nu versie {version}.",
            "version": version,
        }
        super().__init__(f"The row has version {version} now.")
