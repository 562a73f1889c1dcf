"""FORMULATION.md and the code name the same rules and the same objectives."""

import inspect
import re
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

import services.allocator.model as model_package
from services.allocator.model.build import build
from services.allocator.model.constraints import agreements, capacity, flow
from services.allocator.model.objectives import fairness, housing, preferences, shopping
from services.allocator.translate import instance_of
from tests.allocator.model.rows import tags
from tests.shared.four_municipalities import PROBLEM

TEXT = (Path(model_package.__path__[0]) / "FORMULATION.md").read_text("utf-8")
ROWS = re.findall(r"^\| ([CO]\d) \|.*\| (`\w+\.\w+`[^|]*) \|$", TEXT, re.MULTILINE)
NAMED = [(tag, name) for tag, names in ROWS for name in re.findall(r"`(\w+\.\w+)`", names)]
MODULES = (agreements, capacity, flow, fairness, housing, preferences, shopping)
MODULE: dict[str, ModuleType] = {module.__name__.rpartition(".")[2]: module for module in MODULES}


def function(name: str) -> Any:
    """A function that FORMULATION.md names as `family.function`."""
    family, _, rule = name.partition(".")
    return getattr(MODULE[family], rule)


def tags_in_docstrings(module: ModuleType) -> set[str]:
    """Tags with which the docstrings of the public functions of a family begin."""
    own = [f for _, f in inspect.getmembers(module, inspect.isfunction)]
    mine = [f for f in own if f.__module__ == module.__name__ and not f.__name__.startswith("_")]
    leads = [(inspect.getdoc(f) or "").partition(":")[0] for f in mine]
    return {tag for lead in leads for tag in re.findall(r"\b[CO]\d", lead)}


def test_the_formulation_lists_nine_rules_and_nine_objectives() -> None:
    rules = [f"C{n}" for n in range(1, 10)]
    objectives = [f"O{n}" for n in range(1, 10)]
    assert [tag for tag, _ in ROWS] == rules + objectives


@pytest.mark.parametrize(("tag", "name"), NAMED)
def test_the_named_function_carries_the_tag_in_its_docstring(tag: str, name: str) -> None:
    assert tag in (inspect.getdoc(function(name)) or "")


def test_the_code_has_no_tag_that_the_formulation_does_not_list() -> None:
    in_code = set().union(*(tags_in_docstrings(module) for module in MODULES))
    assert in_code == {tag for tag, _ in ROWS}


def test_every_rule_of_the_formulation_has_rows_in_the_model() -> None:
    # C8 has no rows: it is the set of routes that exist.
    model, _ = build(instance_of(PROBLEM))
    assert tags(model) == {tag for tag, _ in ROWS if tag.startswith("C")} - {"C8"}
