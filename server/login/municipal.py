"""Whoever comes by the municipality's own login: known by (issuer, sub), with the role that their groups give."""

import datetime
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal

from server.login import session
from server.login.provider import Told
from server.model.moment import moment
from server.model.person import ROLES, Role
from server.model.values import hidden, seen
from server.store import audit, login, person
from server.store.person import Worker
from sync.sql import Tx

NAMELESS: Final = "Uden navn"
LONGEST_NAME: Final = 80
Why = Literal["no_role", "ended"]


@dataclass(frozen=True, slots=True)
class NotLetIn:
    """The municipality knows them; here they may not come in."""

    code: Why


def let_in(
    tx: Tx,
    issuer: str,
    told: Told,
    roles: Mapping[str, Role],
    device: str,
    now: datetime.datetime,
    before: str | None = None,
) -> str | NotLetIn:
    """The new session's secret, or why there is none: then those that they had by that login end. The first time it makes the person;
    each time name and role are as told, but the last administrator stays one: somebody must be able to let others in. `before`: the
    secret of the session that the browser had."""
    known = login.known_as(tx, issuer, told.sub)
    found = None if known is None else person.find(tx, known)
    role = role_of(told, roles)
    if role is None or (found is not None and found.ended_on is not None):
        if found is not None:
            login.end_all_of(tx, found.id, "oidc")
        return NotLetIn("no_role" if role is None else "ended")
    who = _new(tx, issuer, told, role, now) if found is None else _as_told(tx, issuer, found, told, role, now)
    proved = "" if told.proved_at is None else moment(datetime.datetime.fromtimestamp(told.proved_at, datetime.UTC))
    secret = session.begin(tx, who, device, now, before, way="oidc", proved=proved)
    begun = session.find(tx, secret, now)
    assert begun is not None  # noqa: S101  it was made a moment ago, for somebody who works here
    audit.add(tx, now, who=who, verb="log_in", kind="session", id=begun.id)
    return secret


def role_of(told: Told, roles: Mapping[str, Role]) -> Role | None:
    """The highest role of somebody's groups."""
    given = {roles[group] for group in told.groups if group in roles}
    return next((role for role in ROLES if role in given), None)


def _new(tx: Tx, issuer: str, told: Told, role: Role, now: datetime.datetime) -> str:
    id = str(uuid.uuid4())
    person.make(tx, id, _name(told) or NAMELESS, role, now.date())
    login.know(tx, id, issuer, told.sub)
    audit.add(tx, now, who=id, verb="come_in", kind="person", id=id, fields=("name", "role"))
    return id


def _as_told(tx: Tx, issuer: str, found: Worker, told: Told, role: Role, now: datetime.datetime) -> str:
    name = _name(told)
    if name is not None and name != found.name:
        person.rename(tx, found.row, name)
    if role != found.role and not person.is_the_only_admin(tx, found.row, issuer):
        person.set_role(tx, found.row, role)
        audit.add(tx, now, who=found.id, verb="set_role", kind="person", id=found.id, fields=("role",))
    return found.id


def _name(told: Told) -> str | None:
    """A name that can be read, as long as ours may be."""
    name = (told.name or "")[:LONGEST_NAME].strip()
    return name if name and seen(name) and not hidden(name) else None
