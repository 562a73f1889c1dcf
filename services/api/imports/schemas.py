"""Imports on the wire."""

from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field
from pydantic.alias_generators import to_camel

from services.api.crud.fields import LongText, ShortText, Slug
from services.api.imports.numbers import NumberFormat
from shared.contract.fields import Strict

State = Literal["uploaded", "ready", "applied", "failed"]
OnExisting = Literal["replace", "skip", "refuse"]
Label = Annotated[str, Field(min_length=1, max_length=200)]
Heading = Annotated[str, Field(min_length=1, max_length=32_767)]


class _Out(BaseModel):
    """What is answered, in camelCase."""

    model_config = ConfigDict(alias_generator=to_camel, populate_by_name=True)


class ChoicesIn(Strict):
    """How a file is read: which column is which field, and what the file does not say."""

    columns: dict[Heading, ShortText | None] = Field(
        default_factory=dict,
        description="Per heading of the file the field that its cells go to; null, or left out: "
        "the column is not read. Empty for a file with a profile, which knows its columns.",
        examples=[{"gemeente": "municipality", "aantal": "likely", "kleur": None}],
        max_length=100,
    )
    constants: dict[ShortText, Any] = Field(
        default_factory=dict,
        description="Per field a value that holds for every row; a cell that is filled in goes "
        "before it.",
        examples=[{"source": "Monitor 2026", "referenceDate": "2026-01-01"}],
        max_length=100,
    )
    number_format: Literal["nl", "en"] | None = Field(
        default=None,
        description="Language of the numbers: 1.234,5 (nl) or 1,234.5 (en). Null: each column "
        "tells by itself; where it does not, `number_not_clear` asks for a choice.",
        examples=["nl"],
    )
    on_existing: OnExisting = Field(
        default="replace",
        description="What is done with a row that the registry has already, by its id or else by "
        "its key fields: `replace` it as a whole, `skip` it, or `refuse` the file.",
        examples=["replace"],
    )
    groups: dict[Label, Slug | None] = Field(
        default_factory=dict,
        description="What the file calls a target group, and its id; null leaves its rows out.",
        examples=[{"Statushouders": "status_holders"}],
        max_length=1_000,
    )
    periods: dict[Label, Slug | None] = Field(
        default_factory=dict,
        description="What the file calls a plan period, and its id; null leaves its rows out.",
        examples=[{"2028": "2028"}],
        max_length=1_000,
    )
    forms: dict[Label, Slug | None] = Field(
        default_factory=dict,
        description="What the file calls a housing form, and its id; null leaves its rows out.",
        examples=[{"Sociale huur": "social_rent"}],
        max_length=1_000,
    )


class ApplicationIn(Strict):
    """Why the rows are stored."""

    reason: LongText | None = Field(
        default=None,
        description="Reason, kept with every row that changes; else that of `Change-Reason`.",
        examples=["Monitor van 2026"],
    )


class ImportColumn(_Out):
    """A column of the file."""

    heading: str = Field(description="What stands above it.", examples=["aantal"])
    samples: list[str] = Field(description="Its first cells, as text.", examples=[["1.250"]])
    suggested: str | None = Field(
        description="The field that it looks like; null: none.", examples=["likely"]
    )
    number_format: NumberFormat | None = Field(
        description="Language of its numbers, where its cells tell.", examples=["nl"]
    )
    must_be_chosen: bool = Field(
        description="Whether its numbers differ in the two languages and no cell tells which.",
        examples=[False],
    )


class ImportCounts(_Out):
    """How many rows of the file do what."""

    added: int = Field(ge=0, description="Rows that the registry did not have.", examples=[12])
    changed: int = Field(ge=0, description="Rows that become different.", examples=[3])
    unchanged: int = Field(ge=0, description="Rows that are the same already.", examples=[25])
    left_out: int = Field(ge=0, description="Rows that are not wanted.", examples=[0])
    faulty: int = Field(ge=0, description="Rows that cannot be stored.", examples=[0])


class ImportOut(_Out):
    """A file that was read, and how far it is."""

    id: str = Field(
        description="Id of the import.", examples=["9a7c2f6e-30a5-4c7f-8a0e-0b1f7a6d6c55"]
    )
    noun: str = Field(description="Collection that the rows go to.", examples=["needs"])
    profile: str | None = Field(description="Layout that the file has.", examples=["cbs-85980ned"])
    file_name: str | None = Field(description="Name of the file.", examples=["monitor.csv"])
    state: State = Field(
        description="`uploaded`: columns are to be chosen; `ready`: it can be previewed; "
        "`applied`; or `failed`: not applied within a day, and thrown away.",
        examples=["uploaded"],
    )
    columns: list[ImportColumn] = Field(description="The columns of the file.")
    number_format: NumberFormat | None = Field(
        description="Language of the numbers, where all columns that tell agree.",
        examples=["nl"],
    )
    rows: int = Field(ge=0, description="Rows below the headings.", examples=[40])
    left_out: int = Field(
        ge=0, description="Other rows, that a profile never stores.", examples=[0]
    )
    choices: ChoicesIn | None = Field(description="What was chosen; null: nothing yet.")
    counts: ImportCounts | None = Field(description="What was done; null: nothing yet.")
    created_at: datetime = Field(description="When it was sent.", examples=["2026-11-24T09:00:00Z"])
    applied_at: datetime | None = Field(
        description="When it was applied.", examples=["2026-11-24T09:05:00Z"]
    )
    change: int | None = Field(
        description="Number of the first change that it made.", examples=[1201]
    )
    links: dict[str, str] = Field(
        description="Addresses of what can be done with it.",
        examples=[{"choices": "/v1/imports/9a7c2f6e-30a5-4c7f-8a0e-0b1f7a6d6c55/choices"}],
    )


class ImportPage(_Out):
    """One page of imports, the newest first."""

    items: list[ImportOut] = Field(description="The imports.")
    total: int = Field(ge=0, description="Imports in the whole list.", examples=[1])


class RowFault(_Out):
    """What is wrong with a row."""

    row: int = Field(ge=1, description="Number of the row in the file.", examples=[7])
    heading: str | None = Field(
        description="Heading of the cell; null: not one cell.", examples=["aantal"]
    )
    field: str | None = Field(description="Field; null: the whole row.", examples=["likely"])
    code: str = Field(description="What kind of fault.", examples=["number_not_clear"])
    message: str = Field(
        description="The fault in words.", examples=["'1.234' is one number in Dutch and another."]
    )
    nl: str = Field(
        description="The kind of fault in Dutch.",
        examples=["Dit getal betekent iets anders in het Nederlands dan in het Engels."],
    )


class PreviewRow(_Out):
    """What a row of the file would do."""

    row: int = Field(ge=1, description="Number of the row in the file.", examples=[7])
    outcome: Literal["added", "changed", "unchanged", "leftOut", "faulty"] = Field(
        description="What it would do.", examples=["changed"]
    )
    before: dict[str, Any] | None = Field(
        description="The row of the registry as it is; null: there is none.",
        examples=[{"likely": 90}],
    )
    after: dict[str, Any] | None = Field(
        description="The row as it would be; null: it is faulty or not wanted.",
        examples=[{"likely": 100}],
    )
    faults: list[RowFault] = Field(description="What is wrong with it.")


class PreviewOut(_Out):
    """What a file would do, row by row; nothing is stored."""

    counts: ImportCounts = Field(description="For the whole file.")
    items: list[PreviewRow] = Field(description="The rows asked for, in the order of the file.")
    total: int = Field(ge=0, description="Rows in the whole list.", examples=[3])
    faults: list[RowFault] = Field(description="The first thousand faults of the whole file.")


class ApplicationOut(_Out):
    """What was stored, all of it in one transaction."""

    added: int = Field(ge=0, description="Rows added.", examples=[12])
    changed: int = Field(ge=0, description="Rows replaced.", examples=[3])
    unchanged: int = Field(ge=0, description="Rows that were the same already.", examples=[25])
    left_out: int = Field(ge=0, description="Rows that are not wanted.", examples=[0])
    change: int | None = Field(
        description="Number of the first change in the history; null: nothing changed.",
        examples=[1201],
    )
