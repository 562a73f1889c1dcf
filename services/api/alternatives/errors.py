"""What can go wrong with a what-if question."""


class TooManyAlternatives(Exception):
    """As many questions are computed as may."""

    retry_after_seconds = 2

    def __init__(self, places: int) -> None:
        self.facts = {"places": places}
        super().__init__(f"{places} what-if questions are computed already. Ask again in a moment.")


class NoAnswer(Exception):
    """The allocator is busy or away, or gave no answer that holds."""

    retry_after_seconds = 5

    def __init__(self, reason: str) -> None:
        super().__init__(f"The question was not answered. {reason}")
