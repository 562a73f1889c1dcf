"""The core knows neither the web nor the database, and the environment is read in one place."""

import sys
from pathlib import Path

import pytest

from tests.architecture.source import imported, module_of, named, python_files

API = python_files("services/api")
ALL = python_files("services", "shared")
RULES = [path for path in API if path.name == "rules.py"]
# A fault and a half-year are plain values; rules that others use fall under this test themselves.
PURE_TOO = (
    "shared.faults",
    "services.api.half_years",
    "services.api.crud.rules",
    "services.api.allocation_keys.rules",
)
DOMAIN = [path for path in API if path.name in {"rules.py", "service.py", "store.py", "errors.py"}]


@pytest.mark.parametrize("path", RULES, ids=named)
def test_rules_import_the_standard_library_and_their_own_errors(path: Path) -> None:
    pure = (*PURE_TOO, module_of(path).removesuffix("rules") + "errors")
    others = {name for name in imported(path) if name.split(".")[0] not in sys.stdlib_module_names}

    assert {name for name in others if not name.startswith(pure)} == set()


@pytest.mark.parametrize("path", DOMAIN, ids=named)
def test_domain_code_does_not_know_the_web_framework(path: Path) -> None:
    roots = {name.split(".")[0] for name in imported(path)}

    assert not roots & {"fastapi", "starlette"}


def test_the_environment_is_read_by_settings_only() -> None:
    readers = {named(path) for path in ALL if "os.environ" in path.read_text(encoding="utf-8")}

    assert readers <= {"services/api/settings.py", "services/allocator/settings.py"}


def test_statuses_are_given_by_the_one_table_of_each_service() -> None:
    raisers = {
        named(path) for path in ALL if "raise HTTPException" in path.read_text(encoding="utf-8")
    }

    assert not raisers
