"""Problems about which two programs once disagreed, each made as small as it goes."""

import json
from pathlib import Path

import pytest

from tests.differential.asking import Oracle
from tests.differential.comparing import disagreement

FOUND = sorted((Path(__file__).parent / "found").glob("*.json"))


@pytest.mark.parametrize("path", FOUND, ids=lambda path: path.stem)
def test_what_was_once_answered_differently_is_answered_alike(oracle: Oracle, path: Path) -> None:
    assert disagreement(oracle, json.loads(path.read_bytes())) == []
