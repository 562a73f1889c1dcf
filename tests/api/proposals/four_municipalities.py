"""The region everyone knows: four municipalities, two years, three groups."""

from datetime import date
from fractions import Fraction

from services.api.proposals.registry import (
    AccessRate,
    Capacity,
    Ceiling,
    Commitment,
    Distance,
    Group,
    Municipality,
    Need,
    Period,
    Region,
    Registry,
    SharingKey,
    SupportCapacity,
)

A, B, C, D = "GM0001", "GM0002", "GM0003", "GM0004"
NAMES = {A: "Aalburg", B: "Beek", C: "Cuijk", D: "Delft"}
YEARS = (
    Period("2027", date(2027, 1, 1), date(2027, 12, 31)),
    Period("2028", date(2028, 1, 1), date(2028, 12, 31)),
)
STATUS_HOLDERS = Group("status-holders", tier=1, burden=1.0, spread="region")
HOMELESS = Group("homeless", tier=1, burden=1.5, spread="near", max_km=25.0)
CARERS = Group("informal-care", tier=2, burden=0.8, spread="home")
EQUAL = {code: Fraction(1, 4) for code in NAMES}

REGISTRY = Registry(
    region=Region("four", tuple(NAMES), reach_km=20.0),
    municipalities=[Municipality(code, NAMES[code], date(2000, 1, 1)) for code in NAMES],
    periods=YEARS,
    groups=(STATUS_HOLDERS, HOMELESS, CARERS),
    fits=[("social-rent", g) for g in ("status-holders", "homeless", "informal-care")],
    needs=[
        Need(A, "status-holders", "2027", 8),
        Need(B, "status-holders", "2028", 4),
        Need(C, "homeless", "2027", 3),
        Need(D, "informal-care", "2028", 2),
    ],
    capacities=[
        Capacity("lot-a-2027", A, "social-rent", "2027", 6, 8),
        Capacity("lot-b-2027", B, "social-rent", "2027", 6, 8),
        Capacity("lot-c-2028", C, "social-rent", "2028", 6, 8, groups=("homeless",)),
        Capacity("lot-d-2028", D, "social-rent", "2028", 6, 8, district="north"),
    ],
    support=[SupportCapacity("support-1", (A, B, "GM9999"), "ambulatory", "2027", 5)],
    commitments=[Commitment("promise-1", B, ("status-holders", "homeless"), ("2027", "2028"), 5)],
    ceilings=[
        Ceiling("ceiling-1", A, ("status-holders",), ("2027", "2028"), 7),
        Ceiling("ceiling-2", D, ("status-holders",), ("2028",), 2, district="north"),
    ],
    access=[AccessRate(A, "homeless", 0.5)],
    distances=[Distance(A, B, 10.0), Distance(A, "GM9999", 3.0)],
    keys=[SharingKey("population", ("status-holders", "homeless"), EQUAL)],
)
