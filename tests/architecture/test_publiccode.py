"""The file for catalogues of public software has all keys that it must, and tells what is so."""

import tomllib
from functools import reduce
from typing import Any

import pytest
import yaml

from services.api.openapi import CONTACT
from tests.architecture.source import ROOT

TOLD: dict[str, Any] = yaml.safe_load((ROOT / "publiccode.yml").read_text(encoding="utf-8"))
PROJECT: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))[
    "project"
]
# Source: the standard of publiccode.yml, version 0.7, keys that must be there.
MUST = (
    "publiccodeYmlVersion",
    "name",
    "url",
    "platforms",
    "developmentStatus",
    "softwareType",
    "organisation/uri",
    "legal/license",
    "maintenance/type",
    "maintenance/contacts",
    "localisation/localisationReady",
    "localisation/availableLanguages",
    *(
        f"description/{language}/{key}"
        for language in ("nl", "en")
        for key in ("shortDescription", "longDescription", "features")
    ),
)
LANGUAGES = pytest.mark.parametrize("language", ["nl", "en"])


@pytest.mark.parametrize("key", MUST)
def test_what_must_be_there_is_there(key: str) -> None:
    assert reduce(lambda tree, step: tree[step], key.split("/"), TOLD)


@LANGUAGES
def test_descriptions_are_as_long_as_the_standard_wants(language: str) -> None:
    description = TOLD["description"][language]

    assert len(description["shortDescription"]) <= 150
    assert 150 <= len(description["longDescription"]) <= 10_000


def test_it_tells_the_version_the_licence_and_the_maintainers_of_this_project() -> None:
    assert TOLD["softwareVersion"] == PROJECT["version"]
    assert TOLD["legal"]["license"] == PROJECT["license"]
    assert [contact["name"] for contact in TOLD["maintenance"]["contacts"]] == [CONTACT["name"]]
