"""Events: what was written of them, when they are by rule, and where they stand. Their single times are in occurrence.py."""

import datetime
from collections.abc import Iterable

import msgspec
from msgspec import Struct

from server.model.event import Change, Event, EventState, Host, Level, Newcomers, Schedule, Themes, Time, missing
from server.model.lifecycle import PUBLIC
from server.model.values import Point, Text, Url
from server.store import place, route, thing
from sync.sql import Row, Tx, load

SQL = load(__file__)
TZ = "Europe/Copenhagen"


class Said(Struct, frozen=True, kw_only=True):
    """The fields of the body that have no column of their own, as they are kept."""

    name: Text
    about: Text | None = None
    url: Url | None = None
    where: Text | None = None
    point: Point | None = None
    host: Host | None = None
    price: Text | None = None
    free: bool = False
    bring: Text | None = None
    access: Text | None = None
    themes: Themes = ()
    level: Level | None = None
    newcomers: Newcomers | None = None


class EventRow(Struct, frozen=True, kw_only=True):
    """An event out of the store, and into it. `row` 0: not there yet. `revisions`: by day (as the rule gives it), the revision that a time
    had which readers could see and which is no more. `calendar_id`, `uid`, `sequence`: of the calendar that brings it."""

    row: int
    id: str
    slug: str
    state: EventState
    said: Said
    schedule: Schedule | None
    changes: tuple[Change, ...]
    place_id: str | None
    route_id: str | None
    organiser_id: str | None
    split_from: str | None
    why: Text | None
    notes: str | None
    decided: Text | None
    was_public: bool
    changed_at: str
    changed_by: str
    calendar_id: str | None = None
    uid: str | None = None
    sequence: int | None = None
    written_to: datetime.date | None = None
    revisions: dict[str, int] = msgspec.field(default_factory=dict)
    withdrawn_on: datetime.date | None = None

    @property
    def seen(self) -> bool:
        """Whether readers see it, or would while it has times."""
        return self.withdrawn_on is None and (self.state == "public" or (self.state == "cancelled" and self.was_public))

    def body(self, times: tuple[Time, ...] = (), rule: Text | None = None) -> Event:
        """What readers get, without what is staff's own. `rule`: its series in words."""
        return Event(
            id=self.id,
            slug=self.slug,
            place_id=self.place_id,
            route_id=self.route_id,
            organiser_id=self.organiser_id,
            state=self.state,
            why=self.why,
            tz=TZ,
            rule=rule,
            split_from=self.split_from,
            times=times,
            **{name: getattr(self.said, name) for name in Said.__struct_fields__},
        )


def get(tx: Tx, id: str) -> EventRow | None:
    """The event with this id, withdrawn or not."""
    found = many(tx, [id])
    return found[0] if found else None


def many(tx: Tx, ids: Iterable[str]) -> list[EventRow]:
    """Those of `ids` that are there."""
    return [_read(row) for row in SQL.rows(tx, "many", uids=thing.json(ids))]


def save(tx: Tx, event: EventRow) -> int:
    """Makes or changes the event, not its times (server/domain/event/writing.py writes both); returns its inner id. The slug is only taken
    for a new one (see slugs.move). LookupError where what it names is not there."""
    row = event.row or thing.make(tx, "event", event.id, event.slug)
    SQL.run(
        tx,
        "put",
        thing=row,
        state=event.state,
        said=_json(event.said),
        schedule=None if event.schedule is None else _json(event.schedule),
        changes=_json(event.changes),
        place=thing.row_of(tx, "place", event.place_id),
        route=thing.row_of(tx, "route", event.route_id),
        organiser=thing.row_of(tx, "organiser", event.organiser_id),
        split_from=thing.row_of(tx, "event", event.split_from),
        why=None if event.why is None else _json(event.why),
        notes=event.notes,
        decided=None if event.decided is None else _json(event.decided),
        was_public=event.was_public,
        calendar=event.calendar_id,
        uid=event.uid,
        sequence=event.sequence,
        written_to=None if event.written_to is None else event.written_to.isoformat(),
        revisions=_json(event.revisions),
        changed_at=event.changed_at,
        changed_by=event.changed_by,
    )
    return row


def lacks(tx: Tx, row: EventRow) -> tuple[str, ...]:
    """The fields that it lacks to be published."""
    here = None if row.place_id is None else place.get(tx, row.place_id)
    return missing(
        row.body(),
        row.schedule,
        place_is_public=here is not None and here.withdrawn_on is None and here.state in PUBLIC,
        route_is_public=row.route_id is not None and route.is_public(tx, row.route_id),
    )


def on_place(tx: Tx, place_id: str) -> list[str]:
    """Ids of the events at a place, in any state, but for those that were withdrawn."""
    return _ids(tx, "on_place", place=place_id)


def on_route(tx: Tx, route_id: str) -> list[str]:
    """Ids of the events on a route, in any state, but for those that were withdrawn."""
    return _ids(tx, "on_route", route=route_id)


def of_organiser(tx: Tx, organiser_id: str) -> list[str]:
    """Ids of an organiser's events, in any state, but for those that were withdrawn."""
    return _ids(tx, "of_organiser", organiser=organiser_id)


def of_calendar(tx: Tx, calendar_id: str, uid: str) -> EventRow | None:
    """The event that a calendar brings under its own UID."""
    found = _ids(tx, "of_calendar", calendar=calendar_id, uid=uid)
    return get(tx, found[0]) if found else None


def skipping(tx: Tx) -> list[str]:
    """Ids of those that leave holidays or school holidays out."""
    return _ids(tx, "skipping")


def behind(tx: Tx, before: datetime.date, most: int) -> list[str]:
    """Ids of at most so many whose times were last written out to that day or an earlier one."""
    return [row[0] for row in SQL.rows(tx, "behind", before=before.isoformat(), most=most)]


def over(tx: Tx, oldest: datetime.date, most: int) -> list[str]:
    """Ids of at most so many that all can read, and whose last time was before that day."""
    day_before = oldest - datetime.timedelta(days=1)
    found = SQL.rows(tx, "over", oldest=oldest.isoformat(), day_before=day_before.isoformat(), most=most)
    return [row[0] for row in found]


def ancestors(tx: Tx, id: str) -> list[str]:
    """Ids of the series that this one was split off, the nearest first: who follows one of them follows this one too."""
    return _ids(tx, "ancestors", uid=id)


def split_off(tx: Tx, id: str) -> list[str]:
    """Ids of the series that were split off this one, and off those."""
    return _ids(tx, "split_off", uid=id)


def _ids(tx: Tx, name: str, **given: str) -> list[str]:
    return [row[0] for row in SQL.rows(tx, name, **given)]


def _json(value: object) -> str:
    return msgspec.json.encode(value).decode()


def _read(row: Row) -> EventRow:
    inner, uid, slug, withdrawn_on, state, said, schedule, changes, place, route, organiser, split_from, *rest = row
    why, notes, decided, was_public, calendar, their_uid, sequence, written_to, revisions, changed_at, changed_by = rest
    return EventRow(
        row=inner,
        id=uid,
        slug=slug,
        state=state,
        said=_SAID.decode(said),
        schedule=None if schedule is None else _SCHEDULE.decode(schedule),
        changes=_CHANGES.decode(changes),
        place_id=place,
        route_id=route,
        organiser_id=organiser,
        split_from=split_from,
        why=None if why is None else _TEXT.decode(why),
        notes=notes,
        decided=None if decided is None else _TEXT.decode(decided),
        was_public=bool(was_public),
        calendar_id=calendar,
        uid=their_uid,
        sequence=sequence,
        written_to=_date(written_to),
        revisions=_REVISIONS.decode(revisions),
        changed_at=changed_at,
        changed_by=changed_by,
        withdrawn_on=_date(withdrawn_on),
    )


def _date(day: str | None) -> datetime.date | None:
    return None if day is None else datetime.date.fromisoformat(day)


_SAID = msgspec.json.Decoder(Said)
_TEXT = msgspec.json.Decoder(Text)
_SCHEDULE = msgspec.json.Decoder(Schedule)
_CHANGES = msgspec.json.Decoder(tuple[Change, ...])
_REVISIONS = msgspec.json.Decoder(dict[str, int])
