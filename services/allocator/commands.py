"""The allocator on the command line: solve a problem, verify a result, serve both over HTTP.

Nothing heavy is imported before a command runs: `verify` must not need the solver, and
`evenwicht --help` must answer at once.
"""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn, TypeVar

import typer
from rich.console import Console
from rich.table import Table

from shared.faults import InvalidDocument

if TYPE_CHECKING:
    from services.allocator.service import Progress, SolveLimits
    from shared.contract.problem import Problem
    from shared.contract.result import Result
    from shared.verify.violations import Violation

app = typer.Typer(no_args_is_help=True, rich_markup_mode=None)

BAD_INPUT = 1
REFUSED = 1
UNREADABLE = 2
INFEASIBLE = 3
_STANDARD_STREAM = Path("-")
_Document = TypeVar("_Document")

ProblemPath = Annotated[Path, typer.Argument(metavar="PROBLEM.json", help="- reads stdin")]
ResultPath = Annotated[Path, typer.Argument(metavar="RESULT.json", help="- reads stdin")]


@app.command("solve")
def solve(
    problem: ProblemPath,
    output: Annotated[
        Path, typer.Option("--output", "-o", metavar="RESULT.json", help="- writes stdout")
    ],
    time_limit: Annotated[
        float | None, typer.Option(min=0.001, metavar="S", help="Seconds; none when not given")
    ] = None,
    threads: Annotated[int, typer.Option(min=1, metavar="N")] = 1,
    certificate: Annotated[
        bool, typer.Option("--certificate", help="Add the dual values that prove every stage")
    ] = False,
) -> None:
    """Make a plan.

    Exit code 0: a plan; 1: the problem has faults, all listed; 2: a file cannot be read or
    written; 3: no plan can exist, and the result names the rules that contradict each other.
    """
    from services.allocator.service import SolveLimits
    from services.allocator.solve_process import SEED
    from shared.contract.reading import read_problem

    _check_writable(output)
    question = _document(problem, read_problem, BAD_INPUT)
    result = _solved(question, SolveLimits(time_limit, threads, SEED, certificate))
    _write(output, result.model_dump_json(indent=2) + "\n")
    if result.status == "infeasible":
        typer.echo("No plan can exist. These rules cannot hold together:", err=True)
        for rule in result.conflict:
            typer.echo(f"  {rule.tag} {rule.id}", err=True)
        raise typer.Exit(INFEASIBLE)
    typer.echo(f"{result.status}: {_summary(result)}", err=True)


@app.command("verify")
def verify(problem: ProblemPath, result: ResultPath) -> None:
    """Check a result against its problem, without the solver.

    Exit code 0: accepted; 1: refused, with the broken rules; 2: a file cannot be read.
    """
    from shared.contract.reading import read_problem, read_result
    from shared.verify.verify import verify as broken_rules

    if problem == result == _STANDARD_STREAM:
        _stop(UNREADABLE, "Only one of the two documents can come from stdin.")
    question = _document(problem, read_problem, UNREADABLE)
    answer = _document(result, read_result, UNREADABLE)
    violations = broken_rules(question, answer)
    if violations:
        _show(_violations_table(violations))
        typer.echo("refused")
        raise typer.Exit(REFUSED)
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


def _solved(problem: "Problem", limits: "SolveLimits") -> "Result":
    from services.allocator.service import allocate

    with Console(stderr=True).status("reading") as status:

        def report(progress: "Progress") -> None:
            status.update(_told(progress))

        return allocate(problem, limits, report)


def _told(progress: "Progress") -> str:
    parts = [progress.objective]
    if progress.tier is not None:
        parts.append(f"tier {progress.tier}")
    if progress.level is not None:
        parts.append(f"level {progress.level}")
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


def _show(table: Table) -> None:
    Console(soft_wrap=True, markup=False, highlight=False).print(table)


def _violations_table(violations: "tuple[Violation, ...]") -> Table:
    table = Table("rule", "about", "what is wrong", box=None)
    for violation in violations:
        table.add_row(violation.tag, violation.subject, violation.message)
    return table


def _stages_table(result: "Result") -> Table:
    table = Table("stage", "tier", "reference", "value", "gap", box=None)
    for stage in result.stages:
        numbers = (stage.tier, stage.reference, stage.value, stage.gap)
        table.add_row(stage.objective, *("" if n is None else f"{n + 0:g}" for n in numbers))
    return table
