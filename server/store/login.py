"""Passkeys, who somebody is to the municipality's own login, and sessions. A session's secret lies here as its SHA-256 alone."""

import datetime
from dataclasses import dataclass

from server.model.moment import moment
from server.model.person import IDLE_S, SESSION_S, Passkey, Role, Session, Way
from sync.sql import Tx, load

SQL = load(__file__)


@dataclass(frozen=True, slots=True)
class Key:
    """A passkey as it is checked: whose, the public key (COSE), and the last counter that its authenticator told."""

    id: str
    person: str
    public_key: bytes
    count: int


@dataclass(frozen=True, slots=True)
class Login:
    """A session that holds: its id, whose it is, when it was begun and last seen, and when its person last proved who they are (UTC
    moments; "" where nobody told)."""

    id: str
    person: str
    role: Role
    begun_at: str
    seen_at: str
    proved_at: str
    way: Way


def passkeys(tx: Tx, person: str) -> list[Passkey]:
    """A person's, the oldest first."""
    return [
        Passkey(id=uid, name=name, added_on=_date(added), used_on=used and _date(used))
        for uid, _, _, _, name, added, used in SQL.rows(tx, "passkeys", person=person)
    ]


def credentials(tx: Tx, person: str) -> list[bytes]:
    """What the authenticators call a person's passkeys."""
    return [bytes(row[1]) for row in SQL.rows(tx, "passkeys", person=person)]


def add_passkey(
    tx: Tx, person: str, *, id: str, credential: bytes, public_key: bytes, count: int, name: str, on: datetime.date
) -> None:
    """sqlite3.IntegrityError where that credential is known already."""
    SQL.run(
        tx, "add_passkey", person=person, uid=id, credential=credential, public_key=public_key, count=count, name=name, on=on.isoformat()
    )  # fmt: skip


def passkey(tx: Tx, credential: bytes) -> Key | None:
    """The passkey of somebody who works here."""
    row = SQL.row(tx, "passkey", credential=credential)
    return None if row is None else Key(row[0], row[3], bytes(row[1]), row[2])


def use_passkey(tx: Tx, id: str, count: int, on: datetime.date) -> None:
    SQL.run(tx, "use_passkey", uid=id, count=count, on=on.isoformat())


def drop_passkey(tx: Tx, id: str, person: str) -> bool:
    """Whether that person had it."""
    return bool(SQL.rows(tx, "drop_passkey", uid=id, person=person))


def begin(
    tx: Tx,
    person: str,
    *,
    sha256: bytes,
    id: str,
    device: str,
    now: datetime.datetime,
    way: Way = "passkey",
    proved: str | None = None,
) -> None:
    """A new session; those that hold no more go. `proved`: when the person showed who they are (None: now)."""
    SQL.run(tx, "sweep", **_holds(now))
    at = moment(now)
    SQL.run(
        tx, "begin", person=person, sha256=sha256, uid=id, device=device, now=at, way=way, proved=at if proved is None else proved
    )  # fmt: skip


def session(tx: Tx, sha256: bytes, now: datetime.datetime) -> Login | None:
    """The session of that secret, if it holds and its person works here."""
    row = SQL.row(tx, "session", sha256=sha256, **_holds(now))
    return None if row is None else Login(*row)


def see(tx: Tx, sha256: bytes, now: datetime.datetime) -> None:
    """It was used now."""
    SQL.run(tx, "see", sha256=sha256, now=moment(now))


def sessions(tx: Tx, person: str, here: bytes, now: datetime.datetime) -> list[Session]:
    """A person's, the last seen first. `here`: the SHA-256 of the one that asks."""
    return [
        Session(id=uid, device=device, begun_at=begun, seen_on=_date(seen[:10]), here=bytes(sha256) == here)
        for uid, sha256, device, begun, seen in SQL.rows(tx, "sessions", person=person, **_holds(now))
    ]


def owner(tx: Tx, id: str) -> str | None:
    """Whose session that is."""
    row = SQL.row(tx, "session_owner", uid=id)
    return None if row is None else str(row[0])


def end(tx: Tx, id: str) -> None:
    SQL.run(tx, "drop_session", uid=id)


def end_here(tx: Tx, sha256: bytes) -> None:
    SQL.run(tx, "drop_session_of", sha256=sha256)


def end_all(tx: Tx, person: str) -> None:
    """Every session of a person ends."""
    SQL.run(tx, "drop_sessions", person=person)


def end_all_of(tx: Tx, person: str, way: Way) -> None:
    """Every session of a person that was begun so ends."""
    SQL.run(tx, "drop_sessions_of", person=person, way=way)


def drop_passkeys(tx: Tx, person: str) -> None:
    SQL.run(tx, "drop_passkeys", person=person)


def known_as(tx: Tx, issuer: str, sub: str) -> str | None:
    """The person whom that issuer calls so."""
    row = SQL.row(tx, "known_as", issuer=issuer, sub=sub)
    return None if row is None else str(row[0])


def know(tx: Tx, person: str, issuer: str, sub: str) -> None:
    """From now on that person comes by that issuer."""
    SQL.run(tx, "know", person=person, issuer=issuer, sub=sub)


def comes_by(tx: Tx, person: str, issuer: str | None) -> bool:
    """Whether that person can log in by that issuer (None: by nobody's)."""
    return SQL.row(tx, "comes_by", person=person, issuer=issuer) is not None


def _holds(now: datetime.datetime) -> dict[str, str]:
    return {
        "begun_after": moment(now - datetime.timedelta(seconds=SESSION_S)),
        "seen_after": moment(now - datetime.timedelta(seconds=IDLE_S)),
    }


def _date(text: str) -> datetime.date:
    return datetime.date.fromisoformat(text)
