"""Why a proposal cannot be adopted."""

from collections.abc import Iterable


class AlreadyAdopted(Exception):
    """Somebody adopted it before.

    Parameters
    ----------
    organisation
        Whose member did.
    at
        When, as on the wire.
    """

    def __init__(self, organisation: str, at: str) -> None:
        self.facts = {
            "code": "already_adopted",
            "nl": f"Overgenomen door {organisation} op {at}.",
            "organisation": organisation,
            "at": at,
        }
        super().__init__(f"Adopted by {organisation} on {at}.")


class NothingToAdopt(Exception):
    """The plan houses nobody in these rows, or no more than was agreed already.

    Parameters
    ----------
    rows
        Municipality, group and period of each row of which there is nothing to adopt; none when
        it is the whole plan.
    """

    def __init__(self, rows: Iterable[tuple[str, str, str]] = ()) -> None:
        names = ("municipality", "group", "period")
        self.facts = {
            "code": "nothing_to_adopt",
            "nl": "Het voorstel heeft geen huishoudens in deze regels.",
            "rows": [dict(zip(names, row, strict=True)) for row in rows],
        }
        super().__init__("The plan has no households in these rows.")
