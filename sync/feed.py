"""The feed: the last change of every (scope, kind, id), in order. Rules in PROTOCOL.md (F)."""

import hashlib
from dataclasses import dataclass

from msgspec.json import encode

from sync.cursor import Cursor, Resync, check_epoch, parse
from sync.sql import Tx, load
from sync.wire import PAGE_BYTES, PAGE_CHANGES, PAGE_SHAPE, SCOPES

SQL = load(__file__)


@dataclass(frozen=True, slots=True)
class Mark:
    """Where a scope stands, seen from one cursor. Enough to answer 304 without making the page."""

    epoch: str
    head: int
    since: str | None
    digest: int

    @property
    def etag(self) -> str:
        return f'W/"{self.epoch}.{self.head}.{self.since or ""}.{PAGE_SHAPE}"'


@dataclass(frozen=True, slots=True)
class Page:
    """One page. `digest` (8 hex) only where `more` is false. A change is (kind, id, v, body); v and body are None
    together."""

    mark: Mark
    cursor: str
    more: bool
    digest: str | None
    changes: list[tuple[str, str, str | None, bytes | None]]

    @property
    def epoch(self) -> str:
        return self.mark.epoch

    @property
    def head(self) -> int:
        return self.mark.head

    def encode(self) -> bytes:
        """The page as JSON: bodies are the stored bytes, never encoded again."""
        changes = b",".join(
            b'{"kind":%b,"id":%b,"v":%b,"body":%b}'
            % (encode(kind), encode(id_), encode(v), b"null" if body is None else body)
            for kind, id_, v, body in self.changes
        )
        digest = b"" if self.digest is None else b',"digest":' + encode(self.digest)
        more = b"true" if self.more else b"false"
        return b'{"cursor":%b,"more":%b%b,"changes":[%b]}' % (encode(self.cursor), more, digest, changes)


def begin(tx: Tx, epoch: str) -> None:
    """Begins the feed of a new database. `epoch` is random (e.g. 8 hex), 1-64 of A-Z a-z 0-9 _ -."""
    SQL.run(tx, "begin_epoch", epoch=check_epoch(epoch))
    for scope in SCOPES:
        SQL.run(tx, "begin_scope", scope=scope)


def new_epoch(tx: Tx, epoch: str) -> None:
    """Begins a new epoch, after a restore: every phone reads afresh. ValueError where it is the one there is."""
    if epoch == _epoch(tx):
        raise ValueError("a new epoch differs from the one before")
    SQL.run(tx, "set_epoch", epoch=check_epoch(epoch))


def epoch(tx: Tx) -> str:
    """The epoch of this database. LookupError before `begin`."""
    return _epoch(tx)


def heads(tx: Tx) -> dict[str, int]:
    """The head of every scope."""
    return dict(SQL.rows(tx, "heads"))


def head(tx: Tx, scope: str) -> int:
    """The head of one scope. LookupError for a scope that is none."""
    return _mark(tx, scope, None).head


def stands(tx: Tx, scope: str) -> tuple[str, int] | None:
    """(epoch, head) of one scope in one statement by key, to see whether an answer still holds; None for a scope that is none."""
    row = SQL.row(tx, "stands", scope=scope)
    return None if row is None else (row[0], row[1])


def current(tx: Tx, scope: str, kind: str, id_: str) -> tuple[str, bytes] | None:
    """(v, body) of what is live now, None where it is not there or has left."""
    row = SQL.row(tx, "current", scope=scope, kind=kind, id=id_)
    return None if row is None or row[1] is None else (row[0], row[1])


def v_of(kind: str, id_: str, body: bytes) -> str:
    """First 8 hex of SHA-256(kind "\\n" id "\\n" body as stored)."""
    return hashlib.sha256(f"{kind}\n{id_}\n".encode() + body).hexdigest()[:8]


def put(tx: Tx, scope: str, kind: str, id_: str, body: bytes | None) -> int | None:
    """Puts a body, or None for a tombstone. Returns the change's seq; None where nothing changed: equal bytes, or a
    tombstone for what is not there. Only `server/publish.py` calls this."""
    row = SQL.row(tx, "current", scope=scope, kind=kind, id=id_)
    old_v, old_body = (None, None) if row is None else row
    if body == old_body:
        return None
    v = None if body is None else v_of(kind, id_, body)
    moved = SQL.row(tx, "advance", scope=scope, more=_number(v) - _number(old_v))
    if moved is None:
        raise _no_scope(scope)
    SQL.run(tx, "put", scope=scope, kind=kind, id=id_, seq=moved[0], v=v, body=body)
    return int(moved[0])


def mark(tx: Tx, scope: str, since: str | None) -> Mark:
    """Checks a cursor and tells where the scope stands. Raises BadCursor for what can not be parsed, Resync iff the
    epoch differs or seq or floor is above the head."""
    found = _mark(tx, scope, since)
    _after(found)
    return found


def page(
    tx: Tx, scope: str, since: str | None, *, max_changes: int = PAGE_CHANGES, max_bytes: int = PAGE_BYTES
) -> Page:
    """The page after `since` (None: a first read). At most `max_changes` changes and `max_bytes` of bodies, yet at
    least one change however large. `tx` is one read transaction, so `more`, `digest` and `cursor` are true together.
    Raises as `mark`."""
    found = _mark(tx, scope, since)
    cursor = _after(found)
    after, floor = cursor.seq, cursor.floor or 0
    lengths = SQL.rows(tx, "page_lengths", scope=scope, after=after, floor=floor, rows=max_changes + 1)
    taken = size = 0
    for _, length in lengths[:max_changes]:
        size += length
        if taken and size > max_bytes:
            break
        taken += 1
    changes = (
        SQL.rows(tx, "page_changes", scope=scope, after=after, floor=floor, last=lengths[taken - 1][0]) if taken else []
    )
    if taken < len(lengths):
        return Page(found, str(Cursor(found.epoch, lengths[taken - 1][0], cursor.floor)), True, None, changes)
    return Page(found, str(Cursor(found.epoch, found.head)), False, f"{found.digest:08x}", changes)


def _epoch(tx: Tx) -> str:
    row = SQL.row(tx, "epoch")
    if row is None:
        raise LookupError("the feed has not begun")
    return str(row[0])


def _mark(tx: Tx, scope: str, since: str | None) -> Mark:
    row = SQL.row(tx, "mark", scope=scope)
    if row is None:
        raise _no_scope(scope)
    return Mark(row[0], row[1], since, row[2])


def _no_scope(scope: str) -> LookupError:
    return LookupError(f"the feed has no scope {scope!r}, or has not begun")


def _after(mark: Mark) -> Cursor:
    """Where to read on from: a first read begins at 0 with the head as its floor."""
    if mark.since is None:
        return Cursor(mark.epoch, 0, mark.head)
    cursor = parse(mark.since)
    if cursor.epoch != mark.epoch or cursor.seq > mark.head or (cursor.floor or 0) > mark.head:
        raise Resync(mark.since)
    return cursor


def _number(v: str | None) -> int:
    return 0 if v is None else int(v, 16)
