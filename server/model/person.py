"""People who work with the map: who they are, what they may do, and what the verbs about them take. Citizens are none."""

import datetime
from typing import Annotated, Final, Literal, get_args

from msgspec import Meta

from server.model.values import Id, Sha256, Value

Role = Literal["admin", "editor", "moderator", "organiser"]
"""Guides have keys of their own and no role here."""
Way = Literal["passkey", "oidc"]
"""How somebody logged in. "oidc": by the municipality's own login."""
Right = Literal["public", "signed_in", "organise", "moderate", "staff", "admin"]
"""What a verb or a route asks for. "signed_in": what concerns oneself alone."""

RIGHTS: Final[dict[Role, frozenset[Right]]] = {
    "admin": frozenset({"signed_in", "organise", "moderate", "staff", "admin"}),
    "editor": frozenset({"signed_in", "organise", "moderate", "staff"}),
    "moderator": frozenset({"signed_in", "moderate"}),
    "organiser": frozenset({"signed_in", "organise"}),
}
"""Who may what; "public" may everybody."""
ROLES: Final = get_args(Role)

INVITED_S: Final = 7 * 24 * 3600
"""How long an invitation holds."""
FIRST_INVITED_S: Final = 3600
"""How long the one that the machine prints for its first administrator holds."""
SESSION_S: Final = 7 * 24 * 3600
"""How long a login holds at most, however much it is used."""
IDLE_S: Final = 12 * 3600
"""How long it holds without being used."""
FRESH_S: Final = 10 * 60
"""How long after a login that may be done which asks for one anew."""
PASSKEYS_MOST: Final = 10
HANDED_OVER: Final[Role] = "organiser"
"""The role that whoever has it may hand over to somebody else."""

PersonName = Annotated[str, Meta(min_length=1, max_length=80)]
DeviceName = Annotated[str, Meta(min_length=1, max_length=60)]


class Invite(Value, frozen=True, kw_only=True):
    """args of invite. The code itself stays with the one who invites: `code_sha256` is the SHA-256 of its letters."""

    name: PersonName
    role: Role
    code_sha256: Sha256


class SetRole(Value, frozen=True, kw_only=True):
    """args of set_role."""

    role: Role


class HandOver(Value, frozen=True, kw_only=True):
    """args of hand_over: who follows. `code_sha256` as in invite."""

    name: PersonName
    code_sha256: Sha256


class Nothing(Value, frozen=True, kw_only=True):
    """args of a verb whose subject says it all."""


class Passkey(Value, frozen=True, kw_only=True):
    """One passkey, as its owner sees it. `id`: ours, not the authenticator's."""

    id: Id
    name: str
    added_on: datetime.date
    used_on: datetime.date | None


class Session(Value, frozen=True, kw_only=True):
    """One login. `here`: it is the one that asks."""

    id: Id
    device: str
    begun_at: str
    seen_on: datetime.date
    here: bool


class Person(Value, frozen=True, kw_only=True):
    """Somebody who works here, as administrators see them. `invited_until`: an invitation is out and not used; `asked_on`: somebody with
    an old one asks for another. `oidc`: they come by the municipality's own login, whose groups give the role. `organiser_id`: for whom
    they make events."""

    id: Id
    name: str
    role: Role
    since: datetime.date
    ended_on: datetime.date | None
    passkeys: int
    oidc: bool
    invited_until: str | None
    asked_on: datetime.date | None
    organiser_id: Id | None = None


class Me(Value, frozen=True, kw_only=True):
    """Who is logged in here."""

    id: Id
    name: str
    role: Role
    rights: tuple[Right, ...]
    fresh: bool
    way: Way
    passkeys: tuple[Passkey, ...]
    sessions: tuple[Session, ...]
