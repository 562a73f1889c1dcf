"""Cells become values; what can be read in two ways is asked, and nothing is guessed."""

import pytest

from services.api.exports.cells import Column, Kind
from services.api.imports.columns import (
    Cell,
    CellReader,
    Chosen,
    Turned,
    day,
    simplified,
    suggested,
    text_of,
    unique_headings,
)
from services.api.imports.numbers import NumberFormat

LIKELY = Column("likely", Kind.WHOLE)
QUALITY = Column("quality", Kind.TEXT)
GROUP = Column("group", Kind.TEXT)


def turned(cell: Cell, column: Column, written_in: NumberFormat | None = None) -> Turned:
    """Read one cell."""
    return CellReader([Chosen(0, "kop", column, written_in)], {}).turned([cell])


@pytest.mark.parametrize(
    ("cell", "written_in", "value"),
    [
        ("1.250", NumberFormat.NL, 1250),
        ("1,250", NumberFormat.EN, 1250),
        ("1250", None, 1250),
        (1250, NumberFormat.NL, 1250),
        ("12,5", NumberFormat.NL, "12.5"),
    ],
)
def test_a_number_is_read_in_its_language(
    cell: Cell, written_in: NumberFormat | None, value: object
) -> None:
    assert turned(cell, LIKELY, written_in).values == {"likely": value}


def test_a_number_that_is_not_clear_is_asked() -> None:
    (fault,) = turned("1.250", LIKELY).faults

    assert (fault.heading, fault.code) == ("kop", "number_not_clear")


def test_a_number_of_the_other_language_is_a_fault_and_not_another_number() -> None:
    (fault,) = turned("1.5", LIKELY, NumberFormat.NL).faults

    assert fault.code == "not_a_number"


def test_a_number_that_a_workbook_keeps_is_exact_in_every_language() -> None:
    decimal = Column("rate", Kind.DECIMAL)

    assert str(turned(0.1, decimal, NumberFormat.NL).values["rate"]) == "0.1"
    assert text_of(1e-07) == "0.0000001"


def test_an_empty_cell_is_no_value() -> None:
    assert turned("", LIKELY).values == {}


@pytest.mark.parametrize("cells", [[".", "published"], ["x", "published"]])
def test_a_suppressed_figure_stays_unknown_and_says_so(cells: list[Cell]) -> None:
    both = [Chosen(0, "aantal", LIKELY), Chosen(1, "kwaliteit", QUALITY)]

    assert CellReader(both, {}).turned(cells).values == {"quality": "suppressed"}
    assert CellReader(both[::-1], {}).turned(cells).values == {"quality": "suppressed"}


def test_a_label_becomes_the_id_that_was_chosen_for_it() -> None:
    reader = CellReader([Chosen(0, "doelgroep", GROUP)], {"group": {"Studenten": "students"}})

    assert reader.turned(["Studenten"]).values == {"group": "students"}
    assert reader.turned(["others"]).values == {"group": "others"}


def test_a_label_that_is_not_wanted_leaves_the_row_out() -> None:
    reader = CellReader([Chosen(0, "doelgroep", GROUP)], {"group": {"Overig": None}})

    assert reader.turned(["Overig"]).left_out


def test_a_list_leaves_out_what_is_not_wanted() -> None:
    groups = Chosen(0, "doelgroepen", Column("groups", Kind.LIST))
    reader = CellReader([groups], {"groups": {"Studenten": "students", "Overig": None}})

    assert reader.turned(["Studenten|Overig"]).values == {"groups": ["students"]}


def test_a_day_may_be_written_the_dutch_way() -> None:
    assert day("1-2-2026") == "2026-02-01"
    assert day("2026-02-01") == "2026-02-01"
    assert turned("31-12-2026", Column("referenceDate", Kind.DAY)).values == {
        "referenceDate": "2026-12-31"
    }


def test_every_column_has_a_name_of_its_own() -> None:
    assert unique_headings(["a", "", "a", 3]) == ["a", "(2)", "a (3)", "3"]


def test_a_heading_is_compared_without_capitals_accents_and_signs() -> None:
    assert simplified(" Regio's (Code) é") == "regioscodee"


def test_a_field_is_suggested_by_its_name_or_a_dutch_word_once() -> None:
    assert suggested(["Aantal", "likely", "kleur"], [LIKELY]) == {
        "Aantal": "likely",
        "likely": None,
        "kleur": None,
    }
