"""What a change does, in words: less or more, in the number that a reader can see."""

import pytest

from services.api.explanations.effect_words import Effect, effects_in_words, marginal_in_words
from services.api.proposals.rules import Wording

DELFT = Wording(nl="Delft (dakloos)", en="Delft (homeless)")
SAID = [
    (Effect("commitments", None, -1), "1,0 huishoudens minder tekort op afspraken"),
    (Effect("waiting", 2, 3.5), "3,5 huishouden-perioden meer wachten (voorrang 2)"),
    (
        Effect("shopping.max", None, -0.25),
        "het grootste voordeel van elders aankloppen daalt met 0,250",
    ),
    (
        Effect("shopping.sum", None, 0.5),
        "het voordeel van elders aankloppen stijgt in totaal met 0,500",
    ),
    (
        Effect("municipalFairness", None, 0.0825, DELFT),
        "het niveau van Delft (dakloos) stijgt met 0,083",
    ),
    (Effect("groupFairness", None, -0.5, DELFT), "het niveau van Delft (dakloos) daalt met 0,500"),
    (Effect("suitability", None, -2), "de geschiktheid daalt met 2,000"),
    (Effect("extraCapacity", None, 1), "1,0 extra woningen meer nodig"),
    (Effect("distance", None, -1234.5), "1.234,5 huishouden-kilometers minder"),
    (Effect("stability", None, 2), "2,0 huishoudens meer die anders zijn dan in het vorige plan"),
]


@pytest.mark.parametrize(("effect", "dutch"), SAID, ids=[row[0].objective for row in SAID])
def test_every_objective_has_its_words(effect: Effect, dutch: str) -> None:
    assert effects_in_words([effect]).nl == dutch


def test_one_home_more_is_a_sentence_with_all_that_it_does() -> None:
    effects = [Effect("waiting", 1, -2.0), Effect("groupFairness", None, 0.003, DELFT)]
    assert marginal_in_words("C1", effects) == Wording(
        nl="Eén woning meer: 2,0 huishouden-perioden minder wachten (voorrang 1);"
        " het niveau van Delft (dakloos) stijgt met 0,003.",
        en="One home more: 2.0 household-periods less waiting (priority 1);"
        " the level of Delft (homeless) rises by 0.003.",
    )


@pytest.mark.parametrize("tag", ["C1", "C3", "C4", "C5", "C6", "C7", "C8", "C9"])
def test_what_does_next_to_nothing_is_said_to_do_nothing(tag: str) -> None:
    told = marginal_in_words(tag, [Effect("shopping.sum", None, 0.00004)])
    assert told.nl.endswith(": geen enkel doel verandert merkbaar.")
    assert told.en.endswith(": no objective changes noticeably.")


@pytest.mark.parametrize(
    ("value", "written"),
    [(0.00042, "0,0004"), (0.0000051, "0,000005"), (0.25, "0,250"), (0.0, "0,000")],
)
def test_a_small_number_is_written_so_that_it_is_seen(value: float, written: str) -> None:
    assert effects_in_words([Effect("shopping.max", None, value)]).nl.endswith(f" {written}")
