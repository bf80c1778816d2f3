"""place, its slim body once dissolved, the publishing rule, and the args of save_place, move_state and withdraw."""

import datetime
from typing import Annotated, Literal

from msgspec import UNSET, Meta, UnsetType

from server.model.hours import Hours
from server.model.lifecycle import State
from server.model.values import (
    Access,
    Approach,
    Closure,
    Contact,
    Fact,
    FaultNote,
    Id,
    Photo,
    Point,
    Slug,
    Surface,
    Text,
    Url,
    Value,
)

Form = Literal["building", "spot", "route", "online", "mental"]
FIVE = ("where", "amenities", "ground", "purpose", "activities")
"""Sted, faciliteter, underlag, formål, mulighed for aktiviteter."""
NAME_LIMIT = 120

Approaches = Annotated[tuple[Approach, ...], Meta(max_length=10)]
FacilityIds = Annotated[tuple[Id, ...], Meta(max_length=200)]
Photos = Annotated[tuple[Photo, ...], Meta(max_length=20)]
Closures = Annotated[tuple[Closure, ...], Meta(max_length=50)]
Notes = Annotated[str, Meta(max_length=4000)]


class PlaceStaff(Value, frozen=True, kw_only=True):
    """What staff alone read of a place: the fields it lacks to be published, their notes, when it was last seen."""

    missing: tuple[str, ...]
    notes: str | None
    last_seen_on: datetime.date | None


class Place(Value, frozen=True, kw_only=True):
    """The body of kind "place" until it is dissolved. `staff` stands in the staff scope alone."""

    id: Id
    slug: Slug
    form: Form
    state: Literal["idea", "developing", "active", "resting"]
    name: Text
    where: Text | None
    amenities: Text | None
    ground: Text | None
    purpose: Text | None
    activities: Text | None
    point: Point | None
    route_id: Id | None
    url: Url | None
    surface: Fact[Surface] | None
    access: Access
    way_in: Text | None
    approaches: Approaches
    hours: Hours | None
    contact: Contact | None
    first_time: Text | None
    guests_welcome: bool | None
    appointed_on: datetime.date | None
    facility_ids: FacilityIds
    organiser_id: Id | None
    photos: Photos
    faults: tuple[FaultNote, ...]
    closures: Closures
    staff: PlaceStaff | UnsetType = UNSET


class Dissolved(Value, frozen=True, kw_only=True):
    """The body of kind "place" once it is dissolved: it answers at its address for ever, and says so."""

    id: Id
    slug: Slug
    form: Form
    state: Literal["dissolved"] = "dissolved"
    name: Text
    point: Point | None
    dissolved_on: datetime.date
    why: Text | None
    successor_id: Id | None
    staff: PlaceStaff | UnsetType = UNSET


def missing(place: Place, *, route_is_public: bool) -> tuple[str, ...]:
    """The fields that `place` lacks to be published, in the order of the body. Facts may be null.

    `route_is_public` says whether the route that `place.route_id` names is one that everybody reads."""
    needed = FIVE if place.form in ("building", "spot", "route") else ("purpose", "activities")
    lacks = [name for name in needed if getattr(place, name) is None]
    if place.form in ("building", "spot") and place.point is None:
        lacks.append("point")
    if place.form == "route" and (place.route_id is None or not route_is_public):
        lacks.append("route_id")
    if place.form == "building" and place.hours is None:
        lacks.append("hours")
    if place.form == "online" and place.url is None and (place.contact is None or place.contact.phone is None):
        lacks.append("url")
    return tuple(lacks)


class PlaceSet(Value, frozen=True, kw_only=True):
    """The fields that save_place may set: others stay, null empties. `notes`, `last_seen_on` are staff's own."""

    slug: Slug | UnsetType = UNSET
    form: Form | UnsetType = UNSET
    name: Text | UnsetType = UNSET
    where: Text | UnsetType | None = UNSET
    amenities: Text | UnsetType | None = UNSET
    ground: Text | UnsetType | None = UNSET
    purpose: Text | UnsetType | None = UNSET
    activities: Text | UnsetType | None = UNSET
    point: Point | UnsetType | None = UNSET
    route_id: Id | UnsetType | None = UNSET
    url: Url | UnsetType | None = UNSET
    surface: Fact[Surface] | UnsetType | None = UNSET
    access: Access | UnsetType | None = UNSET
    way_in: Text | UnsetType | None = UNSET
    approaches: Approaches | UnsetType | None = UNSET
    hours: Hours | UnsetType | None = UNSET
    contact: Contact | UnsetType | None = UNSET
    first_time: Text | UnsetType | None = UNSET
    guests_welcome: bool | UnsetType | None = UNSET
    appointed_on: datetime.date | UnsetType | None = UNSET
    facility_ids: FacilityIds | UnsetType | None = UNSET
    organiser_id: Id | UnsetType | None = UNSET
    photos: Photos | UnsetType | None = UNSET
    closures: Closures | UnsetType | None = UNSET
    notes: Notes | UnsetType | None = UNSET
    last_seen_on: datetime.date | UnsetType | None = UNSET


class SavePlace(Value, frozen=True, kw_only=True):
    """args of save_place. A new UUIDv7 as subject makes the place, as an idea; then `form` and `name` must be there."""

    set: PlaceSet


class MoveState(Value, frozen=True, kw_only=True):
    """args of move_state. `why` and `successor_id` are shown where a place is dissolved."""

    to: State
    why: Text | None = None
    successor_id: Id | None = None


class Withdraw(Value, frozen=True, kw_only=True):
    """args of withdraw: why the thing leaves every list. Staff read it; the public reads only that it is gone."""

    why: Annotated[str, Meta(max_length=500)]
