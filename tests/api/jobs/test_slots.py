"""Every worker has an executor id of its own, for as long as it lives."""

from pathlib import Path

import pytest

from services.api.jobs.slots import NoFreeSlot, own_slot


def test_a_sqlite_queue_has_one_worker(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'jobs.sqlite'}"
    with (
        own_slot(url) as slot,
        pytest.raises(NoFreeSlot, match="one worker"),
        own_slot(url),
    ):
        pass
    assert slot.executor_id == "worker-1"


def test_the_place_is_free_again_when_the_worker_has_gone(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'jobs.sqlite'}"
    with own_slot(url) as first:
        assert first.is_kept()
        assert not first.is_gone("worker-2")
    with own_slot(url) as second:
        assert second.executor_id == first.executor_id


def test_workers_on_postgresql_have_different_ids(fresh_postgres_url: str) -> None:
    with own_slot(fresh_postgres_url) as first, own_slot(fresh_postgres_url) as second:
        assert (first.executor_id, second.executor_id) == ("worker-1", "worker-2")
        assert first.is_kept()
        assert not first.is_gone("worker-2")
        assert first.is_gone("worker-3")


def test_a_worker_on_postgresql_that_is_gone_is_missed_and_replaced(
    fresh_postgres_url: str,
) -> None:
    with own_slot(fresh_postgres_url) as watching:
        with own_slot(fresh_postgres_url) as other:
            assert not watching.is_gone(other.executor_id)
        assert watching.is_gone(other.executor_id)
        with own_slot(fresh_postgres_url) as successor:
            assert successor.executor_id == other.executor_id
