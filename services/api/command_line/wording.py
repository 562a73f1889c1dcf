"""What the command line says, in Dutch and in English."""

from typing import NamedTuple

from services.api.language import Language

NOT_KNOWN = "–"


class Said(NamedTuple):
    """A text in the two languages of the product."""

    nl: str
    en: str

    def to(self, lang: Language) -> str:
        """Give the text in one language."""
        return self.nl if lang == "nl" else self.en


MUNICIPALITY = Said("gemeente", "municipality")
GROUPS = Said("groepen", "groups")
PERIODS = Said("perioden", "periods")
HOUSEHOLDS = Said("huishoudens", "households")
STATE = Said("stand", "state")
TOTAL = Said("totaal", "total")
STATES = {
    "draft": Said("concept", "draft"),
    "offered": Said("aangeboden", "offered"),
    "agreed": Said("afgesproken", "agreed"),
    "amended": Said("aangepast", "amended"),
    "fulfilled": Said("nagekomen", "fulfilled"),
    "withdrawn": Said("ingetrokken", "withdrawn"),
    "expired": Said("verlopen", "expired"),
}
COMMITMENTS = Said("Afspraken", "Commitments")
IN_FORCE = Said("van kracht", "in force")

LEDGER = Said(
    "Taakstelling {half_year}, stand op {on} (personen)",
    "Quota ledger {half_year}, on {on} (persons)",
)
TASK = Said("taak", "task")
REALISED = Said("gehuisvest", "housed")
PACE = Said("verwacht tempo", "expected pace")
BALANCE = Said("saldo", "balance")
EARLIER = Said("saldo met eerder", "with earlier")
LEDGER_LEGEND = Said(
    "Taak: na ruil tussen gemeenten. Saldo: gehuisvest min taak, zonder en met eerdere "
    "halfjaren; onder nul is achterstand. – is onbekend.",
    "Task: after trades between municipalities. Balance: housed minus task, without and with "
    "earlier half-years; below zero is behind. – is not known.",
)

MONEY = Said("Geld in {region}, {stretch} (hele euro's)", "Money in {region}, {stretch} (euro)")
ALL_PERIODS = Said("alle perioden", "all periods")
COST = Said("kosten", "cost")
RECEIVED = Said("ontvangen", "received")
NET = Said("netto", "net")
EQUAL_BURDEN = Said("gelijke lasten", "equal burden")
SETTLE = Said("te verrekenen", "to settle")
MONEY_LEGEND = Said(
    "Te verrekenen: wat een gemeente zou betalen aan de andere; onder nul ontvangt ze. "
    "– is onbekend; gelijke lasten vragen een sleutel (--allocation-key).",
    "To settle: what a municipality would pay to the others; below zero it receives. "
    "– is not known; an equal burden needs a key (--allocation-key).",
)

PROPOSAL = Said("Voorstel {name} ({state})", "Proposal {name} ({state})")
FAIR_SHARE = Said("eerlijk deel", "fair share")
COMMITTED = Said("nu afgesproken", "committed now")
PROPOSED = Said("voorstel", "proposed")
LIMITS = Said("wat het tegenhoudt", "what limits it")
REACHED = Said("eerlijk deel gehaald", "fair share reached")
NO_LIMIT = Said("verdeling over de regio", "division over the region")
PROPOSAL_STATES = {
    "queued": Said("wacht", "queued"),
    "running": Said("wordt berekend", "running"),
    "ready": Said("klaar", "ready"),
    "infeasible": Said("geen plan mogelijk", "no plan is possible"),
    "failed": Said("mislukt", "failed"),
    "cancelled": Said("afgebroken", "cancelled"),
}
COMPUTING = Said("Voorstel berekenen", "Computing the proposal")
READY = Said(
    "Voorstel {id} is klaar: {municipalities} gemeenten, {households} huishoudens.",
    "Proposal {id} is ready: {municipalities} municipalities, {households} households.",
)
NOT_READY = Said(
    "Voorstel {id}: {state}. {reason}",
    "Proposal {id}: {state}. {reason}",
)
FIGURES_CHANGED = Said(
    "Sinds dit voorstel zijn {count} cijfers gewijzigd ({nouns}).",
    "Since this proposal {count} figures have changed ({nouns}).",
)

VERSIONS = Said("Versies van {noun} {id}", "Versions of {noun} {id}")
VERSION = Said("versie", "version")
WHEN = Said("wanneer", "when")
WHO = Said("wie", "who")
WHAT = Said("wat", "what")
WHY = Said("waarom", "why")
ACTIONS = {
    "created": Said("nieuw", "created"),
    "replaced": Said("gewijzigd", "replaced"),
    "deleted": Said("verwijderd", "deleted"),
    "signed": Said("getekend", "signed"),
}
CHANGES = Said("gewijzigd", "changed")

PREVIEW = Said("Wat er verandert in {noun}", "What changes in {noun}")
LINE = Said("regel", "row")
WAS = Said("was", "was")
BECOMES = Said("wordt", "becomes")
FIELD = Said("veld", "field")
FAULTS = Said("Wat er niet klopt", "What is wrong")
FAULT = Said("reden", "reason")
NEW_ROW = Said("nieuwe regel", "new row")
AND_MORE = Said("en nog {more} regels", "and {more} more rows")
SURE = Said("{changed} regels opslaan?", "Store {changed} rows?")
COUNTED = Said(
    "{added} nieuw, {changed} gewijzigd, {unchanged} ongewijzigd, {faulty} met fouten.",
    "{added} new, {changed} changed, {unchanged} unchanged, {faulty} with faults.",
)
IMPORTED = Said(
    "Ingelezen in {noun}: {added} nieuw, {changed} gewijzigd, {unchanged} ongewijzigd.",
    "Imported into {noun}: {added} new, {changed} changed, {unchanged} unchanged.",
)
NO_ROWS = Said(
    "{file} is geen lijst met regels van {noun} in JSON. Er is niets opgeslagen.",
    "{file} is no list of rows of {noun} in JSON. Nothing was stored.",
)
NOT_IMPORTED = Said("Er is niets opgeslagen.", "Nothing was stored.")
EXPORTED = Said("{file} geschreven ({size}).", "{file} written ({size}).")

KEYS = Said("Sleutels", "Keys")
KEY = Said("sleutel", "key")
LABEL = Said("naam", "label")
MEMBER = Said("lid", "member")
EXPIRES = Said("verloopt", "expires")
REVOKED = Said("ingetrokken", "revoked")
KEY_MADE = Said(
    "Sleutel {id} voor {label}; bewaar hem nu, hij is niet meer op te vragen:",
    "Key {id} for {label}; keep it now, it cannot be shown again:",
)
KEY_REVOKED = Said("Sleutel {id} werkt niet meer.", "Key {id} works no more.")
KEYS_THERE = Said(
    "Er zijn al sleutels; een beheerder maakt nieuwe met `keys new`.",
    "There are keys already; an administrator makes new ones with `keys new`.",
)

NO_HEADS = Said(
    "In {file} staan geen schakels zoals `evenwicht audit head --json` ze schrijft.",
    "{file} has no links as `evenwicht audit head --json` writes them.",
)
HEADS = Said("Laatste schakel per organisatie", "Last link per organisation")
CHAIN = Said("organisatie", "organisation")
NUMBER = Said("nummer", "number")
HASH = Said("hash", "hash")
UNBROKEN = Said(
    "{entries} wijzigingen van {chains} organisaties nagerekend: alles klopt.",
    "{entries} changes of {chains} organisations recomputed: all is as it was.",
)
WHERE = Said("waar", "where")
NUMBER_BROKEN = Said("nummer {} ontbreekt of staat er twee keer", "number {} is missing or twice")
PREVIOUS_BROKEN = Said(
    "wijziging {} sluit niet aan op die ervoor", "change {} does not follow the one before it"
)
HASH_BROKEN = Said("wijziging {} is achteraf veranderd", "change {} was changed afterwards")
HEAD_BROKEN = Said(
    "wijziging {} is niet de wijziging die eerder is genoteerd",
    "change {} is not the one that was written down before",
)
BROKEN = Said("Niet zoals het was", "Not as it was")
FORMAT_UNKNOWN = Said(
    "Geef het bestand een naam met .csv, .xlsx of .json, of kies --format ({formats}).",
    "Name the file .csv, .xlsx or .json, or choose --format ({formats}).",
)
MIGRATED = Said(
    "De database en de wachtrij hebben de nieuwste indeling.",
    "The database and the job queue have the newest layout.",
)
