"""The rows of a model as arrays are those that it has now."""

from services.allocator.model.linear_model import LinearModel
from services.allocator.solve.terms import Terms, all_terms, terms_of


def model() -> LinearModel:
    """Two rows over three columns."""
    found = LinearModel()
    a, b, c = (found.add_column(name) for name in "abc")
    found.add_row("first", [(c, 2.0), (a, 1.0)])
    found.add_row("second", [(b, 3.0)])
    return found


def listed(terms: Terms) -> list[tuple[int, int, float]]:
    return list(
        zip(terms.place.tolist(), terms.columns.tolist(), terms.values.tolist(), strict=True)
    )


def test_terms_stand_row_by_row_and_then_by_column() -> None:
    assert listed(all_terms(model())) == [(0, 0, 1.0), (0, 2, 2.0), (1, 1, 3.0)]


def test_a_row_that_came_later_is_read_as_well() -> None:
    grown = model()
    all_terms(grown)
    grown.add_row("third", [(0, 5.0)])
    assert listed(all_terms(grown))[-1] == (2, 0, 5.0)
    assert all_terms(grown).rows == 3


def test_a_term_that_an_old_row_got_is_read_as_well() -> None:
    grown = model()
    all_terms(grown)
    grown.add_term(1, grown.add_column("d"), 7.0)
    assert listed(all_terms(grown))[-1] == (1, 3, 7.0)


def test_some_rows_are_numbered_among_themselves() -> None:
    assert listed(terms_of(model(), [1])) == [(0, 1, 3.0)]


def test_a_model_without_rows_has_no_terms() -> None:
    assert listed(all_terms(LinearModel())) == []
