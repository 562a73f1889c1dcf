"""What the demo says, in Dutch and in English."""

from dataclasses import dataclass

from services.api.language import Language


@dataclass(frozen=True)
class Words:
    """The texts in one language."""

    starting: str
    loading: str
    loaded: str
    computing: str
    title: str
    legend: str
    municipality: str
    fair_share: str
    committed: str
    proposed: str
    other: str
    limits: str
    extra: str
    reached: str
    no_limit: str
    total: str
    summary: str
    status: dict[str, str]
    housed: str
    waiting: str
    pull: str
    nobody: str
    towards: str
    shortfall: str
    question_hash: str
    plan_hash: str
    seconds: str
    conflict: str
    failed: str
    serving: str
    documentation: str
    key: str
    stop: str


DUTCH = Words(
    starting="Allocator, API en worker starten",
    loading="Voorbeeldregio laden",
    loaded="Voorbeeldregio: {added} rijen toegevoegd, {already_there} waren er al.",
    computing="Voorstel berekenen",
    title="Voorstel per gemeente, {periods} (huishoudens)",
    legend=(
        "Eerlijk deel en voorgesteld: groepen die over de regio worden verdeeld. "
        "Eigen: groepen met een eigen plek (thuis of op een standplaats). "
        "Wat begrenst: huishoudens onder het eerlijke deel van hun groep, met de reden; "
        "een huishouden kan bij twee redenen tellen. "
        "Woningen nodig: wat er bij moet om het eerlijke deel te halen."
    ),
    municipality="gemeente",
    fair_share="eerlijk deel",
    committed="afgesproken",
    proposed="voorgesteld",
    other="eigen",
    limits="wat begrenst",
    extra="woningen nodig",
    reached="eerlijk deel gehaald",
    no_limit="verdeling over de regio",
    total="regio",
    summary="Samenvatting",
    status={
        "optimal": "beste plan gevonden en gecontroleerd",
        "feasible": "goed plan gevonden en gecontroleerd; de tijd was op",
        "infeasible": "geen plan mogelijk",
    },
    housed="huishoudens met een woning",
    waiting="nog wachtend aan het eind",
    pull="grootste voordeel van elders aankloppen",
    nobody="geen",
    towards="{municipality} → {towards}, {group}: {pull} meer kans",
    shortfall="afspraken niet gehaald (huishoudens)",
    question_hash="vraag",
    plan_hash="plan",
    seconds="rekentijd",
    conflict="Deze regels kunnen niet samen gelden:",
    failed="Er is geen voorstel: {reason}",
    serving="Evenwicht draait.",
    documentation="documentatie van de API",
    key="Sleutel van de beheerder. Bewaar hem: hij wordt maar één keer getoond.",
    stop="Stoppen met Ctrl-C.",
)
ENGLISH = Words(
    starting="Starting allocator, API and worker",
    loading="Loading the sample region",
    loaded="Sample region: {added} rows added, {already_there} were there already.",
    computing="Computing the proposal",
    title="Proposal per municipality, {periods} (households)",
    legend=(
        "Fair share and proposed: groups that are shared out over the region. "
        "Own: groups with a place of their own (at home or on a site). "
        "What limits it: households short of the fair share of their group, and why; "
        "a household may count for two reasons. "
        "Homes needed: what must be added to reach the fair share."
    ),
    municipality="municipality",
    fair_share="fair share",
    committed="committed",
    proposed="proposed",
    other="own",
    limits="what limits it",
    extra="homes needed",
    reached="fair share reached",
    no_limit="division over the region",
    total="region",
    summary="Summary",
    status={
        "optimal": "best plan found and checked",
        "feasible": "good plan found and checked; time ran out",
        "infeasible": "no plan is possible",
    },
    housed="households with a home",
    waiting="still waiting at the end",
    pull="largest gain from asking elsewhere",
    nobody="none",
    towards="{municipality} → {towards}, {group}: {pull} more chance",
    shortfall="commitments not met (households)",
    question_hash="question",
    plan_hash="plan",
    seconds="computing time",
    conflict="These rules cannot hold together:",
    failed="There is no proposal: {reason}",
    serving="Evenwicht is running.",
    documentation="documentation of the API",
    key="Key of the administrator. Keep it: it is shown only once.",
    stop="Stop with Ctrl-C.",
)
WORDS: dict[Language, Words] = {"nl": DUTCH, "en": ENGLISH}
