"""Every fault that a row of a file may have is told in Dutch too."""

import re
from pathlib import Path

import pytest

from services.api import imports
from services.api.imports.fault_words import IN_DUTCH, in_dutch
from services.api.nouns import REGISTRIES

API = Path(imports.__file__).parent.parent
CODE = re.compile(r'Fault\(\s*(?:"[^"]*"|[a-z_]+|pointer\([^)]*\)|f"[^"]*"),\s*"([a-z_]+)"')
# Where the rules of the nouns stand that a file can hold, and those for rows of a file.
FOLDERS = [registry.noun.path.replace("-", "_") for registry in REGISTRIES]
FILES = [
    API / "imports" / "preview.py",
    API / "crud" / "rules.py",
    *(path for folder in FOLDERS for path in (API / folder).glob("*.py")),
]
CODES = {code for path in FILES for code in CODE.findall(path.read_text(encoding="utf-8"))}


def test_rules_of_rows_were_found() -> None:
    assert {"repeated_row", "suppressed_with_value", "not_in_order"} <= CODES


@pytest.mark.parametrize("code", sorted(CODES))
def test_a_fault_has_words_in_dutch(code: str) -> None:
    assert code in IN_DUTCH


def test_a_fault_without_words_of_its_own_is_a_value_that_cannot_be_here() -> None:
    assert in_dutch("brand_new") == "Deze waarde kan hier niet."
