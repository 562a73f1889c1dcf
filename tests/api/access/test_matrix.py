"""Every operation of the API keeps to the one table of rights, for everybody."""

import pytest

from services.api.access.actor import Role
from services.api.access.rights import CELLS, cell_for
from tests.api.access.matrix import (
    CLOSED,
    MISSING,
    OPERATIONS,
    SIDES,
    Operation,
    Side,
    World,
    expected,
    told,
    without_ids,
    world,
)
from tests.api.conftest import RunningApi
from tests.api.rows import Filled

WHO: list[tuple[Role, Side]] = [(role, side) for role in Role for side in SIDES]
OF_A_ROW = {
    name: one
    for name, one in CLOSED.items()
    if one.of_a_row and any(expected(one, *who) == "not there" for who in WHO)
}


@pytest.fixture(scope="module", name="asked")
def asked_of(filled: Filled, running_api: RunningApi) -> World:
    """Two municipalities and a row of everything of the first."""
    return world(filled, running_api.engine)


def test_every_operation_names_a_right_that_is_in_the_table() -> None:
    rights = {one.right for one in OPERATIONS.values()}

    assert rights - CELLS.keys() == {"public"}


def test_every_right_in_the_table_is_needed_somewhere() -> None:
    inside = {"commitments:record", "webhooks:write"}

    assert CELLS.keys() - {one.right for one in OPERATIONS.values()} - inside == set()


@pytest.mark.parametrize("operation", CLOSED.values(), ids=CLOSED)
def test_an_operation_answers_each_role_on_each_side_as_the_table_says(
    asked: World, operation: Operation
) -> None:
    answers = {who: told(asked.asks(operation, asked.keys[who])) for who in WHO}

    assert answers == {who: expected(operation, *who) for who in WHO}


@pytest.mark.parametrize("operation", OF_A_ROW.values(), ids=OF_A_ROW)
def test_a_row_of_others_is_answered_as_one_that_is_missing(
    asked: World, operation: Operation
) -> None:
    role = next(role for role in Role if cell_for(operation.right, [role]) == "own")
    key = asked.keys[role, "other"]

    foreign, missing = asked.asks(operation, key), asked.asks(operation, key, MISSING)

    assert foreign.status_code == 404
    assert without_ids(foreign) == without_ids(missing)
