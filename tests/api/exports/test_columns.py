"""Every noun of the registry has columns, named and ordered for people."""

import pytest
from pydantic import BaseModel

from services.api.exports.cells import Kind
from services.api.exports.columns import columns_of
from services.api.needs.schemas import Need
from services.api.nouns import BY_PATH
from services.api.target_groups.schemas import TargetGroup

SCHEMAS: list[type[BaseModel]] = [registry.noun.schema for registry in BY_PATH.values()]


@pytest.mark.parametrize("schema", SCHEMAS, ids=BY_PATH)
def test_every_field_of_a_noun_is_one_column(schema: type[BaseModel]) -> None:
    names = [column.name for column in columns_of(schema)]

    assert sorted(names) == sorted(field.alias or "" for field in schema.model_fields.values())


def test_a_row_begins_with_what_it_is_about_and_ends_with_where_it_comes_from() -> None:
    names = [column.name for column in columns_of(Need)]

    assert names[:4] == ["id", "municipality", "group", "period"]
    assert names[-4:] == ["source", "referenceDate", "quality", "note"]


def test_a_column_knows_what_it_holds() -> None:
    kinds = {column.name: column.kind for column in columns_of(TargetGroup)}

    assert kinds["nameNl"] is Kind.TEXT
    assert kinds["tier"] is Kind.WHOLE
    assert kinds["burden"] is Kind.DECIMAL
    assert kinds["maxKm"] is Kind.DECIMAL
    assert kinds["validFrom"] is Kind.DAY
    assert kinds["support"] is Kind.RECORD


def test_a_column_tells_whether_it_is_required_and_what_it_may_be() -> None:
    columns = {column.name: column for column in columns_of(Need)}

    assert columns["municipality"].required
    assert not columns["id"].required
    assert not columns["note"].required
    assert "published" in columns["quality"].choices
    assert columns["period"].example == "2027"
