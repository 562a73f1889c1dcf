"""The four municipalities as JSON bodies, in the order in which they can be posted."""

from typing import Any

Row = dict[str, Any]
A, B, C, D = "GM0001", "GM0002", "GM0003", "GM0004"
NAMES = {A: "Aalburg", B: "Beek", C: "Cuijk", D: "Delft"}
FIGURE = {"source": "Made up for tests", "referenceDate": "2026-01-01", "quality": "illustrative"}
QUESTION: Row = {"region": "four", "timeLimitSeconds": 30}


def _group(id_: str, tier: int, spread: str, **more: Any) -> Row:
    return {
        "id": id_,
        "nameNl": id_,
        "nameEn": id_,
        "tier": tier,
        "burden": 1,
        "spread": spread,
        "category": "statutory",
        "legalBasis": "An act, art. 1",
        "legalStatus": "in_force",
        **FIGURE,
        **more,
    }


def _lot(municipality: str, period: str, homes: int) -> Row:
    place = {"municipality": municipality, "form": "social_rent", "period": period}
    return {**place, "likely": homes, "potential": homes + 2, **FIGURE}


def _need(municipality: str, group: str, period: str, households: int) -> Row:
    place = {"municipality": municipality, "group": group, "period": period}
    return {**place, "likely": households, **FIGURE}


SMALL_REGION: dict[str, list[Row]] = {
    "municipalities": [
        {"code": code, "name": NAMES[code], "province": "Utrecht", "validFrom": "2000-01-01"}
        for code in NAMES
    ],
    "regions": [
        {"id": "four", "name": "Four", "municipalities": list(NAMES), "reachKm": 20, "minNeed": 2}
    ],
    "housing-forms": [{"id": "social_rent", "nameNl": "Sociale huur", "nameEn": "Social rent"}],
    "target-groups": [
        _group("status_holders", 1, "region"),
        _group("homeless", 1, "near", maxKm=25),
        _group("informal_care", 2, "home"),
    ],
    "fits": [
        {"form": "social_rent", "group": group, **FIGURE}
        for group in ("status_holders", "homeless", "informal_care")
    ],
    "periods": [
        {"id": year, "start": f"{year}-01-01", "end": f"{year}-12-31"} for year in ("2027", "2028")
    ],
    "indicators": [
        {"id": "population", "nameNl": "Inwoners", "nameEn": "Population", "unit": "persons"}
    ],
    "indicator-values": [
        {"indicator": "population", "municipality": code, "likely": people, **FIGURE}
        for code, people in {A: 40_000, B: 30_000, C: 20_000, D: 10_000}.items()
    ],
    "allocation-keys": [
        {
            "id": "by_population",
            "name": "By population",
            "weights": [{"indicator": "population", "weight": 1}],
            "groups": ["status_holders", "homeless"],
            **FIGURE,
        }
    ],
    "needs": [
        _need(A, "status_holders", "2027", 12),
        _need(B, "status_holders", "2027", 4),
        _need(C, "status_holders", "2028", 4),
        _need(A, "homeless", "2027", 6),
        _need(D, "homeless", "2028", 4),
        _need(B, "informal_care", "2027", 2),
    ],
    "capacities": [
        _lot(A, "2027", 6),
        _lot(B, "2027", 5),
        _lot(C, "2028", 6),
        _lot(D, "2028", 8),
    ],
    "commitments": [
        {
            "municipality": B,
            "groups": ["status_holders"],
            "periods": ["2027"],
            "households": 2,
            "basis": "Regional agreement",
            "state": "agreed",
            **FIGURE,
        }
    ],
    "distances": [
        {"from": start, "to": end, "km": km, **FIGURE}
        for start, end, km in ((A, B, 8), (A, C, 14), (B, C, 9), (C, D, 30), (A, D, 18))
    ],
}
