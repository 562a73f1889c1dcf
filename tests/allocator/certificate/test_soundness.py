"""Nothing false can be proven, whatever a certificate says: checked against a plain program."""

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from services.allocator.certificate.replay import Replay
from services.allocator.certificate.stages import objective_of
from services.allocator.explain.stages import stages_asked
from services.allocator.model.linear_model import INFINITY, LinearModel
from services.allocator.model.stages import LEXIMIN
from services.allocator.translate import instance_of
from shared.contract.certificate import FoundRow
from shared.contract.problem import Problem, Stage
from tests.allocator.certificate.proofs import faults, proven
from tests.allocator.instances import problems
from tests.allocator.region import homes, need, region, year
from tests.allocator.solving import levels, references
from tests.allocator.textbook import reference

PRICES = (0.1, 0.5, 1, 2, 7)
SIMPLE = ("commitments", "waiting", "suitability", "extraCapacity", "distance", "stability")


def asks(problem: Problem, *names: str) -> Problem:
    """The problem with these stages only."""
    rows = [{"objective": name} for name in names]
    return problem.model_copy(update={"stages": tuple(map(Stage.model_validate, rows))})


@st.composite
def found_rows(draw: st.DrawFn, problem: Problem) -> list[FoundRow]:
    """Rows that somebody says were found: about anybody, until whenever."""
    towns = st.sampled_from([m.id for m in problem.municipalities])
    years = st.sampled_from([p.id for p in problem.periods])
    groups = st.sampled_from([g.id for g in problem.groups])
    return [
        FoundRow(group=draw(groups), until=draw(st.dictionaries(towns, years, min_size=1)))
        for _ in range(draw(st.integers(0, 2)))
    ]


def with_found_rows(problem: Problem, rows: list[FoundRow]) -> Replay:
    """The model of a problem, with rows that a certificate defines."""
    replay = Replay(instance_of(problem), rows)
    replay.duals({f"C8.reach[{row.group},{n}]": 1.0 for n, row in enumerate(rows, 1)})
    return replay


def any_prices(draw: st.DrawFn, model: LinearModel) -> dict[str, float]:
    """Prices of some rows, each towards a side that the row has."""
    names = draw(st.sets(st.sampled_from(model.row_names or ["none"]), max_size=12))
    prices = {}
    for row, name in enumerate(model.row_names):
        if name in names:
            signs = [1] * (model.row_lower[row] > -INFINITY) + [-1] * (
                model.row_upper[row] < INFINITY
            )
            prices[name] = draw(st.sampled_from(signs or [1])) * draw(st.sampled_from(PRICES))
    return prices


@settings(max_examples=150, derandomize=True)
@given(data=st.data(), problem=problems(sizes=(0, 0.5, 1, 2)), name=st.sampled_from(SIMPLE))
def test_no_prices_prove_more_than_the_optimum(
    data: st.DataObject, problem: Problem, name: str
) -> None:
    asked = asks(problem, name)
    key = stages_asked(instance_of(asked))[0]
    replay = with_found_rows(asked, data.draw(found_rows(asked)))
    prices: dict[str, float] = data.draw(st.composite(any_prices)(replay.model))
    objective = objective_of(replay, key, prices, slack=0.0)

    bound = replay.prove(objective, replay.duals(prices))

    optimum = reference(asked).values[key]
    assert bound.value <= (-optimum if name == "suitability" else optimum) + 1e-6


def test_who_is_housed_in_the_first_year_is_held_in_every_year() -> None:
    years = [year(2027), year(2028)]
    instance = instance_of(region(periods=years, supply=[homes("A", 3)], needs=[need("A", 3)]))
    replay = Replay(instance, [])
    most_housed = dict.fromkeys(replay.x.placed.values(), -1.0)
    prices = {"C2.held[status,2027]": -1.0, "C2.held[status,2028]": -0.5}

    assert replay.prove(most_housed, replay.duals(prices)).value == -3


@settings(max_examples=60, derandomize=True)
@given(data=st.data(), problem=problems().filter(lambda p: p.reach_km is not None))
def test_no_prices_prove_a_larger_pull_than_there_must_be(
    data: st.DataObject, problem: Problem
) -> None:
    asked = asks(problem, "shopping")
    replay = with_found_rows(asked, data.draw(found_rows(asked)))
    objective = objective_of(replay, ("shopping.max", None), {}, slack=0.0)
    prices: dict[str, float] = data.draw(st.composite(any_prices)(replay.model))

    bound = replay.prove(objective, replay.duals(prices))

    assert bound.value <= reference(asked).values["shopping.max", None] + 1e-6


@settings(max_examples=100, derandomize=True)
@given(data=st.data(), problem=problems(), name=st.sampled_from(sorted(LEXIMIN)))
def test_no_prices_say_that_levels_that_exist_are_too_high(
    data: st.DataObject, problem: Problem, name: str
) -> None:
    asked = asks(problem, name)
    replay = with_found_rows(asked, data.draw(found_rows(asked)))
    cells = LEXIMIN[name](replay.model, replay.x, replay.instance)
    for (_, cell), level in reference(asked).levels.items():
        replay.model.row_lower[cells.floor[cell]] = cells.fair[cell] * level
    prices: dict[str, float] = data.draw(st.composite(any_prices)(replay.model))

    assert replay.prove({}, replay.duals(prices)).value <= 1e-4


@settings(max_examples=150, derandomize=True)
@given(
    data=st.data(),
    problem=problems(stages=True).filter(lambda p: bool(p.supply)),
    more=st.integers(1, 3),
)
def test_the_certificate_of_another_region_proves_only_what_is_true_here(
    data: st.DataObject, problem: Problem, more: int
) -> None:
    result = proven(problem)
    lot = data.draw(st.sampled_from(problem.supply))
    larger = lot.model_copy(
        update={"reported": lot.reported + more, "potential": lot.potential + more}
    )
    supply = tuple(larger if row is lot else row for row in problem.supply)
    other = problem.model_copy(update={"supply": supply})

    assume(not faults(other, result))

    book = reference(other)
    assert references(result) == pytest.approx(book.values, abs=1e-4, rel=0)
    assert levels(result) == pytest.approx(
        {cell: level for (_, cell), level in book.levels.items()}, abs=1e-4, rel=0
    )
