"""The API on the command line: migrate, serve, work, load the sample region, show it all.

Nothing heavy is imported before a command runs, so that `evenwicht --help` answers at once.
"""

import signal
import tempfile
from collections.abc import Callable
from pathlib import Path
from types import FrameType
from typing import Annotated, NoReturn

import typer

from services.api.command_line.commands import app as over_the_api
from services.api.command_line.ending import stop, told
from services.api.command_line.options import LOCAL, ApiUrl, Key, Lang
from services.api.language import Language

app = typer.Typer(no_args_is_help=True, rich_markup_mode=None)
app.add_typer(over_the_api)

SERVED_FROM = Path(".evenwicht")


@app.command("migrate")
def migrate(lang: Lang = "nl") -> None:
    """Create or update the database and the job queue; the database is DATABASE_URL."""
    from services.api.command_line.wording import MIGRATED
    from services.api.jobs.queue import migrate_queue
    from services.api.migrate import migrate as migrate_database
    from services.api.settings import Settings

    settings = Settings()
    migrate_database(settings)
    migrate_queue(settings.jobs_database_url)
    typer.echo(MIGRATED.to(lang), err=True)


@app.command("serve-api")
def serve_api() -> None:
    """Serve the API over HTTP until stopped; settings come from EVENWICHT_*."""
    from services.api.main import serve
    from services.api.settings import Settings
    from shared.logs import set_up_logs

    set_up_logs("api")
    serve(Settings())


@app.command("worker")
def worker() -> None:
    """Work on proposals until stopped; migrate first."""
    from services.api.jobs.slots import NoFreeSlot
    from services.api.jobs.worker import run_worker, stop_on_signals
    from services.api.production import refuse_to_start
    from services.api.settings import Settings
    from shared.logs import set_up_logs

    set_up_logs("worker")
    settings = Settings()
    refuse_to_start(settings)
    try:
        run_worker(settings, stop_on_signals())
    except NoFreeSlot as taken:
        stop(str(taken))


@app.command("load-sample")
def load_sample(api_url: ApiUrl = LOCAL, key: Key = "", lang: Lang = "nl") -> None:
    """Load the sample region over the API; rows that are there already are left as they are."""
    from services.api.demo.story import load_sample_region

    _told(lang, lambda: load_sample_region(api_url, key, lang))


@app.command("demo")
def demo(
    lang: Lang = "nl",
    time_limit: Annotated[float, typer.Option(min=1, help="Limit of the proposal [s].")] = 120,
) -> None:
    """Show everything once, on a database of its own that is thrown away afterwards."""
    from services.api.demo.story import show_once

    with tempfile.TemporaryDirectory(prefix="evenwicht-") as folder:
        _told(lang, lambda: show_once(Path(folder), lang, time_limit))


@app.command("run")
def run(
    lang: Lang = "nl",
    port: Annotated[int, typer.Option(min=1, max=65535, help="Port of the API.")] = 8000,
    folder: Annotated[Path, typer.Option(help="Where data and logs are kept.")] = SERVED_FROM,
) -> None:
    """Serve everything on this machine until Ctrl-C, with the sample region."""
    from services.api.demo.story import keep_serving

    _told(lang, lambda: keep_serving(folder, lang, port))


def _told(lang: Language, story: Callable[[], None]) -> None:
    """Run to the end, or say in one message why that could not be done."""
    # Being asked to end is like Ctrl-C: everything that was started is stopped first.
    signal.signal(signal.SIGTERM, _interrupt)
    told(lang, story)


def _interrupt(_signal: int, _frame: FrameType | None) -> NoReturn:
    raise KeyboardInterrupt
