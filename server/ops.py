"""Ops: inbox → right → verb → publish → audit, each in its savepoint. Web, jobs and command line all go through `run`.

Order of checks: credential → hash against the inbox → share → args → right → verb. Replies leave after COMMIT only:
whoever calls `run` sends them when its transaction is on the disk."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

import msgspec
from msgspec import UNSET, Raw
from msgspec.json import decode, encode

from server.domain.audit import fields_of
from server.domain.ctx import Ctx
from server.domain.refusal import Refused, TryLater
from server.domain.verbs import VERBS, Verb
from server.model.person import Right
from server.publish import publish
from server.store import audit, device, device_inbox
from server.store.refusal import of_the_file
from sync import inbox, wire
from sync.inbox import IdReused, LineRefused, ReadOp
from sync.sql import Tx, load
from sync.wrong import explain

__all__ = [
    "AFTER_BUSY_S",
    "AFTER_FULL_S",
    "BatchRefused",
    "Credential",
    "Ctx",
    "Share",
    "TransactionLost",
    "is_anonymous",
    "later",
    "run",
]

SQL = load(__file__)
AFTER_BUSY_S = 5
AFTER_FULL_S = 60
"""How many seconds later a phone comes again: to a database that is held, and to a full disk, where somebody has to make room first."""
log = logging.getLogger(__name__)

WORDS: dict[str, str] = {
    "bad_line": "Linjen kan ikke læses.",
    "id_reused": "Det id er brugt til noget andet. Send det igen som noget nyt.",
    "invalid": "Et felt har en forkert form.",
    "too_long": "Det er for langt. Højst {limit}.",
    "forbidden": "Det må du ikke herfra.",
    "login_again": "Log ind igen, før du gør det.",
}
"""Danish for the refusals that no verb words itself; the phone shows its own words for the code where it has them."""


@dataclass(frozen=True, slots=True)
class Credential:
    """Who sends: "none" (anybody), "session" (somebody who is logged in; `who` is their id, `fresh` whether that was a moment ago),
    "device" (a phone without a name; `device` is the SHA-256 of its secret, of which there may be no row yet), "local" (somebody at the
    machine itself)."""

    kind: Literal["none", "session", "device", "local"]
    rights: frozenset[Right] = frozenset()
    who: str | None = None
    fresh: bool = False
    device: bytes | None = None

    def covers(self, verb: Verb) -> bool:
        """Whether this kind of credential is the one that the verb asks for."""
        return self.kind == "local" or verb.credential in ("none", self.kind)

    def may(self, verb: Verb) -> bool:
        return self.kind == "local" or verb.right == "public" or verb.right in self.rights

    def reads(self) -> frozenset[str]:
        """The scopes that it may read; staff reads all three."""
        every = self.kind == "local" or "staff" in self.rights
        return frozenset(wire.SCOPES) if every else frozenset({"public"})


class BatchRefused(Exception):
    """The whole batch is refused and nothing ran: "mixed_credentials" (422), "login_needed" or "bad_credential" (401: without a login, or
    without a device's secret), or "resync" (410): it is meant for another epoch than this database has."""

    def __init__(self, code: Literal["mixed_credentials", "login_needed", "bad_credential", "resync"]) -> None:
        super().__init__(code)
        self.code = code


@dataclass(slots=True)
class Share:
    """How many new ops a request may run (`taken`), how many of these it still may, and in how many seconds others may come. `devices`:
    the same of devices that are made."""

    taken: int
    left: int
    wait_s: int
    devices: "Share | None" = None


class TransactionLost(Exception):
    """An error has ended the whole transaction: nothing of it was kept, every op may come again."""

    def __init__(self, error: BaseException) -> None:
        super().__init__(f"The database could not be written, nothing was kept ({error}). Do it again.")


@dataclass(slots=True)
class _Batch:
    """What a batch knows while it runs: who sends, whose subjects wait behind a `later`, and the device that an op has just made."""

    credential: Credential
    ctx: Ctx
    share: Share | None
    blocked: set[tuple[str, str]] = field(default_factory=set)
    new: int | None = None


def run(tx: Tx, lines: Sequence[bytes], credential: Credential, ctx: Ctx, share: Share | None = None) -> list[bytes]:
    """Runs each line by itself and returns the replies, encoded, in the same order. At most 100 lines: the door counts. Of `share`
    (None: no limit) is taken what is remembered anew; ops beyond it that the inbox does not know are answered `later`, `rate_limited`.

    Raises BatchRefused (nothing ran). Raises TransactionLost, and what SQLite says of the whole file (a full disk, one that can not be
    written): then nothing may stay, and each is answered `later`."""
    read = [_read(line) for line in lines]
    _one_credential([op for op in read if isinstance(op, ReadOp)], credential)
    ctx = ctx if credential.who is None else replace(ctx, who=credential.who)
    batch = _Batch(credential, ctx, share)
    return [_one(tx, line, op, batch) for line, op in zip(lines, read, strict=True)]


def later(line: bytes, code: str, retry_after_s: int | None = AFTER_BUSY_S) -> bytes:
    """The reply `later` to a line that was not run, with its id where that can be read."""
    op = _read(line)
    id = op.id if isinstance(op, ReadOp) else op.reply.id
    return encode(wire.Later(id, code, UNSET if retry_after_s is None else retry_after_s))


def is_anonymous(line: bytes) -> bool:
    """Whether it is an op that asks for no credential, and so looks at none."""
    op = _read(line)
    return isinstance(op, ReadOp) and op.verb in VERBS and VERBS[op.verb].credential == "none"


def _read(line: bytes) -> ReadOp | LineRefused:
    try:
        return inbox.read(line)
    except LineRefused as refused:
        return refused


def _one_credential(ops: list[ReadOp], credential: Credential) -> None:
    """Unknown verbs and lines that can not be read never make a batch mixed."""
    needs = {VERBS[op.verb].credential for op in ops if op.verb in VERBS}
    if credential.kind == "local":
        return
    if len(needs) > 1:
        raise BatchRefused("mixed_credentials")
    if any(not credential.covers(VERBS[op.verb]) for op in ops if op.verb in VERBS):
        raise BatchRefused("bad_credential" if needs == {"device"} else "login_needed")


def _one(tx: Tx, line: bytes, op: ReadOp | LineRefused, batch: _Batch) -> bytes:
    id = op.id if isinstance(op, ReadOp) else op.op_id
    if id is None:
        return _line_refused(op)
    sha256 = op.sha256 if isinstance(op, ReadOp) else inbox.hash_of(line)
    by_device = batch.credential.kind == "device"
    try:
        first = device_inbox.seen(tx, id, sha256) if by_device else inbox.seen(tx, id, sha256)
    except IdReused:
        return encode(wire.Refused(id, False, "id_reused", at="/id", detail=WORDS["id_reused"]))
    if first is not None:
        return first
    share = batch.share
    if isinstance(op, LineRefused):
        if share and not share.left:
            return encode(wire.Later(id, "rate_limited", share.wait_s))
        reply = _line_refused(op)
        _keep(tx, id, sha256, reply, batch)
        return reply
    subject = (op.subject.kind, op.subject.id)
    if subject in batch.blocked:
        return encode(wire.Later(id, "blocked"))
    try:
        if share and not share.left:
            raise TryLater("rate_limited", share.wait_s)
        reply = _savepoint(tx, op, batch)
    except TryLater as wait:
        batch.blocked.add(subject)
        return encode(wire.Later(id, wait.code, UNSET if wait.retry_after_s is None else wait.retry_after_s))
    except Refused as refused:
        reply = _refused(id, refused)
        _keep(tx, id, sha256, reply, batch)
    return reply


def _keep(tx: Tx, id: str, sha256: bytes, reply: bytes, batch: _Batch) -> None:
    if batch.credential.kind == "device":
        device_inbox.keep(tx, id, sha256, reply, batch.ctx.today)
    else:
        inbox.keep(tx, id, sha256, reply)
    if batch.share:
        batch.share.left -= 1


def _savepoint(tx: Tx, op: ReadOp, batch: _Batch) -> bytes:
    """Does the op and keeps its reply, or leaves no trace of it."""
    SQL.run(tx, "begin")
    try:
        reply = _apply(tx, op, batch)
        _keep(tx, op.id, op.sha256, reply, batch)
    except BaseException as error:
        # Its neighbours would fare no better, and what a full disk has taken of this transaction is not worth keeping.
        if of_the_file(error):
            raise
        if not tx.in_transaction:
            raise TransactionLost(error) from error
        SQL.run(tx, "undo")
        SQL.run(tx, "end")
        if isinstance(error, (Refused, TryLater)) or not isinstance(error, Exception):
            raise
        # A fault of ours: this op waits, and does not stop its neighbours or those of other requests.
        log.error("op %s failed: %s", op.verb, type(error).__name__, exc_info=error)
        raise TryLater("busy", AFTER_BUSY_S) from error
    SQL.run(tx, "end")
    return reply


def _apply(tx: Tx, op: ReadOp, batch: _Batch) -> bytes:
    verb = VERBS.get(op.verb)
    if verb is None or op.unknown is not None or (op.base is not None and not verb.based):
        raise TryLater("unknown_verb")
    args = _args(verb, op.args)
    if not batch.credential.may(verb):
        raise Refused("forbidden", WORDS["forbidden"])
    if verb.fresh and batch.credential.kind != "local" and not batch.credential.fresh:
        raise Refused("login_again", WORDS["login_again"])
    ctx = batch.ctx if verb.credential != "device" else _of_device(tx, verb, batch)
    done = verb.do(tx, ctx, op.subject, args, op.base)
    if batch.share and batch.share.devices and batch.new is not None and ctx.device == batch.new:
        batch.share.devices.left, batch.new = batch.share.devices.left - 1, None
    seq = publish(tx, done.touched, batch.ctx.today, moved=done.moved)
    if verb.credential == "session":  # nothing joins what citizens send to anybody, whoever sends it
        _audit(tx, op, batch.ctx, fields_of(args, done))
    readable = {scope: number for scope, number in seq.items() if scope in batch.credential.reads()}
    return encode(wire.Applied(op.id, False, readable, Raw(encode(done.result))))


def _of_device(tx: Tx, verb: Verb, batch: _Batch) -> Ctx:
    """The world as a device's op is told of it: its row, made where it is the first that it sends. Raises TryLater where the address has
    made its share of new ones."""
    sha256, ctx = batch.credential.device, batch.ctx
    if sha256 is None:
        return ctx
    row = device.find(tx, sha256)
    if row is None and verb.makes_device:
        share = batch.share.devices if batch.share else None
        if share and not share.left:
            raise TryLater("rate_limited", share.wait_s)
        row = batch.new = device.make(tx, sha256, ctx.today)
    elif row is not None:
        device.see(tx, row, ctx.today)
    return replace(ctx, device=row)


def _audit(tx: Tx, op: ReadOp, ctx: Ctx, fields: list[str]) -> None:
    subject = op.subject
    audit.add(tx, ctx.now, who=ctx.who, verb=op.verb, kind=subject.kind, id=subject.id, fields=fields, op=op.id)


def _args(verb: Verb, raw: Raw) -> msgspec.Struct:
    try:
        return decode(raw, type=verb.args)
    except msgspec.ValidationError as error:
        wrong = explain(error, "/args")
        if wrong.code == "unknown":  # a newer phone: nothing that it says is dropped in silence
            raise TryLater("unknown_verb") from None
        cause = error.__cause__
        detail = str(cause) if isinstance(cause, ValueError) else WORDS[wrong.code].format(limit=wrong.limit)
        raise Refused(wrong.code, detail, at=wrong.at, limit=wrong.limit) from None


def _refused(id: str, refused: Refused) -> bytes:
    return encode(
        wire.Refused(
            id,
            False,
            refused.code,
            at=UNSET if refused.at is None else refused.at,
            limit=UNSET if refused.limit is None else refused.limit,
            detail=refused.detail,
            **refused.extra,
        )
    )


def _line_refused(refused: ReadOp | LineRefused) -> bytes:
    if isinstance(refused, ReadOp):
        raise TypeError("an op that was read has an id")
    reply = refused.reply
    return encode(msgspec.structs.replace(reply, detail=WORDS[reply.code]))
