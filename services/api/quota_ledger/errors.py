"""Why the quota ledger cannot be drawn up."""


class QuotaNotKnown(Exception):
    """The national number of a half-year is not published yet."""

    def __init__(self, half_year: str) -> None:
        self.facts = {
            "code": "quota_not_known",
            "nl": f"Het landelijke aantal van {half_year} is niet bekend.",
            "halfYear": half_year,
        }
        super().__init__(f"The national number of {half_year} is not known.")
