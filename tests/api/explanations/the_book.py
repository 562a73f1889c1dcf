"""The four municipalities that everyone knows, with names for their groups and housing forms."""

from services.api.explanations.book import Book, Names
from tests.shared.four_municipalities import PROBLEM

NAMES = Names(
    groups={
        "nl": {"status": "statushouders", "urgent": "urgent woningzoekenden"},
        "en": {"status": "status holders", "urgent": "urgent house seekers"},
    },
    forms={"nl": {"home": "sociale huur"}, "en": {"home": "social rent"}},
)
BOOK = Book(PROBLEM, NAMES)
