"""The figures as a reader and as a program get them."""

import json

import pytest
from rich.console import Console
from rich.table import Table

from tests.bench.comparisons import Comparison, comparisons
from tests.bench.machine import machine
from tests.bench.measured import Goal, Measured, Sample
from tests.bench.report import as_json, compared_table, measured_table


def runs(*seconds: float, stopped: bool = False) -> list[Sample]:
    stages = [{"municipalFairness": n / 2} for n in seconds]
    return [
        Sample(n, 100.0, stages=s, stopped=stopped) for n, s in zip(seconds, stages, strict=True)
    ]


REGION = Measured("mra-1", "mra-1, the whole command", runs(1.5, 3.0, 1.0), Goal(seconds=2.0))
PLAIN = Measured("straightforward", "mra-1, straightforward", runs(60.0))
STOPPED = Measured("straightforward", "mra-1, straightforward", runs(600.0, stopped=True))
PEER = Measured("peer-region saturation", "mra-1, O4 by the peer", runs(30.0))


def shown(table: Table) -> list[list[str]]:
    console = Console(width=200)
    with console.capture() as captured:
        console.print(table)
    return [line.split() for line in captured.get().splitlines()]


def compared(*subjects: Measured) -> list[Comparison]:
    return list(comparisons({subject.name: subject for subject in subjects}))


def test_a_subject_shows_its_least_middle_and_most_seconds() -> None:
    row = shown(measured_table([REGION]))[-1]

    assert row[-7:-2] == ["reached", "1.00", "1.50", "3.00", "100"]


def test_a_subject_within_its_goal_reaches_it() -> None:
    assert REGION.reached is True


@pytest.mark.parametrize(
    "subject",
    [
        Measured("slow", "too slow", runs(1.0, 3.0, 3.0), Goal(seconds=2.0)),
        Measured("large", "too large", runs(1.0), Goal(seconds=2.0, megabytes=99.0)),
        Measured("stopped", "never ended", runs(1.0, stopped=True), Goal(seconds=2.0)),
    ],
    ids=lambda subject: subject.name,
)
def test_a_subject_beyond_its_goal_misses_it(subject: Measured) -> None:
    assert subject.reached is False


def test_stages_are_compared_with_stages_and_with_all_that_we_do() -> None:
    assert [row.times for row in compared(REGION, PLAIN)] == [40.0, 20.0]


def test_who_was_stopped_took_at_least_so_long() -> None:
    rows = compared(REGION, STOPPED)

    assert [row.at_least for row in rows] == [True, True]
    assert shown(compared_table(rows))[-1][-3:] == [">", "400", "20"]


def test_the_peer_is_compared_with_our_stage_of_municipal_fairness() -> None:
    assert [(row.theirs, row.ours) for row in compared(REGION, PEER)] == [(15.0, 0.75)]


def test_what_was_not_measured_is_not_compared() -> None:
    assert compared(PLAIN, PEER) == []


def test_the_file_holds_the_machine_every_run_and_every_comparison() -> None:
    figures = json.loads(json.dumps(as_json(machine(), [REGION, PLAIN], compared(REGION, PLAIN))))

    assert figures["machine"]["cpus"] >= 1
    assert [len(subject["samples"]) for subject in figures["subjects"]] == [3, 1]
    assert figures["subjects"][0]["seconds"] == {"least": 1.0, "middle": 1.5, "most": 3.0}
    assert [row["times"] for row in figures["comparisons"]] == [40.0, 20.0]
