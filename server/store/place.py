"""Places: what staff wrote of them, where they are, and where they stand in their life."""

import datetime
from collections import defaultdict
from collections.abc import Iterable

import msgspec
from msgspec import Struct

from server.model.hours import Hours
from server.model.lifecycle import State
from server.model.place import Approaches, Closures, Dissolved, Form, Photos, Place
from server.model.values import Access, Contact, Fact, FaultNote, Id, Point, Surface, Text, Url
from server.store import thing
from sync.sql import Row, Tx, load

SQL = load(__file__)


class Said(Struct, frozen=True, kw_only=True):
    """The fields of the body that have no column of their own, as they are kept."""

    name: Text
    where: Text | None = None
    amenities: Text | None = None
    ground: Text | None = None
    purpose: Text | None = None
    activities: Text | None = None
    point: Point | None = None
    url: Url | None = None
    surface: Fact[Surface] | None = None
    access: Access = Access()
    way_in: Text | None = None
    approaches: Approaches = ()
    hours: Hours | None = None
    contact: Contact | None = None
    first_time: Text | None = None
    guests_welcome: bool | None = None
    appointed_on: datetime.date | None = None
    organiser_id: Id | None = None
    photos: Photos = ()
    closures: Closures = ()


class PlaceRow(Struct, frozen=True, kw_only=True):
    """A place out of the store, and into it. `row` 0: not there yet. `route_id` and `facility_ids` name what is there."""

    row: int
    id: str
    slug: str
    form: Form
    state: State
    said: Said
    route_id: str | None
    facility_ids: tuple[str, ...]
    was_public: bool
    dissolved_on: datetime.date | None
    why: Text | None
    successor_id: str | None
    notes: str | None
    last_seen_on: datetime.date | None
    changed_at: str
    changed_by: str
    withdrawn_on: datetime.date | None = None

    def body(self, faults: tuple[FaultNote, ...] = ()) -> Place | Dissolved:
        """What readers get, without what is staff's own."""
        if self.state == "dissolved":
            if self.dissolved_on is None:
                raise ValueError(f"place {self.id} is dissolved without a day")
            return Dissolved(
                id=self.id,
                slug=self.slug,
                form=self.form,
                name=self.said.name,
                point=self.said.point,
                dissolved_on=self.dissolved_on,
                why=self.why,
                successor_id=self.successor_id,
            )
        return Place(
            id=self.id,
            slug=self.slug,
            form=self.form,
            state=self.state,
            route_id=self.route_id,
            facility_ids=self.facility_ids,
            faults=faults,
            **{name: getattr(self.said, name) for name in Said.__struct_fields__},
        )


def get(tx: Tx, id: str) -> PlaceRow | None:
    """The place with this id, withdrawn or not."""
    found = many(tx, [id])
    return found[0] if found else None


def many(tx: Tx, ids: Iterable[str]) -> list[PlaceRow]:
    """Those of `ids` that are there."""
    uids = thing.json(ids)
    facilities: dict[int, list[str]] = defaultdict(list)
    for place, uid in SQL.rows(tx, "facilities", uids=uids):
        facilities[place].append(uid)
    return [_read(row, facilities) for row in SQL.rows(tx, "many", uids=uids)]


def save(tx: Tx, place: PlaceRow) -> int:
    """Makes or changes the place and its point; returns its inner id. The slug is only taken for a new one (see slugs.move).

    Raises LookupError where a route, a facility or a successor that it names is not there."""
    row = place.row or thing.make(tx, "place", place.id, place.slug)
    SQL.run(
        tx,
        "put",
        thing=row,
        form=place.form,
        state=place.state,
        said=msgspec.json.encode(place.said).decode(),
        route=thing.row_of(tx, "route", place.route_id),
        was_public=place.was_public,
        dissolved_on=_day(place.dissolved_on),
        why=None if place.why is None else msgspec.json.encode(place.why).decode(),
        successor=thing.row_of(tx, "place", place.successor_id),
        notes=place.notes,
        last_seen_on=_day(place.last_seen_on),
        changed_at=place.changed_at,
        changed_by=place.changed_by,
    )
    if place.row:  # a new one has none: ten thousand of them are written within two seconds
        SQL.run(tx, "drop_facilities", place=row)
    for no, id in enumerate(place.facility_ids):
        SQL.run(tx, "put_facility", place=row, no=no, facility=thing.row_of(tx, "facility", id))
    if place.said.point is None and place.row:
        SQL.run(tx, "drop_point", place=row)
    elif place.said.point is not None:
        SQL.run(tx, "put_point", place=row, lon=place.said.point[0], lat=place.said.point[1])
    return row


def naming_route(tx: Tx, route_rows: Iterable[int]) -> list[str]:
    """Ids of the places, neither dissolved nor withdrawn, that name one of these routes."""
    return [row[0] for row in SQL.rows(tx, "naming_route", routes=thing.json(route_rows))]


def public_bodies(tx: Tx) -> list[bytes]:
    """The public bodies of places that are active or rest, as the feed has them; those that rest last."""
    return [row[0] for row in SQL.rows(tx, "public_bodies")]


def _day(day: datetime.date | None) -> str | None:
    return None if day is None else day.isoformat()


def _read(row: Row, facilities: dict[int, list[str]]) -> PlaceRow:
    inner, uid, slug, withdrawn_on, form, state, said, route, was_public, *rest = row
    dissolved_on, why, successor, notes, last_seen_on, changed_at, changed_by = rest
    return PlaceRow(
        row=inner,
        id=uid,
        slug=slug,
        form=form,
        state=state,
        said=_SAID.decode(said),
        route_id=route,
        facility_ids=tuple(facilities[inner]),
        was_public=bool(was_public),
        dissolved_on=_date(dissolved_on),
        why=None if why is None else _TEXT.decode(why),
        successor_id=successor,
        notes=notes,
        last_seen_on=_date(last_seen_on),
        changed_at=changed_at,
        changed_by=changed_by,
        withdrawn_on=_date(withdrawn_on),
    )


def _date(day: str | None) -> datetime.date | None:
    return None if day is None else datetime.date.fromisoformat(day)


_SAID = msgspec.json.Decoder(Said)
_TEXT = msgspec.json.Decoder(Text)
