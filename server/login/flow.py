"""Invited, made a passkey, logged in: each step in the caller's transaction. What is wrong is `LoginRefused`, with a stable code."""

import datetime
import sqlite3
import uuid
from typing import Any, Final, Literal

from webauthn import base64url_to_bytes

from server.login import passkeys, session
from server.login.passkeys import NotThatPasskey, Party
from server.model.moment import moment
from server.model.person import HANDED_OVER, PASSKEYS_MOST, Me
from server.store import audit, login, person
from server.store.leaving import leave
from server.store.login import Login
from server.store.person import Worker
from sync.sql import Tx

Code = Literal[
    "too_old", "wrong_passkey", "invitation_unknown", "invitation_used", "invitation_old", "too_many", "login_again"
]
LONGEST_ID: Final = 1023
"""Bytes of a credential's id (WebAuthn Level 3, 6.1)."""


class LoginRefused(Exception):
    """It can not be done; nothing has changed."""

    def __init__(self, code: Code) -> None:
        super().__init__(code)
        self.code = code


def log_in(
    tx: Tx,
    party: Party,
    challenge: bytes | None,
    answer: dict[str, Any],
    device: str,
    now: datetime.datetime,
    before: str | None = None,
) -> tuple[str, Me]:
    """(the new session's secret, who it is). One refusal for every passkey that does not open, known here or not. `before`: the secret
    of the session that the browser had, which ends."""
    if challenge is None:
        raise LoginRefused("too_old")
    key = login.passkey(tx, credential_of(answer))
    if key is None:
        raise LoginRefused("wrong_passkey")
    try:
        count = passkeys.used(party, challenge, answer, key)
    except NotThatPasskey as wrong:
        raise LoginRefused("wrong_passkey") from wrong
    login.use_passkey(tx, key.id, count, now.date())
    return _begin(tx, key.person, device, now, before)


def invited(tx: Tx, code: str, now: datetime.datetime) -> Worker:
    """Whom an invitation is for; uses nothing up."""
    found = person.invitation(tx, session.hash_of(code))
    worker = None if found is None else person.find(tx, found.person)
    if found is None or worker is None or worker.ended_on is not None:
        raise LoginRefused("invitation_unknown")
    if found.used:
        raise LoginRefused("invitation_used")
    if found.ends_at <= moment(now):
        raise LoginRefused("invitation_old")
    return worker


def use_invitation(
    tx: Tx,
    party: Party,
    challenge: bytes | None,
    answer: dict[str, Any],
    code: str,
    device: str,
    now: datetime.datetime,
    before: str | None = None,
) -> tuple[str, Me]:
    """The passkey that was made is kept, the invitation is used up, and a session begins: all of it or nothing."""
    worker = invited(tx, code, now)
    _keep_passkey(tx, worker.id, party, challenge, answer, device, now)
    person.use_invitation(tx, session.hash_of(code), moment(now))
    audit.add(tx, now, who=worker.id, verb="use_invitation", kind="person", id=worker.id)
    _follow(tx, worker, code, now)
    return _begin(tx, worker.id, device, now, before)


def _follow(tx: Tx, worker: Worker, code: str, now: datetime.datetime) -> None:
    """Whoever named them ends here, if they still are what was handed over: nobody else is ever let go by another's login."""
    found = person.invitation(tx, session.hash_of(code))
    before = person.find(tx, found.follows) if found is not None and found.follows is not None else None
    if before is not None and before.ended_on is None and before.role == HANDED_OVER:
        leave(tx, before, now.date())
        audit.add(tx, now, who=worker.id, verb="end_person", kind="person", id=before.id)


def ask_again(tx: Tx, code: str, now: datetime.datetime) -> None:
    """Somebody who held an invitation for too long asks for another; administrators see it."""
    found = person.invitation(tx, session.hash_of(code))
    if found is None:
        raise LoginRefused("invitation_unknown")
    person.ask_again(tx, session.hash_of(code), now.date())


def may_add(tx: Tx, found: Login, now: datetime.datetime) -> Worker:
    """Whether that login may make another passkey: it was begun a moment ago."""
    if not session.fresh(found, now):
        raise LoginRefused("login_again")
    return _with_room(tx, found.person)


def add_passkey(
    tx: Tx,
    who: str,
    party: Party,
    challenge: bytes | None,
    answer: dict[str, Any],
    device: str,
    now: datetime.datetime,
) -> None:
    """Keeps the passkey that was made as one of theirs."""
    _with_room(tx, who)  # several may have been begun at once, and a person may have been ended meanwhile
    _keep_passkey(tx, who, party, challenge, answer, device, now)
    audit.add(tx, now, who=who, verb="add_passkey", kind="person", id=who)


def log_out(tx: Tx, secret: str, now: datetime.datetime) -> None:
    """Ends the session of that secret, where it holds."""
    found = session.find(tx, secret, now)
    login.end_here(tx, session.hash_of(secret))
    if found is not None:
        audit.add(tx, now, who=found.person, verb="log_out", kind="session", id=found.id)


def _with_room(tx: Tx, who: str) -> Worker:
    worker = person.find(tx, who)
    if worker is None or worker.ended_on is not None:
        raise LoginRefused("login_again")
    if len(login.credentials(tx, who)) >= PASSKEYS_MOST:
        raise LoginRefused("too_many")
    return worker


def _keep_passkey(
    tx: Tx,
    who: str,
    party: Party,
    challenge: bytes | None,
    answer: dict[str, Any],
    device: str,
    now: datetime.datetime,
) -> None:
    if challenge is None:
        raise LoginRefused("too_old")
    try:
        made = passkeys.made(party, challenge, answer)
        login.add_passkey(
            tx, who, id=str(uuid.uuid4()), credential=made.credential, public_key=made.public_key, count=made.count,
            name=device, on=now.date(),
        )  # fmt: skip
    except (NotThatPasskey, sqlite3.IntegrityError) as wrong:
        raise LoginRefused("wrong_passkey") from wrong


def _begin(tx: Tx, who: str, device: str, now: datetime.datetime, before: str | None) -> tuple[str, Me]:
    secret = session.begin(tx, who, device, now, before)
    found = session.find(tx, secret, now)
    if found is None:
        raise LoginRefused("wrong_passkey")
    audit.add(tx, now, who=who, verb="log_in", kind="session", id=found.id)
    return secret, session.me(tx, found, secret, now)


def credential_of(answer: dict[str, Any]) -> bytes:
    """The credential's id of an answer; b"" where it has none."""
    told = answer.get("id")
    if not isinstance(told, str) or len(told) > 2 * LONGEST_ID or not told.isascii():
        return b""
    try:
        return base64url_to_bytes(told)
    except ValueError:
        return b""
