"""Every error of the API has its row in the one table of statuses."""

import importlib
import inspect
import pkgutil
from http import HTTPStatus

import pytest

import services.api
from services.api.error_responses import ERRORS

MODULES = [
    importlib.import_module(module.name)
    for module in pkgutil.walk_packages(services.api.__path__, "services.api.")
    if module.name.endswith(".errors")
]
OWN_ERRORS = {
    name: error
    for module in MODULES
    for name, error in inspect.getmembers(module, inspect.isclass)
    if issubclass(error, Exception) and error.__module__ == module.__name__
}


@pytest.mark.parametrize("error", OWN_ERRORS.values(), ids=OWN_ERRORS)
def test_every_error_has_a_status_and_a_title(error: type[Exception]) -> None:
    status, title = ERRORS[error]

    assert HTTPStatus.BAD_REQUEST <= status <= HTTPStatus.NETWORK_AUTHENTICATION_REQUIRED
    assert title


def test_there_are_errors_to_check() -> None:
    assert {"NotFound", "InUse", "FiguresMissing", "BodyTooLarge"} <= OWN_ERRORS.keys()
