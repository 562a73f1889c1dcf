"""What can go wrong with members only."""


class LastAdministrator(Exception):
    """Nobody would be left who can admit others."""

    def __init__(self) -> None:
        self.facts = {
            "code": "last_administrator",
            "nl": "Dit is de laatste beheerder. Maak eerst een andere beheerder.",
        }
        super().__init__("This is the last administrator. Make another one first.")
