"""An image holds what it needs and nothing else, and does not run as root."""

import json
import re
from pathlib import Path
from typing import NamedTuple

import pytest
from typer.main import get_group

from services.allocator.settings import Settings as AllocatorSettings
from services.api.settings import Settings as ApiSettings
from services.commands import build_app
from tests.architecture.source import ROOT, named

DOCKERFILES = sorted((ROOT / "docker").glob("*.Dockerfile"))
COMMANDS = get_group(build_app()).commands.keys()
SETTINGS = {
    *(f"EVENWICHT_{name.upper()}" for name in ApiSettings.model_fields),
    *(f"EVENWICHT_ALLOCATOR_{name.upper()}" for name in AllocatorSettings.model_fields),
    "DATABASE_URL",
}


class Step(NamedTuple):
    word: str
    rest: str


def steps(path: Path) -> list[Step]:
    text = re.sub(r"^#.*\n", "", path.read_text(encoding="utf-8"), flags=re.MULTILINE)
    lines = re.sub(r"\\\n\s*", "", text).splitlines()
    return [Step(*line.split(maxsplit=1)) for line in lines if line]


def rests(path: Path, word: str) -> list[str]:
    return [step.rest for step in steps(path) if step.word == word]


every_image = pytest.mark.parametrize("path", DOCKERFILES, ids=named)


def test_there_is_an_image_for_each_service() -> None:
    assert [path.name for path in DOCKERFILES] == ["allocator.Dockerfile", "api.Dockerfile"]


@every_image
def test_the_base_image_has_a_full_version(path: Path) -> None:
    for base in rests(path, "FROM"):
        assert re.match(r"python:3\.11\.\d+-slim-\w+( AS \w+)?$", base)


@every_image
def test_it_is_made_in_two_stages(path: Path) -> None:
    assert len(rests(path, "FROM")) == 2


@every_image
def test_it_runs_as_an_ordinary_user_from_before_its_command(path: Path) -> None:
    words = [step.word for step in steps(path)]

    assert rests(path, "USER") == ["10001:10001"]
    assert words.index("USER") < words.index("ENTRYPOINT") < words.index("CMD")
    assert not {"RUN", "COPY", "ADD"} & set(words[words.index("USER") :])


@every_image
def test_its_packages_are_locked_wheels(path: Path) -> None:
    installs = [step for step in rests(path, "RUN") if "pip install" in step]

    assert len(installs) == 1
    assert "--require-hashes --only-binary :all:" in installs[0]


@every_image
def test_all_it_copies_exists_and_is_let_through(path: Path) -> None:
    let_through = re.findall(r"^!(.+)$", (ROOT / ".dockerignore").read_text(), re.MULTILINE)
    copies = [rest.split()[:-1] for rest in rests(path, "COPY") if not rest.startswith("--from")]
    sources = {source for copy in copies for source in copy}

    assert all((ROOT / source).exists() for source in sources)
    assert {source.split("/")[0] for source in sources} <= set(let_through)


@every_image
def test_it_holds_the_code_of_one_service(path: Path) -> None:
    service = path.name.removesuffix(".Dockerfile")
    copied = " ".join(rests(path, "COPY"))

    assert set(re.findall(r"services/(api|allocator)\b", copied)) == {service}


@every_image
def test_it_says_whether_it_is_well(path: Path) -> None:
    assert len(rests(path, "HEALTHCHECK")) == 1
    assert "/v1/health" in rests(path, "HEALTHCHECK")[0]


@every_image
def test_it_starts_a_command_that_exists(path: Path) -> None:
    assert rests(path, "ENTRYPOINT") == ['["python", "-m", "services.commands"]']
    assert set(json.loads(rests(path, "CMD")[0])) <= COMMANDS


@every_image
def test_its_variables_are_settings_and_none_is_a_secret(path: Path) -> None:
    names = set(re.findall(r"(\w+)=", rests(path, "ENV")[0]))

    assert names - {"PATH", "PYTHONDONTWRITEBYTECODE", "PYTHONUNBUFFERED"} <= SETTINGS
    assert not re.search(r"(?i)passw|secret|token|\bARG\b", path.read_text(encoding="utf-8"))
