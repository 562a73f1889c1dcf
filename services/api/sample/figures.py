"""What every figure carries: source, reference date, quality, note."""

from typing import Literal

Body = dict[str, object]
Quality = Literal["published", "computed", "estimate", "illustrative"]

CHOSEN_ON = "2026-11-23"
CHOSEN_BY = "Chosen for the sample region; no source"
YEARS = ("2027", "2028", "2029", "2030", "2031")


def figure(source: str, reference_date: str, quality: Quality, note: str) -> Body:
    """Give the fields that say where a figure comes from.

    Parameters
    ----------
    source
        Who states it, or what it was computed from.
    reference_date
        The day it describes, as `YYYY-MM-DD`.
    quality
        `published` is what a source states; `computed` is arithmetic on stated figures;
        `estimate` carries stated figures to another place or year; `illustrative` is chosen.
    note
        What a reader must know before using it.
    """
    return {"source": source, "referenceDate": reference_date, "quality": quality, "note": note}


def illustrative(note: str) -> Body:
    """Give these fields for a number that was chosen, not found."""
    return figure(CHOSEN_BY, CHOSEN_ON, "illustrative", f"Illustrative. {note}")
