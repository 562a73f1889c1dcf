"""Who speaks to which API, in which language, and how the answers are shown."""

import json
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import httpx
from rich.console import Console, RenderableType

from services.api.command_line.tables_for_people import console_for
from services.api.command_line.wording import Said
from services.api.demo import conversation
from services.api.language import Language

Row = dict[str, Any]
# An import of 100,000 rows may take its time.
_SECONDS = 300.0


class Failed(Exception):
    """What was asked for was not done; the message says why."""


@dataclass(frozen=True)
class Terminal:
    """One person at work.

    Parameters
    ----------
    api_url
        Base address of the API.
    key
        API key or token; empty for none.
    lang
        Language of what is shown.
    as_json
        Whether answers are shown as JSON instead.
    """

    api_url: str
    key: str
    lang: Language
    as_json: bool

    def client(self) -> httpx.Client:
        """Open a connection to the API."""
        headers = {"Authorization": f"Bearer {self.key}"} if self.key else {}
        return httpx.Client(base_url=self.api_url, headers=headers, timeout=_SECONDS)

    def say(self, said: Said, **facts: object) -> None:
        """Tell in one line what was done; where it does not get between the data."""
        self.news().print(said.to(self.lang).format(**facts), soft_wrap=True, markup=False)

    def done(self, answer: Any, said: Said, **facts: object) -> None:
        """Tell what was done: to a program as JSON, to people in one line."""
        if self.as_json:
            self.show(answer, lambda: "")
        else:
            self.say(said, **facts)

    def show(self, answer: Any, for_people: Callable[[], RenderableType]) -> None:
        """Show an answer: as JSON for a program, or else as made for people."""
        if self.as_json:
            json.dump(answer, sys.stdout, ensure_ascii=False, indent=2)
            sys.stdout.write("\n")
        else:
            console_for(Console()).print(for_people())

    def news(self) -> Console:
        """Give the screen for what is told beside the answer."""
        return Console(stderr=True, highlight=False)


def every(client: httpx.Client, path: str, wanted: Mapping[str, Any] | None = None) -> list[Row]:
    """Read a whole list, page by page.

    Raises
    ------
    RefusedByApi
        When the API answers with an error.
    """
    rows: list[Row] = []
    given = {name: value for name, value in (wanted or {}).items() if value is not None}
    page: str | None = path
    parameters: Mapping[str, Any] | None = {**given, "limit": conversation.ROWS_PER_PAGE}
    while page is not None:
        response = conversation.accepted(client.get(page, params=parameters))
        rows += response.json()["items"]
        # The link to the next page has the parameters in it.
        page, parameters = response.links.get("next", {}).get("url"), None
    return rows


def names(client: httpx.Client, path: str, lang: Language) -> dict[str, str]:
    """Give the names that people know rows of a noun by."""
    name = f"name{lang.capitalize()}"
    return {
        str(row.get("code") or row["id"]): str(row.get("name") or row[name])
        for row in every(client, path)
    }
