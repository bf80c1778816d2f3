"""Sessions: 32 random bytes in a cookie, their SHA-256 in the store. A new secret at each login, so none can be fixed beforehand."""

import datetime
import hashlib
import secrets
import uuid
from typing import Final

from server.model.person import FRESH_S, RIGHTS, Me, Way
from server.ops import Credential
from server.store import login, person
from server.store.login import Login
from sync.sql import Tx

SEEN_EVERY_S: Final = 300
"""How often a session's last use is written down."""


def begin(
    tx: Tx,
    who: str,
    device: str,
    now: datetime.datetime,
    before: str | None = None,
    *,
    way: Way = "passkey",
    proved: str | None = None,
) -> str:
    """A new session of a person; returns its secret, which is told once. `before`: the secret of the one that the browser had, which
    ends. `proved`: when they showed who they are, as a moment; "" where nobody tells, None for now."""
    secret = secrets.token_urlsafe(32)
    if before is not None:
        login.end_here(tx, hash_of(before))
    login.begin(tx, who, sha256=hash_of(secret), id=str(uuid.uuid4()), device=device, now=now, way=way, proved=proved)
    return secret


def find(tx: Tx, secret: str, now: datetime.datetime) -> Login | None:
    """The session of a secret, where it holds."""
    return login.session(tx, hash_of(secret), now)


def is_due(found: Login, now: datetime.datetime) -> bool:
    """Whether its last use is to be written down anew."""
    return now - _at(found.seen_at) > datetime.timedelta(seconds=SEEN_EVERY_S)


def credential(found: Login, now: datetime.datetime) -> Credential:
    """What the session may do."""
    return Credential("session", RIGHTS[found.role], found.person, fresh(found, now))


def fresh(found: Login, now: datetime.datetime) -> bool:
    """Whether the login was a moment ago, and the person then showed who they are: the municipality's own login may remember them
    since the morning."""
    since = min(found.begun_at, found.proved_at)
    return since != "" and now - _at(since) <= datetime.timedelta(seconds=FRESH_S)


def me(tx: Tx, found: Login, secret: str, now: datetime.datetime) -> Me:
    """Who is logged in, with their passkeys and sessions."""
    worker = person.find(tx, found.person)
    assert worker is not None  # noqa: S101  a session has a person
    return Me(
        id=worker.id, name=worker.name, role=worker.role, rights=tuple(sorted(RIGHTS[worker.role])), fresh=fresh(found, now), way=found.way,
        passkeys=tuple(login.passkeys(tx, worker.id)), sessions=tuple(login.sessions(tx, worker.id, hash_of(secret), now)),
    )  # fmt: skip


def hash_of(secret: str) -> bytes:
    """What is kept of a secret or a code."""
    return hashlib.sha256(secret.encode()).digest()


def _at(moment: str) -> datetime.datetime:
    return datetime.datetime.fromisoformat(moment)
