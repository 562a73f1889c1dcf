"""What can go wrong in the life of a commitment."""

_WHAT_NL = {"commitment": "afspraak", "trade": "ruil"}
# How states and moves are called in a sentence: "an agreement that is a draft".
_STATES_NL = {
    "draft": "een concept",
    "offered": "aangeboden",
    "agreed": "overeengekomen",
    "amended": "gewijzigd",
    "fulfilled": "nagekomen",
    "withdrawn": "ingetrokken",
    "expired": "verlopen",
}
_STATES_EN = {"draft": "a draft"}
_MOVES_NL = {
    "offered": "aangeboden",
    "retracted": "teruggehaald",
    "signed": "getekend",
    "amended": "gewijzigd",
    "fulfilled": "als nagekomen gemeld",
    "withdrawn": "ingetrokken",
    "expired": "beëindigd",
    "replaced": "vervangen",
    "deleted": "verwijderd",
}


class MoveNotPossible(Exception):
    """The state of the row does not allow this.

    Parameters
    ----------
    state
        The state that it is in.
    done
        What cannot be done to it, as a past participle: `signed`.
    because_en, because_nl
        What more there is to say, as a sentence in English and in Dutch.
    what
        What it is that has this state.
    """

    def __init__(
        self,
        state: str,
        done: str,
        because_en: str = "",
        because_nl: str = "",
        what: str = "commitment",
    ) -> None:
        self.state, self.done = state, done
        nl = f"Een {_WHAT_NL[what]} die {_STATES_NL[state]} is, kan niet worden {_MOVES_NL[done]}."
        self.facts = {
            "code": "move_not_possible",
            "state": state,
            "move": done,
            "nl": f"{nl} {because_nl}".strip(),
        }
        en = f"A {what} that is {_STATES_EN.get(state, state)} cannot be {done}."
        super().__init__(f"{en} {because_en}".strip())


class FourEyes(Exception):
    """Whoever wrote or proposed a text signs it."""

    def __init__(self) -> None:
        self.facts = {"code": "four_eyes", "nl": "Wie voorstelt, tekent niet zelf."}
        super().__init__("Whoever proposed it does not sign it.")


class NotAParty(Exception):
    """The organisation of the caller has no part in it, or not the part that it takes."""

    def __init__(self) -> None:
        self.facts = {"code": "not_a_party", "nl": "Uw organisatie is geen partij."}
        super().__init__("Your organisation is no party.")


class AlreadySigned(Exception):
    """An organisation signs the same text again."""

    def __init__(self) -> None:
        self.facts = {"code": "already_signed", "nl": "Uw organisatie heeft deze tekst getekend."}
        super().__init__("Your organisation has signed this text.")


class PartyMissing(Exception):
    """A commitment is offered while the municipality that houses has no part in it."""

    def __init__(self) -> None:
        self.facts = {
            "code": "party_missing",
            "nl": "De ontvangende gemeente moet partij zijn.",
        }
        super().__init__("The host municipality must be a party.")


class NotFulfilled(Exception):
    """Fewer are housed than was agreed, and nobody says why that is enough.

    Parameters
    ----------
    realised
        Reported so far [households]; None when nothing is reported.
    households
        Agreed [households].
    """

    def __init__(self, realised: int | None, households: int) -> None:
        self.realised, self.households = realised, households
        known_en = "An unknown number" if realised is None else str(realised)
        known_nl = "Een onbekend aantal" if realised is None else str(realised)
        self.facts = {
            "code": "not_fulfilled",
            "realised": realised,
            "households": households,
            "nl": f"{known_nl} van {households} zijn gerealiseerd; geef een reden.",
        }
        super().__init__(f"{known_en} of {households} are realised; give a reason.")
