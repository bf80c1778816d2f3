"""What travels between phone and server, as Structs: page, change, op, result. Bodies, args and results stay raw here,
so that this room knows nothing of places. `python -m server types` prints these as sync/phone/wire.gen.ts."""

import re
from typing import Annotated, Literal

from msgspec import UNSET, Meta, Raw, Struct, UnsetType
from msgspec.json import encode

PAGE_SHAPE = 1
"""The version of a page's shape, last part of the ETag."""
MAX_OPS = 100
MAX_BYTES = 256 * 1024
PAGE_CHANGES = 2000
PAGE_BYTES = 1024 * 1024
DEPTH = 512
"""Objects and lists of a line may stand this deep in one another (PROTOCOL.md, L3)."""

Scope = Literal["public", "guide", "staff"]
SCOPES: tuple[Scope, ...] = ("public", "guide", "staff")

Uuid = Annotated[str, Meta(pattern="^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$")]
Moment = Annotated[str, Meta(pattern=r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?Z$")]


class Change(Struct, frozen=True):
    """The last change of one thing. `v` and `body` are null together: the thing has left this scope."""

    kind: str
    id: str
    v: str | None
    body: Raw | None


class Page(Struct, frozen=True):
    """GET /api/v1/sync/{scope}. `digest` (8 hex) stands only where `more` is false, true at exactly `cursor`."""

    cursor: str
    more: bool
    changes: tuple[Change, ...]
    digest: str | UnsetType = UNSET


class Subject(Struct, frozen=True, forbid_unknown_fields=True):
    kind: str
    id: str


class Op(Struct, frozen=True, forbid_unknown_fields=True):
    """One line of POST /api/v1/ops. `at` is told, never trusted; `base` is the staff `v` that the person saw."""

    id: Uuid
    verb: str
    at: Moment
    subject: Subject
    base: str | None
    args: Raw


class Applied(Struct, frozen=True, tag_field="status", tag="applied"):
    """`seq` by scope: only scopes whose feed this op changed. `result` is left out when the inbox has thinned it."""

    id: str
    again: bool
    seq: dict[str, int]
    result: Raw | UnsetType = UNSET


class Conflict(Struct, frozen=True):
    """A field of an edit that did not go in, since somebody else had changed it after `base`: `mine` is what the person wrote, `theirs`
    what stands. `by` is who wrote that (names are looked up when shown), `on` the day; null where nobody knows. Of stretches `mine` and
    `theirs` are lists of one, with its id and the one member that the conflict is about."""

    field: str
    mine: Raw
    theirs: Raw
    by: str | None
    on: str | None


class Refused(Struct, frozen=True, tag_field="status", tag="refused"):
    """`at` is a JSON pointer into the line; `detail` is Danish, the fallback for words the phone lacks."""

    id: str | None
    again: bool
    code: str
    at: str | UnsetType = UNSET
    limit: int | UnsetType = UNSET
    detail: str | UnsetType = UNSET
    missing: tuple[str, ...] | UnsetType = UNSET
    """`not_ready`: the fields that are lacking."""
    place_ids: tuple[str, ...] | UnsetType = UNSET
    """`in_use`: the places that name this route."""
    name: str | UnsetType = UNSET
    on: str | UnsetType = UNSET
    """`gone`: what the thing was called, and the day on which it went."""
    conflicts: tuple[Conflict, ...] | UnsetType = UNSET
    """`conflict`: each field of the edit, of which none went in."""


class Later(Struct, frozen=True, tag_field="status", tag="later"):
    id: str | None
    code: str
    retry_after_s: int | UnsetType = UNSET


Result = Applied | Refused | Later


class Results(Struct, frozen=True):
    """The answer to POST /api/v1/ops: one result a line, in the order of the lines."""

    epoch: str
    results: tuple[Applied | Refused | Later, ...]


SENT: tuple[type[Struct], ...] = (Page, Results)
TAKEN: tuple[type[Struct], ...] = (Op,)
TYPESCRIPT_TAIL = f"""
export type Result = Applied | Refused | Later;
export type Scope = {" | ".join(f'"{scope}"' for scope in SCOPES)};

/** At most so many ops, and so many bytes of lines, in one request. */
export const MAX_OPS = {MAX_OPS};
export const MAX_BYTES = {MAX_BYTES};
"""
"""What `python -m server types` adds below the interfaces of SENT and TAKEN."""

_UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")


def is_uuid(text: str) -> bool:
    """A lower-case canonical UUID of any version."""
    return _UUID.fullmatch(text) is not None


def join_results(epoch: str, replies: list[bytes]) -> bytes:
    """The answer's bytes, from replies that are encoded already."""
    return b'{"epoch":' + encode(epoch) + b',"results":[' + b",".join(replies) + b"]}"
