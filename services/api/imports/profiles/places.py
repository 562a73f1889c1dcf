"""Municipalities by the names that CBS gives them, each in the years in which it exists."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

_CODE = re.compile(r"GM[0-9]{4}")
_OTHER_AREA = re.compile(r"(NL|LD|PV|CR|CP|RG|AM|VR|GG|JZ|SP|RS)[0-9]{2}", re.IGNORECASE)
_OTHER_NAME = re.compile(r".*\((LD|PV|CR|SG|AM|VR|GG|JZ|RU)\)|Nederland|Niet in te delen.*")
_TOLD_APART = " (gemeente)"


@dataclass(frozen=True)
class Place:
    """A municipality, and the first and last day on which it exists in this shape."""

    code: str
    name: str
    first: date
    last: date | None


class Places:
    """Finds the code of a municipality by what a file calls it."""

    def __init__(self, places: Iterable[Place] = ()) -> None:
        named: dict[str, list[Place]] = {}
        for place in places:
            named.setdefault(place.name.casefold(), []).append(place)
        self._named: Mapping[str, list[Place]] = named

    def code_of(self, label: str, on: date | None) -> str | None:
        """Give the code for a code or a name.

        Parameters
        ----------
        label
            Such as `GM0344`, `Utrecht (gemeente)` or `'s-Gravenhage`.
        on
            The day that the figures describe; `None` takes a name only when just one has it.

        Returns
        -------
        The code, or `None` when no municipality, or more than one, has this name on that day.
        """
        if _CODE.fullmatch(label):
            return label
        name = label.removesuffix(_TOLD_APART).casefold()
        found = [place for place in self._named.get(name, ()) if _exists(place, on)]
        return found[0].code if len(found) == 1 else None


def is_other_area(label: str) -> bool:
    """Whether this is the country, a province or another area that is no municipality."""
    return bool(_OTHER_AREA.fullmatch(label) or _OTHER_NAME.fullmatch(label))


def _exists(place: Place, on: date | None) -> bool:
    return on is None or (place.first <= on and (place.last is None or on <= place.last))
