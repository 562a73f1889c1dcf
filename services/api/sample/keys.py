"""Allocation keys: by what each group is shared out. A choice of planners, never a default."""

from services.api.sample.figures import Body, illustrative

_ASK = "Set the weights in your region. No published key for the region was found."


def allocation_key_bodies() -> list[Body]:
    """Give three keys; together they name every group once.

    Weights are decimal strings, so that shares can be computed exactly.
    """
    return [
        _key(
            "by_population",
            "Inwoners",
            {"population": "1"},
            ["status_holders", "caravan_dwellers", "students"],
            "For status holders this follows the statutory formula, without its rounding.",
        ),
        _key(
            "by_households_and_social_stock",
            "Huishoudens en corporatiewoningen, elk de helft",
            {"households": "0.5", "social_stock": "0.5"},
            [
                "homeless",
                "shelter_outflow",
                "sheltered_housing_outflow",
                "youth_care_outflow",
                "labour_migrants",
            ],
            "Half by who lives there, half by where the homes are.",
        ),
        _key(
            "by_households",
            "Huishoudens",
            {"households": "1"},
            ["detention_outflow", "medical_urgency", "informal_care"],
            "These groups stay in their own municipality; the share is only shown.",
        ),
    ]


def _key(key: str, name: str, weights: dict[str, str], groups: list[str], note: str) -> Body:
    return {
        "id": key,
        "name": name,
        "weights": [
            {"indicator": indicator, "weight": weight} for indicator, weight in weights.items()
        ],
        "groups": groups,
        **illustrative(f"{_ASK} {note}"),
    }
