"""save_calendar, end_calendar, import_calendar: calendars that others keep, and whose events come in by themselves or as files."""

import ipaddress
import os
import re
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

import msgspec
from msgspec import UNSET

from server.domain import edit
from server.domain.bringing import bring
from server.domain.ctx import Ctx
from server.domain.done import Done
from server.domain.organiser import must_be_there
from server.domain.own import is_staff, must_be_own, own_organiser
from server.domain.refusal import Refused, TryLater, invalid, unknown
from server.formats.ical.found import Calendar
from server.model.calendar import CalendarSet, ImportCalendar, SaveCalendar
from server.model.person import Nothing
from server.model.pushing import HOST, LOOPBACK_HOST
from server.push.endpoint import is_open
from server.store import calendar, place
from server.store.calendar import CalendarRow
from server.store.refusal import folder
from sync.sql import Tx
from sync.wire import Subject

CALENDARS_MOST: Final = 500
_NAME: Final = re.compile(r"[0-9a-f]{64}")


def save_calendar(tx: Tx, ctx: Ctx, subject: Subject, args: SaveCalendar) -> Done:
    """Makes a calendar that is fetched, or changes what is sent of one. It is read at once, and then each hour. An organiser's person has
    their organiser's own."""
    before, given = _find(tx, subject), args.set
    edit.words_fit(given)
    if before is None:
        if given.name is UNSET:
            raise invalid("/args/set/name", "Skriv, hvad kalenderen hedder.")
        if given.url is UNSET or given.url is None:
            raise invalid("/args/set/url", "Skriv kalenderens adresse.")
        before = _new(tx, ctx, subject, given.name)
    else:
        must_be_own(tx, ctx, before.organiser_id)
    after = _laid_over(tx, ctx, before, given)
    if after.url != before.url:
        after = _looked_at(tx, ctx, after)
    if after.url != before.url or before.ended_on is not None:
        url = after.url
        after = msgspec.structs.replace(
            after, etag=None, last_modified=None, tries=0, failed=None, failed_since=None, ended_on=None,
            due_at=None if url is None else ctx.moment,
        )  # fmt: skip
    elif after.url is not None:  # whoever saves it again wants it read
        after = msgspec.structs.replace(after, etag=None, last_modified=None, tries=0, due_at=ctx.moment)
    calendar.save(tx, after)
    return Done([], fields=tuple(edit.sent(given)))


def end_calendar(tx: Tx, ctx: Ctx, subject: Subject, args: Nothing) -> Done:
    """It is read no more. Its events stay as they are, as if they had been written here."""
    before = _find(tx, subject)
    if before is None:
        raise unknown("Kalenderen")
    must_be_own(tx, ctx, before.organiser_id)
    calendar.save(tx, msgspec.structs.replace(before, ended_on=ctx.today, due_at=None))
    return Done([])


def import_calendar(tx: Tx, ctx: Ctx, subject: Subject, args: ImportCalendar) -> Done:
    """Brings in a file that was looked at: the first of its events at once, the others soon after. Again with another file it is the same
    calendar. Later `blob_missing` where nobody has looked at such a file lately."""
    before = _find(tx, subject)
    edit.seen_fits(args.name, "/args/name")
    if before is None:
        before = _new(tx, ctx, subject, args.name or "Kalender fra en fil")
        given = CalendarSet(
            organiser_id=UNSET if args.organiser_id is None else args.organiser_id,
            place_id=UNSET if args.place_id is None else args.place_id,
        )
        before = _laid_over(tx, ctx, before, given)
    else:
        must_be_own(tx, ctx, before.organiser_id)
        if args.name is not None or args.organiser_id is not None or args.place_id is not None:
            raise invalid("/args/name", "Kalenderen er her allerede. Ret dens navn, forening og sted for sig.")
    found = found_in(ctx, args.blob)
    if found is None:
        raise TryLater("blob_missing")
    row = msgspec.structs.replace(_looked_at(tx, ctx, before), sha256=args.blob, checked_at=ctx.moment, ended_on=None)
    row, touched = bring(tx, ctx, row, found)
    told = row.told
    assert told is not None  # noqa: S101  bring tells
    counts = {name: getattr(told, name) for name in RESULT if name != "left_out"}
    return Done(
        [("event", id) for id in touched], counts | {"left_out": len(told.left)}, moved=False, fields=("events",)
    )


RESULT: Final = ("new", "changed", "unchanged", "past", "lacking", "waiting", "left_out")
"""What import_calendar answers with."""


def keep_found(data_dir: Path, found: Calendar) -> None:
    """Puts what was found in a file where `found_in` finds it. Raises OSError."""
    path = calendar.file_of(data_dir, str(found.sha256))
    folder(path.parent)
    half = path.with_suffix(f".{os.getpid()}.half")
    half.write_bytes(msgspec.json.encode(found))
    os.replace(half, path)


def found_in(ctx: Ctx, sha256: str) -> Calendar | None:
    """What was found in a file that was read; None where it is not here any more, or of another version."""
    try:
        return msgspec.json.decode(calendar.file_of(ctx.data_dir, sha256).read_bytes(), type=Calendar)
    except (OSError, msgspec.MsgspecError):
        return None


def address(url: str, hosts: tuple[str, ...] = ()) -> str:
    """Where a calendar is fetched, nothing being asked of anybody. `hosts`: those on this machine that the settings allow. Raises Refused
    `invalid` for what is no address of the open net."""
    at = "/args/set/url"
    plain = re.sub(r"^webcals?://", "https://", url.strip(), flags=re.IGNORECASE)
    try:
        parts = urlsplit(plain)
        port, host = parts.port, (parts.hostname or "").rstrip(".")
    except ValueError:
        raise invalid(at, "Adressen kan ikke læses. Kopiér den igen.") from None
    if "\\" in plain or parts.username is not None or parts.password is not None or "@" in parts.netloc:
        raise invalid(at, "Adressen må ikke have et brugernavn eller en adgangskode i sig.")
    if parts.scheme == "http" and parts.netloc in hosts and LOOPBACK_HOST.fullmatch(parts.netloc):
        return plain
    if parts.scheme != "https":
        raise invalid(at, "Adressen skal begynde med https:// eller webcal://.")
    if port not in (None, 443):
        raise invalid(at, "Adressen må kun bruge port 443. Spørg, om kalenderen har en anden adresse.")
    if not (HOST.fullmatch(host) and not host.startswith("*")) and not _is_open_address(host):
        raise invalid(at, "Adressen fører ikke ud på nettet. Brug den adresse, som alle kan hente kalenderen på.")
    return plain


def _is_open_address(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return is_open(host)


def _find(tx: Tx, subject: Subject) -> CalendarRow | None:
    if subject.kind != "calendar":
        raise invalid("/subject/kind", "Det er ikke en kalender.")
    return calendar.get(tx, subject.id)


def _new(tx: Tx, ctx: Ctx, subject: Subject, name: str) -> CalendarRow:
    edit.is_new(subject, None, "Kalenderen", "En ny kalender")
    if calendar.count(tx) >= CALENDARS_MOST:
        raise Refused(
            "too_long", f"Der er {CALENDARS_MOST} kalendere. Slut en, før en ny kommer til.", limit=CALENDARS_MOST
        )
    staff = is_staff(tx, ctx)
    mine = None if staff else own_organiser(tx, ctx)
    must_be_own(tx, ctx, mine)
    return CalendarRow(
        id=subject.id, name=name, url=None, organiser_id=mine, place_id=None, by_staff=staff, saved_by=ctx.who, saved_at=ctx.moment
    )  # fmt: skip


def _looked_at(tx: Tx, ctx: Ctx, row: CalendarRow) -> CalendarRow:
    """The calendar when somebody has said what comes into it: what an organiser's person says is theirs, also where staff began it."""
    return msgspec.structs.replace(row, by_staff=row.by_staff and is_staff(tx, ctx))


def _laid_over(tx: Tx, ctx: Ctx, before: CalendarRow, given: CalendarSet) -> CalendarRow:
    row = {name: value for name in CalendarSet.__struct_fields__ if (value := getattr(given, name)) is not UNSET}
    if row.get("url") is not None:
        row["url"] = address(row["url"], ctx.calendar_hosts)
    if "organiser_id" in row and row["organiser_id"] != before.organiser_id:
        if not is_staff(tx, ctx):
            raise Refused("forbidden", "Du kan kun have jeres egne kalendere.", at="/args/set/organiser_id")
        if row["organiser_id"] is not None:
            must_be_there(tx, row["organiser_id"], "/args/set/organiser_id")
    if row.get("place_id") is not None:
        here = place.get(tx, row["place_id"])
        if here is None or here.withdrawn_on is not None or here.state == "dissolved":
            raise invalid("/args/set/place_id", "Stedet findes ikke.")
    return msgspec.structs.replace(before, saved_at=ctx.moment, **row)
