"""Who is told of an event: those who follow it, the series that it was split off, its place, its organiser, the area round its town, or all
there is."""

import math

from server.model import line
from server.model.lifecycle import PUBLIC
from server.model.site import SITE_ID, Site
from server.model.slug import slug
from server.model.values import Point, Text
from server.store import event, place, route
from server.store.event import EventRow
from server.store.place import PlaceRow
from sync.sql import Tx


def subjects(tx: Tx, row: EventRow, settings: Site) -> list[tuple[str, str]]:
    """What can be followed (kind, id) so that one hears of this event."""
    found = [("event", row.id), *(("event", id) for id in event.ancestors(tx, row.id)), ("settings", SITE_ID)]
    if row.place_id is not None:
        found.append(("place", row.place_id))
    if row.organiser_id is not None:
        found.append(("organiser", row.organiser_id))
    if (area := area_of(point_of(tx, row), settings)) is not None:
        found.append(("area", area))
    return found


def point_of(tx: Tx, row: EventRow) -> Point | None:
    """Where it is: its place, its own point, or where its route begins; None online."""
    if (here := _place(tx, row)) is not None and here.said.point is not None:
        return here.said.point
    if row.said.point is not None:
        return row.said.point
    if row.route_id is not None and route.is_public(tx, row.route_id):
        for stored in route.bodies(tx, [row.route_id], {}):
            for stretch in stored.body.stretches:
                return line.decode(stretch.line)[0]
    return None


def where_of(tx: Tx, row: EventRow) -> Text | None:
    """What its place is called: the place, the route, or the words for it; None online."""
    if (here := _place(tx, row)) is not None:
        return here.said.name
    if row.route_id is not None and route.is_public(tx, row.route_id):
        return next((stored.body.name for stored in route.bodies(tx, [row.route_id], {})), None)
    return row.said.where


def _place(tx: Tx, row: EventRow) -> PlaceRow | None:
    """Its place, where readers know it: what staff still work on has neither name nor point for anybody else."""
    here = None if row.place_id is None else place.get(tx, row.place_id)
    known = here is not None and here.withdrawn_on is None and (here.state in PUBLIC or here.was_public)
    return here if known else None


def area_of(point: Point | None, settings: Site) -> str | None:
    """The area round the nearest town: the slug of its Danish name."""
    if point is None or not settings.towns:
        return None
    nearest = min(settings.towns, key=lambda town: _apart(point, town.point))
    return slug(nearest.name.da)


def _apart(a: Point, b: Point) -> float:
    """Grows as the distance does, within a municipality."""
    return math.hypot((a[0] - b[0]) * math.cos(math.radians(a[1])), a[1] - b[1])
