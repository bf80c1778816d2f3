"""Touched things → a body for each scope → the feed. Nobody else writes the feed.

public: active and resting places whole, dissolved ones slim where they were once public, routes and facilities that are
neither withdrawn nor staff's own, organisers, and events that are public (or were, and are cancelled) until 30 days after
their last time. staff: places, organisers and events of every state with what is staff's own, the routes and facilities
that the public does not read, reports of faults. guide: reports without who. Leaving a scope is a tombstone in it."""

import datetime
from collections import defaultdict
from collections.abc import Iterable

import msgspec
from msgspec import UNSET

from server.model.event import EventStaff
from server.model.lifecycle import PUBLIC
from server.model.notice import Notice
from server.model.organiser import OrganiserStaff
from server.model.place import Dissolved, Place, PlaceStaff, missing
from server.model.recurrence import still_shown
from server.model.rule_words import in_words
from server.model.site import SITE_ID
from server.store import (
    event,
    facility,
    fault,
    history,
    meta,
    near,
    notice,
    occurrence,
    organiser,
    place,
    register,
    route,
    site,
    thing,
)
from server.store.event import EventRow
from server.store.occurrence import Occurrence
from server.store.organiser import OrganiserRow
from sync import feed
from sync.sql import Tx

Touched = Iterable[tuple[str, str]]
"""(kind, id) of place, facility, route, organiser, event, fault; ("settings", "site")."""


def publish(tx: Tx, touched: Touched, today: datetime.date, *, moved: bool = True) -> dict[str, int]:
    """Puts the bodies of what was touched, and of what depends on it; returns the last seq of each scope that changed.

    `today` (Copenhagen) decides which fixed faults still stand. `moved` false: nothing touched changed where it is, who
    may read it or which route it names, so what is near a route is not reckoned again."""
    ids: dict[str, set[str]] = defaultdict(set)
    for kind, id in touched:
        ids[kind].add(id)
    if moved:
        _spread(tx, ids)
    put = _Put(tx)
    if ids["settings"]:
        put.body("public", "settings", SITE_ID, msgspec.json.encode(site.get(tx)))
    notes = fault.notes(tx, (row for of_kind in _rows(tx, ids).values() for row in of_kind), today)
    for one in facility.bodies(tx, ids["facility"], notes) if ids["facility"] else ():
        put.imported("facility", one)
    for each in route.bodies(tx, ids["route"], notes) if ids["route"] else ():
        put.imported("route", each)
    for here in place.many(tx, ids["place"]) if ids["place"] else ():
        put.place(here, here.body(notes.get(here.row, ())))
    for holder in organiser.many(tx, ids["organiser"]) if ids["organiser"] else ():
        put.organiser(holder)
    put.events(event.many(tx, ids["event"]) if ids["event"] else [], today)
    for report in fault.bodies(tx, ids["fault"]) if ids["fault"] else ():
        put.body("staff", "fault", report.id, msgspec.json.encode(report))
        without_who = msgspec.structs.replace(report, reported_by=UNSET, taken_by=UNSET)
        put.body("guide", "fault", report.id, msgspec.json.encode(without_who))
    if ids["notice"]:
        told = {one.id: (one, shown) for one, shown in notice.bodies(tx, ids["notice"])}
        for id in sorted(ids["notice"]):
            put.notice(id, *told.get(id, (None, False)))
    return put.seq


def republish(tx: Tx, today: datetime.date) -> dict[str, int]:
    """Makes every body anew: after a migration that changed a body's shape. What comes out equal costs phones nothing."""
    touched = [("settings", SITE_ID), *thing.all_ids(tx), *(("fault", id) for id in fault.all_ids(tx))]
    touched += [("notice", id) for id in notice.all_ids(tx)]
    seq = publish(tx, touched, today)
    meta.drop(tx, "republish")
    return seq


def _spread(tx: Tx, ids: dict[str, set[str]]) -> None:
    """Adds what depends on the touched things: routes near them before and after, and places that name a touched route."""
    rows = _rows(tx, ids)
    if rows["route"]:
        ids["place"].update(place.naming_route(tx, rows["route"]))
    routes = near.touched_routes(tx, rows["place"] | rows["facility"] | rows["route"])
    if routes:
        near.reckon(tx, routes)
        ids["route"].update(id for _, id in thing.ids_of(tx, routes))


def _rows(tx: Tx, ids: dict[str, set[str]]) -> dict[thing.Kind, set[int]]:
    """Inner ids by kind, of those that are there."""
    return {kind: set(thing.rows_of(tx, kind, ids[kind]).values()) if ids[kind] else set() for kind in thing.KINDS}


class _Put:
    """Puts bodies and remembers how far each scope came. A body is encoded once."""

    def __init__(self, tx: Tx) -> None:
        self._tx = tx
        self.seq: dict[str, int] = {}

    def body(self, scope: str, kind: str, id: str, body: bytes | None) -> bool:
        """Whether the feed changed."""
        seq = feed.put(self._tx, scope, kind, id, body)
        if seq is not None:
            self.seq[scope] = seq
        return seq is not None

    def imported(self, kind: str, one: facility.Stored | route.Stored) -> None:
        """Of what a register brings, history begins with the first change here or there: a body that is new is in the feed alone. Of
        what is made here it begins with that."""
        id = one.body.id
        encoded = None if one.withdrawn else msgspec.json.encode(one.body)
        public = feed.current(self._tx, "public", kind, id)
        before = public or feed.current(self._tx, "staff", kind, id)
        self.body("public", kind, id, encoded if one.public else None)
        self.body("staff", kind, id, None if one.public else encoded)
        if encoded is None or (before is None and one.source != register.HERE):
            return
        switched = before is not None and (public is not None) != one.public
        if before is not None:
            if before[1] == encoded and not switched:
                return
            if history.body(self._tx, one.row, before[0]) is None:
                history.keep(self._tx, one.row, before[0], before[1], "", "")
        beside = {"public": (not one.public, one.public)} if switched else {}
        history.keep(self._tx, one.row, feed.v_of(kind, id, encoded), encoded, one.changed_at, one.changed_by, beside)

    def notice(self, id: str, body: Notice | None, shown: bool) -> None:
        """Readers get it once it has begun to go out."""
        slim = None if body is None or not shown else msgspec.structs.replace(body, staff=UNSET)
        self.body("public", "notice", id, None if slim is None else msgspec.json.encode(slim))
        self.body("staff", "notice", id, None if body is None else msgspec.json.encode(body))

    def place(self, row: place.PlaceRow, body: Place | Dissolved) -> None:
        if row.withdrawn_on is not None:
            self.body("public", "place", row.id, None)
            self.body("staff", "place", row.id, None)
            return
        lacks: tuple[str, ...] = ()
        if isinstance(body, Place):
            lacks = missing(
                body, route_is_public=body.route_id is not None and route.is_public(self._tx, body.route_id)
            )
        shown = row.state in PUBLIC or (row.state == "dissolved" and row.was_public)
        self.body("public", "place", row.id, msgspec.json.encode(body) if shown else None)
        own = PlaceStaff(missing=lacks, notes=row.notes, last_seen_on=row.last_seen_on)
        encoded = msgspec.json.encode(msgspec.structs.replace(body, staff=own))
        if self.body("staff", "place", row.id, encoded):
            v = feed.v_of("place", row.id, encoded)
            history.keep(self._tx, row.row, v, encoded, row.changed_at, row.changed_by)

    def organiser(self, row: OrganiserRow) -> None:
        body = row.body()
        there = row.withdrawn_on is None
        self.body("public", "organiser", row.id, msgspec.json.encode(body) if there else None)
        own = OrganiserStaff(at_once=row.at_once, notes=row.notes)
        encoded = msgspec.json.encode(msgspec.structs.replace(body, staff=own)) if there else None
        if self.body("staff", "organiser", row.id, encoded) and encoded is not None:
            v = feed.v_of("organiser", row.id, encoded)
            history.keep(self._tx, row.row, v, encoded, row.changed_at, row.changed_by)

    def events(self, rows: list[EventRow], today: datetime.date) -> None:
        times = occurrence.of_events(self._tx, [row.row for row in rows])
        for row in rows:
            self._event(row, times.get(row.row, []), today)

    def _event(self, row: EventRow, found: list[Occurrence], today: datetime.date) -> None:
        """History keeps a body without its times: they follow from the rule, and are many."""
        shown = still_shown((one.time for one in found), today)
        rule = None if row.schedule is None else in_words(row.schedule, today)
        body = row.body(shown, rule)
        self.body("public", "event", row.id, msgspec.json.encode(body) if row.seen and shown else None)
        if row.withdrawn_on is not None:
            self.body("staff", "event", row.id, None)
            return
        own = EventStaff(
            schedule=row.schedule,
            changes=row.changes,
            missing=event.lacks(self._tx, row),
            notes=row.notes,
            decided=row.decided,
            calendar_id=row.calendar_id,
        )
        whole = msgspec.structs.replace(body, staff=own)
        encoded = msgspec.json.encode(whole)
        if self.body("staff", "event", row.id, encoded):
            v = feed.v_of("event", row.id, encoded)
            kept = msgspec.json.encode(msgspec.structs.replace(whole, times=()))
            history.keep(self._tx, row.row, v, kept, row.changed_at, row.changed_by)
