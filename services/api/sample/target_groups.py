"""The eleven target groups, the housing forms, and which form suits which group."""

from dataclasses import dataclass

from services.api.sample.figures import CHOSEN_ON, Body, figure, illustrative

_SUPPORT_AND_BURDEN = (
    "Burden, distance and support are illustrative: chosen for the sample region, no source."
)
_MRA_LIST = "List of groups: Metropoolregio Amsterdam, questions and answers on priority groups"
_WVRV = "Wet versterking regie volkshuisvesting (36512), urgency category"
_WVRV_NOTE = (
    "Category as described by NUL20 on the bill; that the act is in force since 2026-07-01 comes "
    "from a secondary source, and the decree (Besluit) is expected on 2027-01-01. Check both."
)


@dataclass(frozen=True)
class Group:
    """A target group as the sample describes it."""

    id: str
    name_nl: str
    name_en: str
    tier: int
    burden: float
    spread: str
    category: str
    legal_basis: str
    legal_status: str
    note: str
    max_km: int | None = None
    support: tuple[str, int] | None = None


GROUPS = (
    Group(
        "status_holders",
        "Statushouders",
        "Status holders",
        1,
        1.0,
        "region",
        "statutory",
        "Huisvestingswet 2014, art. 28-29 (taakstelling vergunninghouders)",
        "in_force",
        "Text read in a consolidation before May 2017; bill 36831 on urgency for this group was "
        "pending in February 2026. Art. 29(2) lets municipalities trade while the sum stays equal.",
        support=("integration", 2),
    ),
    Group(
        "homeless",
        "Dak- en thuislozen",
        "Homeless people",
        1,
        1.6,
        "near",
        "regional",
        "Group of the Metropoolregio Amsterdam; homeless families with children by amendment to "
        "the Wet versterking regie volkshuisvesting",
        "unverified",
        "Final text of the amendment not verified. Near: school, work and care stay in reach.",
        max_km=25,
        support=("ambulatory", 2),
    ),
    Group(
        "shelter_outflow",
        "Uitstroom maatschappelijke opvang",
        "Outflow from homeless shelter",
        1,
        1.6,
        "near",
        "statutory",
        f"{_WVRV} outflow from homeless shelter",
        "unverified",
        f"{_WVRV_NOTE} Outflow from women's shelters is not counted apart.",
        max_km=25,
        support=("ambulatory", 1),
    ),
    Group(
        "sheltered_housing_outflow",
        "Uitstroom beschermd wonen",
        "Outflow from sheltered housing",
        1,
        1.5,
        "near",
        "statutory",
        f"{_WVRV} outflow from sheltered housing and mental health care",
        "unverified",
        f"{_WVRV_NOTE} Near: the care team goes along.",
        max_km=20,
        support=("ambulatory", 2),
    ),
    Group(
        "youth_care_outflow",
        "Uitstroom jeugdhulp",
        "Outflow from youth care",
        1,
        1.3,
        "near",
        "statutory",
        f"{_WVRV} outflow from youth care",
        "unverified",
        f"{_WVRV_NOTE} Near: the network stays in reach.",
        max_km=20,
        support=("ambulatory", 1),
    ),
    Group(
        "detention_outflow",
        "Uitstroom detentie",
        "Outflow from detention",
        1,
        1.3,
        "home",
        "statutory",
        f"{_WVRV} outflow from detention",
        "unverified",
        f"{_WVRV_NOTE} Home: the municipality of origin is assumed to house.",
        support=("ambulatory", 1),
    ),
    Group(
        "medical_urgency",
        "Medisch urgenten",
        "Medical urgency",
        1,
        1.0,
        "home",
        "statutory",
        f"{_WVRV} serious illness",
        "unverified",
        f"{_WVRV_NOTE} Home: tailored, not spread.",
    ),
    Group(
        "informal_care",
        "Mantelzorg (geven of ontvangen)",
        "Informal care (giving or receiving)",
        1,
        0.8,
        "home",
        "statutory",
        f"{_WVRV} giving or receiving informal care",
        "unverified",
        f"{_WVRV_NOTE} Home: the relative lives there. Receivers may come from elsewhere.",
    ),
    Group(
        "labour_migrants",
        "Arbeidsmigranten",
        "Labour migrants",
        2,
        0.9,
        "near",
        "regional",
        "None found; group of the Metropoolregio Amsterdam",
        "none",
        "Near: housing close to work.",
        max_km=30,
    ),
    Group(
        "caravan_dwellers",
        "Woonwagenbewoners",
        "Caravan dwellers",
        2,
        0.7,
        "sites",
        "regional",
        "Municipal policy must facilitate a cultural right (municipal bulletin gmb-2023-564038)",
        "unverified",
        "Sites: only on pitches.",
    ),
    Group(
        "students",
        "Studenten",
        "Students",
        2,
        0.4,
        "sites",
        "regional",
        "None found; group of the Metropoolregio Amsterdam",
        "none",
        "Sites: only in student units and shared homes that list them.",
    ),
)

_FORMS = {
    "social_rent": ("Sociale huurwoning", "Independent social-rent home"),
    "flex": ("Flexwoning", "Flex home"),
    "shared": ("Kamer of gedeelde woning", "Room or shared home"),
    "clustered": ("Geclusterde woning", "Clustered home with support nearby"),
    "housing_first": ("Housing First", "Housing First"),
    "short_stay": ("Short stay", "Short stay"),
    "pitch": ("Woonwagenstandplaats", "Caravan pitch"),
    "student_unit": ("Studenteneenheid", "Student unit"),
}

_MOST_URGENT = tuple(group.id for group in GROUPS if group.tier == 1)

_FITS = {
    "social_rent": _MOST_URGENT,
    "flex": ("status_holders", "homeless", "shelter_outflow", "detention_outflow"),
    "shared": (
        "status_holders",
        "youth_care_outflow",
        "detention_outflow",
        "labour_migrants",
        "students",
    ),
    "clustered": ("sheltered_housing_outflow", "youth_care_outflow", "medical_urgency"),
    "housing_first": ("homeless",),
    "short_stay": ("labour_migrants",),
    "pitch": ("caravan_dwellers",),
    "student_unit": ("students",),
}


def target_group_bodies() -> list[Body]:
    """Give the eleven groups; their burden is illustrative."""
    return [_group_body(group) for group in GROUPS]


def housing_form_bodies() -> list[Body]:
    """Give the eight housing forms."""
    return [
        {"id": form, "nameNl": dutch, "nameEn": english}
        for form, (dutch, english) in _FORMS.items()
    ]


def fit_bodies() -> list[Body]:
    """Give every pair of a form and a group that it suits."""
    return [
        {
            "form": form,
            "group": group,
            **illustrative("A planner decides which homes suit which group."),
        }
        for form, groups in _FITS.items()
        for group in groups
    ]


def _group_body(group: Group) -> Body:
    body: Body = {
        "id": group.id,
        "nameNl": group.name_nl,
        "nameEn": group.name_en,
        "tier": group.tier,
        "burden": group.burden,
        "spread": group.spread,
        "size": {},
        "support": {},
        "category": group.category,
        "legalBasis": group.legal_basis,
        "legalStatus": group.legal_status,
        **figure(_MRA_LIST, CHOSEN_ON, "illustrative", f"{_SUPPORT_AND_BURDEN} {group.note}"),
    }
    if group.max_km is not None:
        body["maxKm"] = group.max_km
    if group.support is not None:
        kind, years = group.support
        body["support"] = {kind: {"slots": 1, "periods": years}}
    return body
