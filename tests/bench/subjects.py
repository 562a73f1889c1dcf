"""What is measured, and how: each run in a fresh process, each with its known answer checked."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from tests.bench.answers import CASES, difference
from tests.bench.measured import Goal, Measured, Sample, seconds_per_stage
from tests.bench.process import Line, Run, run_python

MINIS = tuple(f"mini-{n}" for n in range(1, 6))
REGION = "mra-1"
PROVINCE = 60
"""More municipalities than any province has."""
PATIENCE = 120.0
"""Seconds that a planner waits for a proposal of a large region."""
PEER_METHODS = {"ordered outcomes": "ordered_outcomes", "saturation": "saturation"}
LONGEST_PREPARATION = 600.0
"""For what is not measured: writing the national problem, or the plans for the peer [s]."""


@dataclass(frozen=True)
class Bench:
    """How much time there is, and where files can be left.

    Parameters
    ----------
    folder
        For problems and results.
    runs
        Runs of each subject of the engine; the programs it is compared with run once.
    most_seconds
        After this a process is stopped [s].
    """

    folder: Path
    runs: int
    most_seconds: float


def measure_region(bench: Bench) -> list[Measured]:
    """`mra-1` from start to end."""
    return [
        Measured(
            "mra-1",
            "mra-1, the whole command",
            _repeated(bench, lambda: [_engine(bench, _case(REGION), REGION)]),
            Goal(seconds=2.0),
        )
    ]


def measure_what_if(bench: Bench) -> list[Measured]:
    """Some changes in one warm process, and that again."""
    samples = _repeated(bench, lambda: _changes(bench, "tests.bench.what_if"))
    return [Measured("what-if", "mra-1, one lot changed, warm", samples, Goal(seconds=0.5))]


def measure_why_not(bench: Bench) -> list[Measured]:
    """Some numbers of the plan forced to be lower, asked over HTTP."""
    samples = _repeated(bench, lambda: _changes(bench, "tests.bench.why_not"))
    return [Measured("why-not", "mra-1, one number forced, over HTTP", samples, Goal(seconds=2.0))]


def measure_national(bench: Bench) -> list[Measured]:
    """All municipalities of the country."""
    problem = bench.folder / "national.json"
    _prepare("tests.bench.national", str(problem))
    goal = Goal(seconds=60.0, megabytes=2000.0)
    samples = _repeated(bench, lambda: [_engine(bench, problem)])
    return [Measured("national", "342 municipalities, the whole command", samples, goal)]


def measure_province(bench: Bench) -> list[Measured]:
    """A region of twice as many municipalities, with the time that a planner would give it."""
    problem, limit = bench.folder / "province.json", ("--time-limit", f"{PATIENCE:g}")
    _prepare("tests.bench.national", str(problem), str(PROVINCE))
    samples = _repeated(bench, lambda: [_engine(bench, problem, None, *limit)])
    what = f"{PROVINCE} municipalities, the whole command, at most {PATIENCE:g} s"
    return [Measured("province", what, samples)]


def measure_minis(bench: Bench) -> list[Measured]:
    """The five small cases, to set beside the peer."""
    samples = [_engine(bench, _case(name), name) for name in MINIS]
    return [Measured("mini", "mini-1 to mini-5, the whole command", samples)]


def measure_straightforward(bench: Bench) -> list[Measured]:
    """The same stages the straightforward way."""
    run = _run(bench, "tests.bench.straightforward", str(_case(REGION)))
    sample = _of_program(run, run.lines, REGION)
    return [Measured("straightforward", "mra-1, straightforward", [sample])]


def measure_peer(bench: Bench) -> list[Measured]:
    """O4 by `cvxpy_leximin`: the small cases and the region, with both its methods."""
    for name in (*MINIS, REGION):
        _prepare("tests.bench.peer_polytope", str(_case(name)), str(_polytope(bench, name)))
    return [
        Measured(
            f"peer-{size} {label}",
            f"{what}, O4 by cvxpy_leximin, {label}",
            [_peer(bench, name, method) for name in names],
        )
        for label, method in PEER_METHODS.items()
        for size, what, names in (
            ("mini", "mini-1 to mini-5", MINIS),
            ("region", "mra-1", (REGION,)),
        )
    ]


SUBJECTS: dict[str, Callable[[Bench], list[Measured]]] = {
    "mra-1": measure_region,
    "what-if": measure_what_if,
    "why-not": measure_why_not,
    "province": measure_province,
    "national": measure_national,
    "mini": measure_minis,
    "straightforward": measure_straightforward,
    "peer": measure_peer,
}


def _repeated(bench: Bench, once: Callable[[], list[Sample]]) -> list[Sample]:
    """Several runs, unless one must be stopped: then the others would be too."""
    samples: list[Sample] = []
    for _ in range(bench.runs):
        samples += once()
        if samples[-1].stopped:
            break
    return samples


def _case(name: str) -> Path:
    return CASES / f"{name}.json"


def _polytope(bench: Bench, name: str) -> Path:
    return bench.folder / f"{name}.npz"


def _run(bench: Bench, *arguments: str) -> Run:
    return run_python(*arguments, most_seconds=bench.most_seconds)


def _prepare(*arguments: str) -> list[Line]:
    run = run_python(*arguments, most_seconds=LONGEST_PREPARATION)
    if run.stopped:
        raise RuntimeError(f"{arguments} took more than {LONGEST_PREPARATION:g} s")
    return run.lines


def _engine(bench: Bench, problem: Path, case: str | None = None, *options: str) -> Sample:
    result = bench.folder / "result.json"
    command = ("services.commands", "solve", str(problem), "--output", str(result))
    run = _run(bench, *command, *options)
    if run.stopped:
        return _of_process(run)
    *stages, whole = _prepare("tests.bench.summary", str(result))
    sample = _of_program(run, stages, case)
    remark = ", ".join(filter(None, [whole["status"], sample.remark]))
    return replace(sample, solving=whole["solveSeconds"], remark=remark)


def _changes(bench: Bench, program: str) -> list[Sample]:
    run = _run(bench, program, str(_case(REGION)))
    if run.stopped:
        return [_of_process(run)]
    return [
        Sample(
            line["seconds"],
            run.megabytes,
            solving=line["solveSeconds"],
            processor=line.get("processorSeconds"),
            remark=line["status"],
        )
        for line in run.lines
    ]


def _peer(bench: Bench, case: str, method: str) -> Sample:
    run = _run(bench, "tests.bench.peer", str(_polytope(bench, case)), method)
    return _of_program(run, run.lines, case)


def _of_program(run: Run, stages: list[Line], case: str | None) -> Sample:
    per_stage = seconds_per_stage(stages)
    return replace(
        _of_process(run),
        solving=sum(per_stage.values()) or None,
        stages=per_stage,
        remark=str(difference(case, stages)) if case else "",
    )


def _of_process(run: Run) -> Sample:
    return Sample(run.seconds, run.megabytes, processor=run.processor, stopped=run.stopped)
