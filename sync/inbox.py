"""The inbox: lines in, each op once. Reading a line, and remembering its first reply (PROTOCOL.md, L and O)."""

import hashlib
import re
from datetime import datetime
from typing import Any

from msgspec import UNSET, DecodeError, Raw, Struct, ValidationError, convert
from msgspec.json import decode

from sync.sql import Tx, load
from sync.wire import DEPTH, Moment, Op, Refused, Subject, is_uuid
from sync.wrong import explain

SQL = load(__file__)

_NESTING = re.compile(rb'[\[{]|[\]}]|"(?:[^"\\]++|\\.)*+"?', re.DOTALL)
_MEMBERS = frozenset(Op.__struct_fields__)
_SUBJECT = frozenset(Subject.__struct_fields__)


class ReadOp(Op, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An op as read. `unknown` is the pointer of a member beside `args` (or in `subject`) that this server does not
    know: after the hash check it answers `later`, `unknown_verb`, as one inside `args` does."""

    sha256: bytes
    unknown: str | None = None


class LineRefused(Exception):
    """A line that is no op. `reply` is Refused with `bad_line` (id null) or `invalid` (id as sent, if it is a string).
    `op_id` is set where the id is valid: this reply is remembered under it, after the hash check. Where it is None the
    reply is never remembered."""

    def __init__(self, reply: Refused, op_id: str | None = None) -> None:
        super().__init__(reply.code)
        self.reply = reply
        self.op_id = op_id


class IdReused(Exception):
    """This id came before with other bytes: refused, `id_reused`."""


class _Subject(Struct):
    kind: str
    id: str


class _Frame(Struct):
    verb: str
    at: Moment
    subject: _Subject
    base: str | None
    args: dict[str, Any]


def cut(body: bytes) -> list[bytes]:
    """The lines of a request: cut at the byte 0x0A alone (U+2028 and CR are no ends), empty ones skipped."""
    return [line for line in body.split(b"\n") if line]


def read(line: bytes) -> ReadOp:
    """Reads one line. Raises LineRefused: `bad_line` for what is no JSON object in UTF-8, or is nested deeper than 512;
    `invalid` with `at` for a wrong member, a NUL in a string, an id that is no lower-case canonical UUID."""
    members, values = _object(line)
    id_ = values.get("id", members.get("id"))
    sent = id_ if isinstance(id_, str) else None
    if sent is None or not is_uuid(sent):
        raise LineRefused(Refused(sent, False, "invalid", at="/id"))
    for name, value in values.items():
        if isinstance(value, Raw):
            raise LineRefused(Refused(sent, False, "invalid", at=_step(name)), sent)
    if b"\\u0000" in line and (at := _nul(values)) is not None:
        raise LineRefused(Refused(sent, False, "invalid", at=at), sent)
    try:
        frame = convert(values, _Frame)
        datetime.fromisoformat(frame.at)
    except ValidationError as error:
        wrong = explain(error)
        limit = UNSET if wrong.limit is None else wrong.limit
        raise LineRefused(Refused(sent, False, "invalid", at=wrong.at, limit=limit), sent) from None
    except ValueError:
        raise LineRefused(Refused(sent, False, "invalid", at="/at"), sent) from None
    strange = [_step(name) for name in values if name not in _MEMBERS]
    strange += ["/subject" + _step(name) for name in values["subject"] if name not in _SUBJECT]
    return ReadOp(
        id=sent,
        verb=frame.verb,
        at=frame.at,
        subject=Subject(frame.subject.kind, frame.subject.id),
        base=frame.base,
        args=members["args"],
        sha256=hash_of(line),
        unknown=strange[0] if strange else None,
    )


def hash_of(line: bytes) -> bytes:
    """What the inbox compares: SHA-256 of the line's bytes."""
    return hashlib.sha256(line).digest()


def seen(tx: Tx, op_id: str, sha256: bytes) -> bytes | None:
    """The first reply to this op, as it was but `again` true; None where it is new. Raises IdReused for other bytes."""
    row = SQL.row(tx, "seen", id=op_id)
    if row is None:
        return None
    if row[0] != sha256:
        raise IdReused(op_id)
    return str(row[1]).encode()


def keep(tx: Tx, op_id: str, sha256: bytes, reply: bytes) -> None:
    """Remembers the first reply (an encoded Applied or Refused, `again` false) for ever. Never for a Later, a
    `bad_line`, or an op without a valid id."""
    SQL.run(tx, "keep", id=op_id, sha256=sha256, reply=reply.decode())


def thin(tx: Tx, before: datetime) -> int:
    """Takes `result`, `detail` and `conflicts` out of replies to ops that phones made before a moment (60 days ago); returns how
    many."""
    milliseconds = max(0, int(before.timestamp() * 1000))
    digits = f"{milliseconds:012x}"
    return SQL.run(tx, "thin", before=f"{digits[:8]}-{digits[8:]}")


def count(tx: Tx) -> int:
    """How many ops are remembered (for DATA_DIR/heads)."""
    row = SQL.row(tx, "count")
    return 0 if row is None else int(row[0])


def _object(line: bytes) -> tuple[dict[str, Raw], dict[str, Any]]:
    """The members of the line's object, as bytes and as values. A member whose number no reader holds stays Raw."""
    if _deeper_than(line, DEPTH):
        raise LineRefused(Refused(None, False, "bad_line"))
    try:
        line.decode()
        members = decode(line, type=dict[str, Raw])
        return members, {name: _value(raw) for name, raw in members.items()}
    except (DecodeError, UnicodeDecodeError, RecursionError):
        raise LineRefused(Refused(None, False, "bad_line")) from None


def _value(raw: Raw) -> Any:
    try:
        return decode(raw)
    except ValidationError:  # 1e400 is JSON, but no number that we can hold
        return raw


def _deeper_than(line: bytes, limit: int) -> bool:
    """Counted here and not left to the reader's own stack, which is as deep as whoever calls happens to be."""
    if line.count(b"[") + line.count(b"{") <= limit:
        return False
    depth = 0
    for token in _NESTING.finditer(line):
        first = token.group()[:1]
        if first in b"[{":
            depth += 1
            if depth > limit:
                return True
        elif first in b"]}":
            depth -= 1
    return False


def _nul(value: Any) -> str | None:
    """The pointer of a string that holds a NUL; for a name, of the object that has it. Without recursion."""
    waiting: list[tuple[str, Any]] = [("", value)]
    while waiting:
        at, here = waiting.pop()
        if isinstance(here, str) and "\0" in here:
            return at
        if isinstance(here, dict):
            if any("\0" in name for name in here):
                return at
            waiting.extend((at + _step(name), inner) for name, inner in reversed(here.items()))
        elif isinstance(here, list):
            waiting.extend((f"{at}/{index}", inner) for index, inner in reversed(list(enumerate(here))))
    return None


def _step(name: str) -> str:
    return "/" + name.replace("~", "~0").replace("/", "~1")
