"""How far the allocator is, in words."""

import pytest

from services.api.proposals.progress_words import progress_in_words


@pytest.mark.parametrize(
    ("stage", "tier", "level", "most_levels", "best", "told"),
    [
        ("waiting", 2, None, None, 1234.0, "wachten verkorten, voorrang 2, beste tot nu toe 1.234"),
        ("municipalFairness", None, 3, None, None, "eerlijk over gemeenten, stap 3"),
        (
            "groupFairness",
            None,
            12,
            210,
            0.43,
            "eerlijk per groep, stap 12 van hoogstens 210, beste tot nu toe 0,43",
        ),
        ("shopping.max", None, None, None, None, "gelijke kansen (tegen shopgedrag)"),
        ("some{thing}", None, None, None, None, "some{thing}"),
    ],
)
def test_progress_is_told_in_words(
    stage: str,
    tier: int | None,
    level: int | None,
    most_levels: int | None,
    best: float | None,
    told: str,
) -> None:
    assert progress_in_words(stage, tier, level, most_levels, best).nl == told


def test_progress_is_told_in_english_too() -> None:
    told = progress_in_words("groupFairness", None, 12, 210, 0.43).en
    assert told == "fair per group, step 12 of at most 210, best so far 0.43"
