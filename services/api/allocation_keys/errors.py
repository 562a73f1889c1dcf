"""What can go wrong with allocation keys."""

from collections.abc import Sequence


class FiguresMissing(Exception):
    """Shares cannot be computed: an unknown figure is not zero."""

    def __init__(self, missing: Sequence[tuple[str, str]]) -> None:
        self.missing = tuple(missing)
        self.facts = {
            "missing": [
                {"indicator": indicator, "municipality": municipality}
                for indicator, municipality in self.missing
            ]
        }
        told = ", ".join(f"{indicator} of {code}" for indicator, code in self.missing)
        super().__init__(f"These indicator values are missing: {told}. Add them first.")


class NothingToShareBy(Exception):
    """Shares cannot be computed: an indicator with weight is zero everywhere in the region."""

    def __init__(self, indicators: Sequence[str]) -> None:
        self.indicators = tuple(indicators)
        told = ", ".join(self.indicators)
        super().__init__(f"These indicators are zero in every municipality: {told}.")
