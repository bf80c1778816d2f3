"""What apply_import takes: the file that was read, under which name, and what staff chose where it left a choice; and what the desk
asks of a file before that."""

import datetime
from typing import Annotated, Final, Literal

from msgspec import Meta, Raw, field

from server.model.values import Id, Sha256, Value, Words

ThingKind = Literal["facility", "route", "place"]
Crs = Annotated[int, Meta(ge=1024, le=32_767)]
"""An EPSG number."""


class FieldOf(Value, frozen=True, kw_only=True):
    """One field of one thing, as `conflicts` names it."""

    kind: ThingKind
    id: Id
    field: Words


class ThingOf(Value, frozen=True, kw_only=True):
    """One thing, as `gone` names it."""

    kind: ThingKind
    id: Id


class Choices(Value, frozen=True, kw_only=True):
    """`take`: fields that become what the register says, though a person wrote something else here; of all others what stands here stays.
    `keep`: things that the register has no more, and that stay. `crs` and `lat_first`: how coordinates were read because somebody said so,
    remembered of the source."""

    take: Annotated[tuple[FieldOf, ...], Meta(max_length=2_000)] = ()
    keep: Annotated[tuple[ThingOf, ...], Meta(max_length=2_000)] = ()
    crs: Crs | None = None
    lat_first: bool | None = None


class ApplyImport(Value, frozen=True, kw_only=True):
    """args of apply_import. `blob`: SHA-256 of the file, whose lines lie in DATA_DIR/imports/<blob>.ndjson; of one that the desk has read,
    that of its lines. `name`: the file's.

    `source` null: each layer goes by its own name."""

    blob: Sha256
    source: Words | None = None
    choices: Choices = field(default_factory=Choices)
    name: Words | None = None


class Column(Value, frozen=True, kw_only=True):
    """How one column of a table is to be read: `read_as` is a field of the import's, "" where it is left aside."""

    heading: Annotated[str, Meta(min_length=1, max_length=1_000)]
    read_as: Annotated[str, Meta(max_length=40)]


class Reading(Value, frozen=True, kw_only=True):
    """How a file is to be read where it does not say so itself, or says it wrongly. `seen_on`: the day of rows without one. `saved_on`: the
    day on which the file was saved."""

    lat_first: bool | None = None
    columns: Annotated[tuple[Column, ...], Meta(max_length=200)] = ()
    seen_on: datetime.date | None = None
    saved_on: datetime.date | None = None


class ReadImport(Value, frozen=True, kw_only=True):
    """What POST /api/v1/imports takes. `blob`: SHA-256 of the file that was sent before; `name`: its name, whose ending says what it is."""

    blob: Sha256
    name: Words
    source: Words | None = None
    crs: Crs | None = None
    choices: Reading = field(default_factory=Reading)


NOTHING_FOUND: Final = Raw(b"null")


class Importer(Value, frozen=True, kw_only=True):
    """Who asked for it, or brought it in."""

    id: str
    name: str | None


class ImportJob(Value, frozen=True, kw_only=True):
    """How far the reading of a file is. `rows` of `of` are read; `step` is what is done with them; `ahead`: how many files are read before
    it. `refused`: why it was not read, in Danish. `found`: what a dry run came to (docs/wire.md), once it is ready; `moved`: something here
    was changed since; `imported`: just this went in."""

    id: Sha256
    asked: ReadImport
    by: Importer
    at: str
    state: Literal["waiting", "reading", "ready", "failed"]
    step: Literal["reading", "trying"] | None = None
    rows: int = 0
    of: int | None = None
    ahead: int = 0
    refused: str | None = None
    found: Raw = field(default_factory=lambda: NOTHING_FOUND)
    moved: bool = False
    imported: bool = False


class ImportSum(Value, frozen=True, kw_only=True):
    """A file that went in, and how many of its rows were what."""

    at: str
    by: Importer
    name: str | None
    source: str | None
    new: int
    changed: int
    unchanged: int
    left_out: int


class ImportList(Value, frozen=True, kw_only=True):
    """`under_way`: files that were read at the desk, or are to be, without what was found; the newest first, of both."""

    under_way: list[ImportJob]
    imported: list[ImportSum]
