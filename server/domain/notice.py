"""send_notice: staff write to who follows something; it goes out at a time outside the quiet hours (jobs/notices.py). stop_notice: what
has not gone out of it does not."""

import datetime
from typing import Final

from server.domain import edit
from server.domain.ctx import Ctx
from server.domain.done import Done
from server.domain.neutral import must_be_neutral, must_fit
from server.domain.refusal import Refused, invalid, unknown
from server.domain.subject import public
from server.model.moment import COPENHAGEN, moment
from server.model.notice import NoticeTo, SendNotice
from server.model.person import Nothing
from server.model.quiet import quiet_until
from server.model.slug import slug
from server.store import event, follow, notice, site
from sync.sql import Tx
from sync.wire import Subject

TITLE_MOST: Final = 60
BODY_MOST: Final = 300
"""Letters: what a locked screen shows of it."""
AHEAD_DAYS: Final = 365
APART: Final = datetime.timedelta(hours=24)
"""A second to the same followers within this is asked about."""
EARLIEST: Final = datetime.timedelta(minutes=5)
"""So long ago `at` may be: what was written down before it was sent."""


def send_notice(tx: Tx, ctx: Ctx, subject: Subject, args: SendNotice) -> Done:
    """Schedules it, for now or for later. Answers with when it goes. Refused: `unknown_subject`; `too_long`; `invalid` for words that are
    not for a locked screen, a time that can not be, or an id that is taken; `again_soon` where the same followers have another one
    within 24 hours and nobody said that this is meant."""
    if subject.kind != "notice":
        raise unknown("Beskeden")
    edit.is_new(subject, None, "Beskeden", "En ny besked")
    if notice.find(tx, subject.id) is not None:
        raise invalid("/subject/id", "Den besked er der allerede.")
    _followable(tx, args.to)
    for words, where, most in ((args.title, "/args/title", TITLE_MOST), (args.body, "/args/body", BODY_MOST)):
        must_fit(words, where, most)
        must_be_neutral(words, where)
    at = goes_at(tx, _wanted(args.at, ctx.now))
    other = None if args.sure else notice.near(tx, args.to, at, APART)
    if other is not None:
        told = f"{other.astimezone(COPENHAGEN):%-d.%-m. kl. %-H.%M}"
        raise Refused(
            "again_soon", f"De samme får eller fik en anden besked {told}. Er du sikker, så send igen.", at="/args/sure"
        )
    notice.add(tx, subject.id, args.to, args.title, args.body, at, ctx.who)
    return Done([("notice", subject.id)], {"goes_at": moment(at)}, moved=False, fields=("title", "body", "at"))


def stop_notice(tx: Tx, ctx: Ctx, subject: Subject, args: Nothing) -> Done:
    """What waits of it goes out no more; who has it, has it. Refused `bad_step` where all of it is out."""
    found = notice.find(tx, subject.id) if subject.kind == "notice" else None
    if found is None:
        raise unknown("Beskeden")
    if found.state == "sent":
        raise Refused("bad_step", "Den er sendt. Den kan ikke kaldes tilbage.", at="/subject")
    if found.state != "stopped":
        notice.stop(tx, found)
    return Done([("notice", subject.id)], moved=False, fields=("state",))


def goes_at(tx: Tx, at: datetime.datetime) -> datetime.datetime:
    """When what is wanted at a moment goes out: then, or when the quiet hours end that this lies in."""
    return quiet_until(at, site.get(tx).quiet) or at


def _wanted(at: str | None, now: datetime.datetime) -> datetime.datetime:
    if at is None:
        return now
    try:
        wanted = datetime.datetime.strptime(at, "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=datetime.UTC)
    except ValueError:
        raise invalid("/args/at", "Skriv en dag og et klokkeslæt.") from None
    if wanted < now - EARLIEST:
        raise invalid("/args/at", "Den tid er gået. Vælg en, der kommer.")
    if wanted > now + datetime.timedelta(days=AHEAD_DAYS):
        raise invalid("/args/at", "Det er mere end et år frem. Vælg en tid før.")
    return max(wanted, now)


def _followable(tx: Tx, to: NoticeTo) -> None:
    """Refused where nobody can follow it: `invalid` for a name where there is none to be, else as of what is followed."""
    if (to.kind == "all") != (to.id is None):
        raise invalid("/args/to/id", "Skriv, hvad modtagerne følger; til alle skrives intet.")
    if to.kind == "all" or to.id is None:
        return
    if to.kind == "place":
        public(tx, Subject(to.kind, to.id))
    elif to.kind == "area":
        if all(slug(town.name.da) != to.id for town in site.get(tx).towns):
            raise invalid("/args/to/id", "Den by står ikke i indstillingerne.")
    elif (
        (found := follow.subject(tx, to.kind, to.id)) is None
        or not found.public
        # What an organiser has sent in is followed by whoever did; the archive names whom a notice was for.
        or (to.kind == "event" and (row := event.get(tx, to.id)) is not None and not row.was_public)
    ):
        raise unknown("Begivenheden" if to.kind == "event" else "Arrangøren")
