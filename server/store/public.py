"""All that everybody may read, for whoever takes it out whole; and what an imported thing is called where it came from."""

from typing import Literal

from server.model.values import Point
from server.store import place
from sync.sql import Tx, load

SQL = load(__file__)
Noun = Literal["place", "facility", "route", "event", "organiser"]


def bodies(tx: Tx, kind: Noun) -> list[bytes]:
    """The public bodies of a kind as the feed has them, in the order in which the things came; of places those that are active or
    rest, the latter last."""
    return place.public_bodies(tx) if kind == "place" else [row[0] for row in SQL.rows(tx, "bodies", kind=kind)]


def facilities(tx: Tx) -> dict[str, tuple[str, str, Point]]:
    """By id, of every facility: its register, the register's own key, and its point in WGS84 as exact as it is kept."""
    return {uid: (source, key, (lon, lat)) for uid, source, key, lon, lat in SQL.rows(tx, "facilities")}


def routes(tx: Tx) -> dict[str, tuple[str, str]]:
    """By id, of every route: its register, and the register's own key."""
    return {uid: (source, key) for uid, source, key in SQL.rows(tx, "routes")}


def lines(tx: Tx) -> dict[str, bytes]:
    """By id, the full line of every stretch in WGS84, as geometry.points_of reads it."""
    return dict(SQL.rows(tx, "lines"))
