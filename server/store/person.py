"""People who work with the map, and their invitations."""

import datetime
from dataclasses import dataclass

from server.model.person import Person, Role
from sync.sql import Row, Tx, load

SQL = load(__file__)


@dataclass(frozen=True, slots=True)
class Worker:
    """`row` is the inner id, `id` the one that travels. `ended_on` None: works here."""

    row: int
    id: str
    name: str
    role: Role
    since: datetime.date
    ended_on: datetime.date | None


@dataclass(frozen=True, slots=True)
class Invitation:
    """Whose it is, until when it holds, and whether it was used. `follows`: whose work here ends when it is."""

    person: str
    ends_at: str
    used: bool
    follows: str | None


def find(tx: Tx, id: str) -> Worker | None:
    """The person, whether still here or not."""
    row = SQL.row(tx, "find", uid=id)
    return None if row is None else _worker(row)


def make(tx: Tx, id: str, name: str, role: Role, since: datetime.date) -> int:
    """A new row; returns its inner id."""
    return int(SQL.rows(tx, "make", uid=id, name=name, role=role, since=since.isoformat())[0][0])


def rename(tx: Tx, row: int, name: str) -> None:
    SQL.run(tx, "rename", id=row, name=name)


def set_role(tx: Tx, row: int, role: Role) -> None:
    SQL.run(tx, "set_role", id=row, role=role)


def end(tx: Tx, row: int, on: datetime.date) -> None:
    """Works here no more from that day."""
    SQL.run(tx, "finish", id=row, on=on.isoformat())


def begin_again(tx: Tx, row: int) -> None:
    SQL.run(tx, "begin_again", id=row)


def able_admins(tx: Tx, issuer: str | None) -> int:
    """How many administrators can log in: by a passkey, or by that issuer's login (None: none is set)."""
    return len(SQL.rows(tx, "able_admins", issuer=issuer))


def is_the_only_admin(tx: Tx, row: int, issuer: str | None) -> bool:
    """Whether nobody but that person can log in as an administrator."""
    return [able for (able,) in SQL.rows(tx, "able_admins", issuer=issuer)] == [row]


def every(tx: Tx, now: str, issuer: str | None) -> list[Person]:
    """All, those who work here first. `now`: UTC moment. `issuer`: the municipality's own login, where one is set."""
    return [
        Person(
            id=uid, name=name, role=role, since=_date(since), ended_on=ended and _date(ended), passkeys=passkeys,
            oidc=bool(oidc), invited_until=until, asked_on=asked and _date(asked), organiser_id=organiser,
        )
        for uid, name, role, since, ended, passkeys, oidc, until, asked, organiser in SQL.rows(tx, "every", now=now, issuer=issuer)
    ]  # fmt: skip


def invite(tx: Tx, row: int, sha256: bytes, *, made_at: str, ends_at: str, by: str, follows: int | None = None) -> None:
    """A new invitation; those before it that were not used are void. `follows`: the inner id of whose work here ends when it is used
    (None: as the one before it had it). sqlite3.IntegrityError where the code is taken."""
    if follows is None and (had := SQL.row(tx, "followed", person=row)) is not None:
        follows = had[0]
    SQL.run(tx, "drop_invitations", person=row)
    SQL.run(tx, "invite", sha256=sha256, person=row, made_at=made_at, ends_at=ends_at, made_by=by, follows=follows)


def following(tx: Tx, row: int) -> list[Worker]:
    """Those who are invited to follow this person (inner id) and have not come yet."""
    return [_worker(one) for one in SQL.rows(tx, "following", person=row)]


def invitation(tx: Tx, sha256: bytes) -> Invitation | None:
    row = SQL.row(tx, "invitation", sha256=sha256)
    return None if row is None else Invitation(row[0], row[1], row[2] is not None, row[3])


def use_invitation(tx: Tx, sha256: bytes, now: str) -> None:
    SQL.run(tx, "use_invitation", sha256=sha256, now=now)


def ask_again(tx: Tx, sha256: bytes, on: datetime.date) -> None:
    """Somebody who held an invitation for too long asks for another."""
    SQL.run(tx, "ask_again", sha256=sha256, on=on.isoformat())


def drop_invitations(tx: Tx, row: int) -> None:
    """Those that were not used are void."""
    SQL.run(tx, "drop_invitations", person=row)


def _worker(row: Row) -> Worker:
    inner, uid, name, role, since, ended_on = row
    return Worker(inner, uid, name, role, _date(since), ended_on and _date(ended_on))


def _date(text: str) -> datetime.date:
    return datetime.date.fromisoformat(text)
