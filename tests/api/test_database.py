"""The database keeps all of a change or nothing, and moments in UTC."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal

import pytest
from sqlalchemy import Column, Engine, MetaData, Table, insert, select, text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from services.api.crud.columns import ExactNumber
from services.api.database import UtcDateTime, freezing, open_database, reading, writing
from tests.api.conftest import RunningApi

NOON = datetime(2026, 7, 1, 12, tzinfo=UTC)
AMSTERDAM = timezone(timedelta(hours=2))
moments = Table(
    "moments",
    MetaData(),
    Column("at", UtcDateTime),
    Column("amount", ExactNumber),
)


@pytest.fixture
def engine(running_api: RunningApi) -> Iterator[Engine]:
    """A database with one small table more."""
    engine = open_database(running_api.database_url)
    moments.create(engine)
    yield engine
    moments.drop(engine)
    engine.dispose()


def test_a_moment_comes_back_in_utc_whatever_its_offset_was(engine: Engine) -> None:
    with writing(engine) as session:
        session.execute(insert(moments).values(at=NOON.astimezone(AMSTERDAM)))

    with reading(engine) as session:
        (found,) = session.scalars(select(moments.c.at))

    assert found == NOON
    assert found.utcoffset() == timedelta(0)


def test_a_moment_that_is_not_known_stays_unknown(engine: Engine) -> None:
    with writing(engine) as session:
        session.execute(insert(moments).values(at=None, amount=None))

    with reading(engine) as session:
        assert session.execute(select(moments)).one() == (None, None)


def test_a_moment_without_an_offset_is_refused(engine: Engine) -> None:
    with (
        pytest.raises(Exception, match="needs its offset"),
        writing(engine) as session,
    ):
        session.execute(insert(moments).values(at=NOON.replace(tzinfo=None)))


def store_half(engine: Engine) -> None:
    """Begin a change and fail before its end."""
    with writing(engine) as session:
        session.execute(insert(moments).values(at=NOON))
        raise RuntimeError("half way")


def test_nothing_is_kept_of_a_change_that_fails_half_way(engine: Engine) -> None:
    with pytest.raises(RuntimeError, match="half way"):
        store_half(engine)

    with reading(engine) as session:
        assert session.scalars(select(moments.c.at)).all() == []


def test_what_a_reader_changes_is_not_kept(engine: Engine) -> None:
    with reading(engine) as session:
        session.execute(insert(moments).values(at=NOON))

    with reading(engine) as session:
        assert session.scalars(select(moments.c.at)).all() == []


@pytest.mark.parametrize("database", ["postgresql"], indirect=True)
@pytest.mark.parametrize("opened", [reading, freezing])
def test_a_transaction_that_looks_at_many_rows_sees_one_moment(
    engine: Engine, opened: Callable[[Engine], AbstractContextManager[Session]]
) -> None:
    with opened(engine) as session:
        before = session.scalars(select(moments.c.at)).all()
        # Not by `writing`: that would wait for its turn, as it should.
        with engine.begin() as meanwhile:
            meanwhile.execute(insert(moments).values(at=NOON))
        after = session.scalars(select(moments.c.at)).all()

    assert before == after == []


def test_what_is_frozen_is_kept(engine: Engine) -> None:
    with freezing(engine) as session:
        session.execute(insert(moments).values(at=NOON))

    with reading(engine) as session:
        assert session.scalars(select(moments.c.at)).all() == [NOON]


def test_a_number_is_kept_digit_for_digit(engine: Engine) -> None:
    number = Decimal("0.123456789012345678901234567890")

    with writing(engine) as session:
        session.execute(insert(moments).values(amount=number))

    with reading(engine) as session:
        assert session.scalars(select(moments.c.amount)).one() == number


def test_a_reference_to_nothing_is_refused_by_the_database_itself(
    running_api: RunningApi,
) -> None:
    nothing = text("INSERT INTO region_municipalities VALUES ('no region', 'no municipality')")

    with pytest.raises(IntegrityError), writing(running_api.engine) as session:
        session.execute(nothing)
