"""Every error that the API's own code may raise has a row in the one table of statuses."""

from importlib import import_module

import pytest

from services.api.error_responses import ERRORS
from tests.architecture.source import module_of, python_files

MODULES = [module_of(path) for path in python_files("services/api") if path.name == "errors.py"]


def errors_of(module: str) -> list[type[Exception]]:
    members = vars(import_module(module)).values()
    kinds = [kind for kind in members if isinstance(kind, type) and issubclass(kind, Exception)]
    return [kind for kind in kinds if kind.__module__ == module]


@pytest.mark.parametrize(
    "error", [e for m in MODULES for e in errors_of(m)], ids=lambda e: e.__name__
)
def test_an_error_of_a_feature_has_a_status(error: type[Exception]) -> None:
    assert set(error.__mro__) & set(ERRORS)
