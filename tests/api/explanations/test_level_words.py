"""Where a number stopped, in words."""

from typing import Any

import pytest

from services.api.explanations.level_words import level_in_words
from shared.contract.result import MOST_STOPS, Cell, Explanation, Stop
from tests.api.explanations.the_book import BOOK

AKKERDAM: dict[str, Any] = {"municipality": "A", "fair_share": 5.0, "target": 4.0, "proposed": 4}
HOME = Stop(tag="C1", id="A-home", value=0.2)
OTHERS = tuple(Cell(municipality=name, group="status") for name in "BCD")


@pytest.mark.parametrize(
    ("changes", "dutch", "english"),
    [
        (
            {"group": "status", "level": 0.8, "stopped_by": (HOME,)},
            "Akkerdam (statushouders) stopte bij 80,0% van het eerlijke deel en krijgt 4 van 5,0"
            " huishoudens. Regels die dit tegenhielden: 1.",
            "Akkerdam (status holders) stopped at 80.0% of its fair share and gets 4 of 5.0"
            " households. Rules that stopped it: 1.",
        ),
        (
            {"group": "status", "level": 0.8, "stopped_by": (HOME,) * MOST_STOPS},
            "Akkerdam (statushouders) stopte bij 80,0% van het eerlijke deel en krijgt 4 van 5,0"
            " huishoudens. Regels die dit tegenhielden: 40 of meer.",
            "Akkerdam (status holders) stopped at 80.0% of its fair share and gets 4 of 5.0"
            " households. Rules that stopped it: 40 or more.",
        ),
        (
            {"level": 0.8, "together_with": OTHERS},
            "Akkerdam stopte bij 80,0% van het eerlijke deel (gewogen over de groepen) en krijgt 4"
            " huishoudens. Meer gaat ten koste van Beekdorp (statushouders), Cleefstad"
            " (statushouders) en Duinwijk (statushouders).",
            "Akkerdam stopped at 80.0% of its fair share (weighed over the groups) and gets 4"
            " households. More would be at the cost of Beekdorp (status holders), Cleefstad"
            " (status holders) and Duinwijk (status holders).",
        ),
        (
            {"group": "youth", "level": 0.0},
            "Akkerdam (youth) stopte bij 0,0% van het eerlijke deel en krijgt 4 van 5,0"
            " huishoudens. Geen regel houdt dit tegen: meer gaat ten koste van een doel dat"
            " voorgaat.",
            "Akkerdam (youth) stopped at 0.0% of its fair share and gets 4 of 5.0 households. No"
            " rule stops it: more would be at the cost of an objective that comes first.",
        ),
        (
            {"group": "urgent"},
            "Akkerdam (urgent woningzoekenden) krijgt 4 huishoudens. Het deel wordt niet"
            " vergeleken: de groep wordt niet over de regio verdeeld, of het eerlijke deel is"
            " kleiner dan één huishouden.",
            "Akkerdam (urgent house seekers) gets 4 households. Nothing is compared: the group is"
            " not shared out over the region, or the fair share is less than one household.",
        ),
    ],
    ids=["a rule", "many rules", "others", "earlier objective", "not compared"],
)
def test_where_a_number_stopped_is_told(changes: Any, dutch: str, english: str) -> None:
    told = level_in_words(BOOK, Explanation(**AKKERDAM, **changes))
    assert (told.nl, told.en) == (dutch, english)
