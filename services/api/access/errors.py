"""Why a request is not admitted."""

from collections.abc import Iterable


class NotAuthenticated(Exception):
    """The request has no credentials, or none that are valid."""

    authenticate = 'Bearer realm="evenwicht"'

    def __init__(self) -> None:
        self.facts = {
            "code": "not_authenticated",
            "nl": "Stuur een geldige sleutel of een geldig token.",
        }
        super().__init__("Send a valid key or token.")


class NotAllowed(Exception):
    """No role of the caller may do this."""

    def __init__(self) -> None:
        self.facts = {"code": "not_allowed", "nl": "Uw rol mag dit niet."}
        super().__init__("Your role may not do this.")


class OutsideReach(Exception):
    """The caller may do this, but not with rows of these municipalities."""

    def __init__(self, codes: Iterable[str]) -> None:
        own = sorted(codes)
        told = ", ".join(own)
        self.facts = {
            "code": "outside_reach",
            "nl": f"U mag alleen cijfers van {told or 'geen enkele gemeente'} wijzigen.",
            "municipalities": own,
        }
        super().__init__(f"You may change figures of {told or 'no municipality'} only.")


class IdentityProviderAway(Exception):
    """The keys that tokens are checked with cannot be fetched now."""

    retry_after_seconds = 5

    def __init__(self) -> None:
        self.facts = {
            "code": "identity_provider_away",
            "nl": "Het token kan nu niet worden gecontroleerd.",
        }
        super().__init__("The token cannot be checked now.")


class LastAdministrator(Exception):
    """Nobody would be left who can admit others."""

    def __init__(self) -> None:
        self.facts = {
            "code": "last_administrator",
            "nl": "Dit is de laatste beheerder die blijft. Maak eerst een andere beheerder, "
            "bij een organisatie zonder laatste dag.",
        }
        super().__init__(
            "This is the last administrator who stays. Make another one first, of an "
            "organisation without a last day."
        )
