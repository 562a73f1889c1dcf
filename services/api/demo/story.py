"""The demo from beginning to end: start, load, ask, follow, show, stop."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from sqlalchemy.orm import Session

from services.api.access.actor import by_system
from services.api.api_keys.issuing import first_key, passing_key, revoke
from services.api.database import open_database, writing
from services.api.demo import conversation, screen
from services.api.demo.children import System, running_system
from services.api.demo.stable_ids import with_stable_ids
from services.api.demo.wording import WORDS, Words
from services.api.language import Language
from services.api.sample.build import sample_region
from services.api.settings import Settings

Row = dict[str, Any]
_LOADING_TAKES_AT_MOST = timedelta(hours=1)


class NoProposal(Exception):
    """The demo ended without a plan."""


def load_sample_region(api_url: str, key: str, lang: Language) -> None:
    """Load the sample region into a running API, with the key of an administrator."""
    console = Console(stderr=True)
    with _client(api_url, key) as client:
        _load(client, WORDS[lang], console)


def show_once(folder: Path, lang: Language, time_limit: float) -> None:
    """Start everything, have a proposal made, print it, and stop everything.

    Raises
    ------
    CannotRun, RefusedByApi, NoProposal
        When it cannot be done; whatever was started is stopped.
    """
    words, news, console = WORDS[lang], Console(stderr=True), Console()
    with (
        _system(folder, words, news) as system,
        _passing_key(system) as key,
        _client(system.api_url, key) as client,
    ):
        _load(client, words, news)
        system.must_be_complete()
        region = conversation.read(client, "/v1/regions")["items"][0]["id"]
        address = conversation.ask(client, {"region": region, "timeLimitSeconds": time_limit})
        proposal = _follow(system, client, address, lang, news)
        if proposal["state"] in {"failed", "cancelled"}:
            raise NoProposal(words.failed.format(reason=proposal["reason"]))
        links = proposal["links"]
        result = conversation.read(client, links["result"])
        if proposal["state"] == "infeasible":
            raise NoProposal(screen.conflict(words, result))
        problem = conversation.read(client, links["problem"])
        standings = conversation.read(client, links["municipalities"])["items"]
        groups = conversation.read(client, "/v1/target-groups?limit=200")["items"]
    screen.show(console, words, lang, screen.Answer(problem, result, standings, groups))


def keep_serving(folder: Path, lang: Language, port: int) -> None:
    """Start everything with the sample region, and serve until interrupted.

    Raises
    ------
    CannotRun, RefusedByApi
        When it cannot be done, or a process ends by itself; everything is stopped then.
    """
    words, news = WORDS[lang], Console(stderr=True)
    with _system(folder, words, news, port) as system:
        # Before any other key is made: it is for the first start only.
        shown = _first_key(system)
        with _passing_key(system) as key, _client(system.api_url, key) as client:
            _load(client, words, news)
        system.must_be_complete()
        screen.show_addresses(Console(), words, system.api_url, shown)
        # Everything happens in the other processes; this one waits for Ctrl-C, or for their end.
        system.keep_running()


@contextmanager
def _system(folder: Path, words: Words, news: Console, port: int | None = None) -> Iterator[System]:
    # The status line ends when the system runs, the system when the block ends.
    status = news.status(words.starting)
    status.start()
    try:
        with running_system(folder, port) as system:
            status.stop()
            yield system
    finally:
        status.stop()


def _client(api_url: str, key: str) -> httpx.Client:
    headers = {"Authorization": f"Bearer {key}"}
    return httpx.Client(base_url=api_url, headers=headers, timeout=60.0)


def _first_key(system: System) -> str | None:
    with _writing(system) as session:
        made = first_key(session, _secret())
    return None if made is None else made.key


@contextmanager
def _passing_key(system: System) -> Iterator[str]:
    """Have a key for as long as the block lasts; it reaches nobody but this process."""
    with _writing(system) as session:
        made = passing_key(session, _secret(), _LOADING_TAKES_AT_MOST)
    yield made.key
    with _writing(system) as session:
        revoke(session, by_system("command-line"), made.id)


@contextmanager
def _writing(system: System) -> Iterator[Session]:
    engine = open_database(system.database_url)
    try:
        with writing(engine) as session:
            yield session
    finally:
        engine.dispose()


def _secret() -> str:
    return Settings().key_secret.get_secret_value()


def _load(client: httpx.Client, words: Words, news: Console) -> None:
    rows = with_stable_ids(sample_region())
    with _progress(news) as progress:
        task = progress.add_task(words.loading, total=sum(map(len, rows.values())))

        def told(noun: str, number: int) -> None:
            progress.update(task, advance=number, description=f"{words.loading}: {noun}")

        loaded = conversation.load(client, rows, told)
    message = words.loaded.format(added=loaded.added, already_there=loaded.already_there)
    news.print(message)


def _follow(
    system: System, client: httpx.Client, address: str, lang: Language, news: Console
) -> Row:
    words = WORDS[lang]
    with news.status(words.computing) as status:

        def told(proposal: Row) -> None:
            # Without a worker a proposal would wait for ever.
            system.must_still_run()
            status.update(f"{words.computing}: {screen.progress(lang, proposal)}")

        return conversation.follow(client, address, told)


def _progress(news: Console) -> Progress:
    return Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        console=news,
        transient=True,
    )
