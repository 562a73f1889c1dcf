"""The allocator on the command line: solve a problem, verify a result, serve both over HTTP.

Nothing heavy is imported before a command runs: `verify` must not need the solver, and
`evenwicht --help` must answer at once.
"""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn, TypeVar

import typer

from services.allocator.own_process import become_quick
from shared.faults import InvalidDocument

if TYPE_CHECKING:
    from rich.table import Table

    from services.allocator.certificate.check import Proven
    from services.allocator.service import Progress, SolveLimits
    from shared.contract.problem import Problem
    from shared.contract.repairs import RepairAnswer
    from shared.contract.result import Result
    from shared.verify.violations import Violation

app = typer.Typer(no_args_is_help=True, rich_markup_mode=None)

BAD_INPUT = 1
REFUSED = 1
UNREADABLE = 2
INFEASIBLE = 3
_STANDARD_STREAM = Path("-")
_CLEARED_LINE = "\r\x1b[K"
_Document = TypeVar("_Document")
_Answer = TypeVar("_Answer")

ProblemPath = Annotated[Path, typer.Argument(metavar="PROBLEM.json", help="- reads stdin")]
TimeLimit = Annotated[
    float | None, typer.Option(min=0.001, metavar="S", help="Seconds; none when not given")
]
ResultPath = Annotated[Path, typer.Argument(metavar="RESULT.json", help="- reads stdin")]


@app.command("solve")
def solve(
    problem: ProblemPath,
    output: Annotated[
        Path, typer.Option("--output", "-o", metavar="RESULT.json", help="- writes stdout")
    ],
    time_limit: TimeLimit = None,
    threads: Annotated[int, typer.Option(min=1, metavar="N")] = 1,
    certificate: Annotated[
        bool, typer.Option("--certificate", help="Add what proves every stage")
    ] = False,
) -> None:
    """Make a plan.

    Exit code 0: a plan; 1: the problem has faults, all listed; 2: a file cannot be read or
    written; 3: no plan can exist, and the result names the rules that contradict each other.
    """
    become_quick()
    from services.allocator.service import SolveLimits, allocate
    from services.allocator.solve_process import SEED
    from shared.contract.reading import read_problem

    _check_writable(output)
    question = _document(problem, read_problem, BAD_INPUT)
    result = _shown(allocate, question, SolveLimits(time_limit, threads, SEED, certificate))
    _write(output, result.model_dump_json(indent=2) + "\n")
    if result.status == "infeasible":
        _tell_clash("No plan can exist. These rules cannot hold together:", result)
    typer.echo(f"{result.status}: {_summary(result)}", err=True)


@app.command("repairs")
def repairs(
    problem: ProblemPath,
    output: Annotated[
        Path, typer.Option("--output", "-o", metavar="REPAIRS.json", help="- writes stdout")
    ],
    time_limit: TimeLimit = None,
) -> None:
    """Find what keeps a plan, or its commitments, from being possible, and what would help.

    Exit code 0: every commitment can be kept; 1: the problem has faults, all listed; 2: a file
    cannot be read or written; 3: rules cannot hold together, and the answer names them.
    """
    become_quick()
    from services.allocator.advice import advise
    from services.allocator.service import SolveLimits
    from services.allocator.solve_process import SEED
    from shared.contract.reading import read_problem

    _check_writable(output)
    question = _document(problem, read_problem, BAD_INPUT)
    answer = _shown(advise, question, SolveLimits(time_limit, 1, SEED))
    _write(output, answer.model_dump_json(indent=2) + "\n")
    if answer.conflict:
        _tell_clash("These rules cannot hold together:", answer)
    typer.echo("Every commitment can be kept.", err=True)


@app.command("verify")
def verify(
    problem: ProblemPath,
    result: ResultPath,
    certificate: Annotated[
        bool, typer.Option("--certificate", help="Check also what proves every stage")
    ] = False,
) -> None:
    """Check a result against its problem, without the solver.

    Exit code 0: accepted; 1: refused, with the broken rules; 2: a file cannot be read.
    """
    from shared.contract.reading import read_problem, read_result
    from shared.verify.verify import verify as broken_rules

    if problem == result == _STANDARD_STREAM:
        _stop(UNREADABLE, "Only one of the two documents can come from stdin.")
    question = _document(problem, read_problem, UNREADABLE)
    answer = _document(result, read_result, UNREADABLE)
    _refuse(broken_rules(question, answer))
    if certificate:
        _check_certificate(question, answer)
    else:
        _show(_stages_table(answer))
    typer.echo("accepted")


@app.command("serve-allocator")
def serve_allocator() -> None:
    """Serve the allocator over HTTP until stopped; settings come from EVENWICHT_ALLOCATOR_*."""
    import uvicorn

    from services.allocator.main import create_app
    from services.allocator.settings import Settings
    from shared.logs import set_up_logs

    settings = Settings()
    set_up_logs("allocator", settings.log_level)
    uvicorn.run(
        create_app(settings),
        host=settings.host,
        port=settings.port,
        log_config=None,
        access_log=False,
        server_header=False,
        # A solve may take an hour; whoever stops the service does not mean to wait for it.
        timeout_graceful_shutdown=5,
    )


def _check_certificate(problem: "Problem", result: "Result") -> None:
    from services.allocator.certificate.check import check
    from services.allocator.certificate.sentence import how_far

    checked = check(problem, result)
    _show(_proven_table(checked.proven))
    _refuse(checked.violations)
    typer.echo(how_far(checked.proven))


def _refuse(violations: "tuple[Violation, ...]") -> None:
    if violations:
        _show(_violations_table(violations))
        typer.echo("refused")
        raise typer.Exit(REFUSED)


def _shown(
    solve: "Callable[[Problem, SolveLimits, Callable[[Progress], None]], _Answer]",
    problem: "Problem",
    limits: "SolveLimits",
) -> _Answer:
    if not sys.stderr.isatty():
        return solve(problem, limits, lambda progress: None)
    try:
        return solve(problem, limits, _show_progress)
    finally:
        sys.stderr.write(_CLEARED_LINE)


def _tell_clash(heading: str, answer: "Result | RepairAnswer") -> NoReturn:
    lines = [heading, *(f"  {rule.tag} {rule.id}" for rule in answer.conflict)]
    for repair in answer.repairs:
        lines.append(f"Smallest change of {repair.family}: {repair.total} {repair.unit}")
        lines += [f"  {c.tag} {c.id}: {c.from_:g} -> {c.to:g}" for c in repair.changes]
    _stop(INFEASIBLE, "\n".join(lines))


def _show_progress(progress: "Progress") -> None:
    sys.stderr.write(f"{_CLEARED_LINE}{_told(progress)}")
    sys.stderr.flush()


def _told(progress: "Progress") -> str:
    parts = [progress.objective]
    if progress.tier is not None:
        parts.append(f"tier {progress.tier}")
    if progress.level is not None:
        most = "" if progress.most_levels is None else f" of at most {progress.most_levels}"
        parts.append(f"level {progress.level}{most}")
    if progress.best is not None:
        parts.append(f"best {progress.best:.6g}")
    return f"{', '.join(parts)} ({progress.elapsed_seconds:.1f} s)"


def _summary(result: "Result") -> str:
    placed = sum(row.households for row in result.placements)
    seconds = result.provenance.wall_seconds
    return f"{placed} households placed in {seconds:.1f} s"


def _document(path: Path, read: Callable[[bytes], _Document], exit_code: int) -> _Document:
    try:
        raw = sys.stdin.buffer.read() if path == _STANDARD_STREAM else path.read_bytes()
    except OSError as error:
        _stop(UNREADABLE, f"{path} cannot be read: {error.strerror}.")
    try:
        return read(raw)
    except InvalidDocument as error:
        lines = [
            f"  {fault.pointer or '(whole document)'}: {fault.message}" for fault in error.faults
        ]
        count = "1 fault" if len(lines) == 1 else f"{len(lines)} faults"
        _stop(exit_code, "\n".join([f"{path} has {count}:", *lines]))


def _check_writable(output: Path) -> None:
    """Complain before an hour of work, not after it."""
    if output != _STANDARD_STREAM and (output.is_dir() or not output.absolute().parent.is_dir()):
        _stop(UNREADABLE, f"{output} cannot be written: there is no such folder, or it is one.")


def _write(output: Path, text: str) -> None:
    if output == _STANDARD_STREAM:
        sys.stdout.write(text)
        return
    try:
        output.write_text(text, encoding="utf-8")
    except OSError as error:
        _stop(UNREADABLE, f"{output} cannot be written: {error.strerror}.")


def _stop(exit_code: int, message: str) -> NoReturn:
    typer.echo(message, err=True)
    raise typer.Exit(exit_code)


def _show(table: "Table") -> None:
    from rich.console import Console

    Console(soft_wrap=True, markup=False, highlight=False).print(table)


def _violations_table(violations: "tuple[Violation, ...]") -> "Table":
    from rich.table import Table

    table = Table("rule", "about", "what is wrong", box=None)
    for violation in violations:
        table.add_row(violation.tag, violation.subject, violation.message)
    return table


def _stages_table(result: "Result") -> "Table":
    from rich.table import Table

    table = Table("stage", "tier", "reference", "value", "gap", box=None)
    for stage in result.stages:
        numbers = (stage.tier, stage.reference, stage.value, stage.gap)
        table.add_row(stage.objective, *("" if n is None else f"{n + 0:g}" for n in numbers))
    return table


def _proven_table(proven: "tuple[Proven, ...]") -> "Table":
    from rich.table import Table

    from services.allocator.certificate.sentence import UNITS
    from shared.verify.objectives import named

    table = Table("stage", "proven bound", "plan", "at worst off by", "unit", box=None)
    for row in proven:
        stage = row.stage
        numbers = (row.bound, stage.value, row.off)
        told = ("" if n is None else f"{round(n, 6) + 0:.10g}" for n in numbers)
        table.add_row(named(stage.objective, stage.tier), *told, UNITS[stage.objective])
    return table
