"""Who may work here: invited, given another role, ended. And what everybody does with their own logins.

An invitation's code is made by the browser that invites; the server is told its SHA-256 and can open nothing with it."""

import datetime

from server.domain.ctx import Ctx
from server.domain.done import Done
from server.domain.refusal import Refused, invalid, unknown
from server.model.moment import moment
from server.model.person import FIRST_INVITED_S, HANDED_OVER, INVITED_S, HandOver, Invite, Nothing, Role, SetRole
from server.model.values import hidden, seen
from server.store import login, organiser, person
from server.store.leaving import leave
from server.store.person import Worker
from sync.sql import Tx
from sync.wire import Subject

NOTHING = Done([], moved=False)


def invite(tx: Tx, ctx: Ctx, subject: Subject, args: Invite) -> Done:
    """A person who is not here yet, or a new invitation for one who is (another device, a lost key): name and role are then as sent. The
    invitations before it are void."""
    if subject.kind != "person":
        raise unknown("Den person")
    sha256 = _code(tx, args)
    found = person.find(tx, subject.id)
    if found is None:
        row = person.make(tx, subject.id, args.name, args.role, ctx.today)
    else:
        row = found.row
        _keep_one_admin(tx, ctx, found, goes=args.role != "admin")
        _groups_decide(tx, ctx, found, args.role)
        person.rename(tx, row, args.name)
        person.set_role(tx, row, args.role)
        if found.ended_on is not None:
            person.begin_again(tx, row)
    first = ctx.who == "local" and not person.able_admins(tx, ctx.issuer)
    return _invited(tx, ctx, row, sha256, FIRST_INVITED_S if first else INVITED_S, ("name", "role"))


def hand_over(tx: Tx, ctx: Ctx, subject: Subject, args: HandOver) -> Done:
    """An organiser names who follows: when they have come in, the organiser works here no more, in one transaction. Until then nothing
    is changed, and naming somebody else makes the one before void. Refused `forbidden` for every other role."""
    own = _here(tx, subject)
    if own.id != ctx.who:
        raise unknown("Den person")
    if own.role != HANDED_OVER:
        raise Refused("forbidden", "Kun en arrangør giver sit videre til en anden.", at="/subject")
    sha256 = _code(tx, args)
    for before in person.following(tx, own.row):
        leave(tx, before, ctx.today)
    next_id = ctx.uuid()
    row = person.make(tx, next_id, args.name, own.role, ctx.today)
    organiser.give_person(tx, next_id, organiser.of_person(tx, own.id))
    return _invited(tx, ctx, row, sha256, INVITED_S, ("name",), follows=own.row)


def set_role(tx: Tx, ctx: Ctx, subject: Subject, args: SetRole) -> Done:
    """Another role. It holds from the next request on, in open windows too."""
    found = _here(tx, subject)
    _keep_one_admin(tx, ctx, found, goes=args.role != "admin")
    _groups_decide(tx, ctx, found, args.role)
    person.set_role(tx, found.row, args.role)
    return Done([], moved=False, fields=("role",))


def end_person(tx: Tx, ctx: Ctx, subject: Subject, args: Nothing) -> Done:
    """Works here no more: passkeys, sessions and invitations are gone, the name stays in history."""
    found = _here(tx, subject)
    _keep_one_admin(tx, ctx, found, goes=True)
    leave(tx, found, ctx.today)
    return NOTHING


def end_session(tx: Tx, ctx: Ctx, subject: Subject, args: Nothing) -> Done:
    """Logs out one of one's own devices."""
    if subject.kind != "session" or login.owner(tx, subject.id) != ctx.who:
        raise unknown("Det login")
    login.end(tx, subject.id)
    return NOTHING


def remove_passkey(tx: Tx, ctx: Ctx, subject: Subject, args: Nothing) -> Done:
    """Takes away one of one's own passkeys, not the last one."""
    own = [one.id for one in login.passkeys(tx, ctx.who)]
    if subject.kind != "passkey" or subject.id not in own:
        raise unknown("Den adgangsnøgle")
    if len(own) == 1 and not login.comes_by(tx, ctx.who, ctx.issuer):
        raise Refused("in_use", "Det er din eneste adgangsnøgle. Lav en ny, før du fjerner den.")
    login.drop_passkey(tx, subject.id, ctx.who)
    return NOTHING


def _code(tx: Tx, args: Invite | HandOver) -> bytes:
    """The SHA-256 of the new code, where it is one, and the name can be seen."""
    if not seen(args.name) or hidden(args.name):
        raise invalid("/args/name", "Skriv navnet med tegn, der kan ses.")
    sha256 = bytes.fromhex(args.code_sha256)
    if person.invitation(tx, sha256) is not None:
        raise invalid("/args/code_sha256", "Den kode er brugt. Lav en ny.")
    return sha256


def _invited(
    tx: Tx, ctx: Ctx, row: int, sha256: bytes, seconds: int, fields: tuple[str, ...], follows: int | None = None
) -> Done:
    ends_at = moment(ctx.now + datetime.timedelta(seconds=seconds))
    person.invite(tx, row, sha256, made_at=ctx.moment, ends_at=ends_at, by=ctx.who, follows=follows)
    return Done([], {"ends_at": ends_at}, moved=False, fields=fields)


def _here(tx: Tx, subject: Subject) -> Worker:
    found = person.find(tx, subject.id) if subject.kind == "person" else None
    if found is None or found.ended_on is not None:
        raise unknown("Den person")
    return found


def _keep_one_admin(tx: Tx, ctx: Ctx, found: Worker, *, goes: bool) -> None:
    """Somebody must be able to log in and let others in."""
    if goes and person.is_the_only_admin(tx, found.row, ctx.issuer):
        raise Refused("in_use", "Det er den eneste administrator. Gør en anden til administrator først.")


def _groups_decide(tx: Tx, ctx: Ctx, found: Worker, role: Role) -> None:
    """Who comes by the municipality's own login would have the old role again with the next one."""
    if role != found.role and login.comes_by(tx, found.id, ctx.issuer):
        raise Refused("in_use", "Rollen følger grupperne i kommunens login. Skift gruppe der, eller luk adgangen her.")
