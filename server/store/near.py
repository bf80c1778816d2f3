"""What is within 100 m of a route, reckoned by SpatiaLite: the R-tree's box first, then the distance (never KNN: it crashes).

Only what is public counts. The result is kept in table `near`, so that what moves away touches the routes it was near."""

from collections.abc import Iterable, Iterator
from typing import Literal

from server.model.route import Near
from server.store import geometry, thing
from sync.sql import Tx, load

SQL = load(__file__)
WITHIN_M = 100.0
LONG_BYTES = 8_200
"""A line above this (about 500 points) is measured in pieces: its distance to each thing in its box costs too much."""
PIECE = 128

Found = tuple[int, int, int, int]
"""(route, thing, at_m, off_m), inner ids."""


def touched_routes(tx: Tx, rows: Iterable[int]) -> set[int]:
    """Inner ids of the routes whose `near` or `place_ids` may change with these things (inner ids of places, facilities,
    routes): the routes themselves, those that had the thing near, those that are near it now or that it names."""
    things = thing.json(rows)
    found: set[int] = set()
    for name in ("routes_among", "routes_before", "routes_named", "routes_near_facilities", "routes_near_places"):
        more = (
            SQL.rows(tx, name, things=things, within=WITHIN_M, long=LONG_BYTES)
            if "_near_" in name
            else SQL.rows(tx, name, things=things)
        )
        found.update(row[0] for row in more)
    return found


def reckon(tx: Tx, routes: Iterable[int]) -> None:
    """Reckons what is near these routes anew; a route that names a place has it near however far it is."""
    which = thing.json(routes)
    SQL.run(tx, "drop", routes=which)
    for kind in KINDS:
        found = _near(tx, kind, which, WITHIN_M)
        SQL.many(tx, "put", ({"route": r, "thing": t, "at_m": at, "off_m": off} for r, t, at, off in found))
    SQL.run(tx, "named", routes=which)


def facilities_near(tx: Tx, route_id: str, within_m: float = WITHIN_M) -> list[Near]:
    """Public facilities within `within_m` of a route, in the order one comes to them; none where there is no such route."""
    route = thing.find(tx, "route", route_id)
    found = _near(tx, "facility", thing.json([route.row] if route else []), within_m)
    ids = thing.ids_by_row(tx, [row[1] for row in found])
    return [Near(facility_id=ids[row], at_m=at_m, off_m=off_m) for _, row, at_m, off_m in found]


Kind = Literal["facility", "place"]
KINDS: tuple[Kind, ...] = ("facility", "place")
Hit = tuple[int, int, int, float, float]
"""(route, thing, number of the stretch, metres along the route, metres off), not yet rounded."""


def _near(tx: Tx, kind: Kind, routes: str, within: float) -> list[Found]:
    """By route, in the order one comes to them. The nearest stretch counts, of equals the first."""
    best: dict[tuple[int, int], Hit] = {}
    for hit in (
        *SQL.rows(tx, "near", kind=kind, routes=routes, within=within, long=LONG_BYTES),
        *_by_piece(tx, kind, routes, within),
    ):
        route, what, no, _, off = hit
        before = best.get((route, what))
        if before is None or (off, no) < (before[4], before[2]):
            best[route, what] = hit
    rounded = ((route, what, round(at), round(off)) for route, what, _, at, off in best.values())
    return sorted(rounded, key=lambda found: (found[0], found[2], found[3], found[1]))


def _by_piece(tx: Tx, kind: Kind, routes: str, within: float) -> Iterator[Hit]:
    """What is near the long lines: each piece has a box of its own, and is soon measured."""
    for route, no, start_m, length_m, blob in SQL.rows(tx, "long", routes=routes, long=LONG_BYTES):
        xy = geometry.points_of(blob)
        scale = length_m / (geometry.length_m(xy) or 1.0)
        at = float(start_m)
        for first in range(0, len(xy) - 1, PIECE):
            piece = xy[first : first + PIECE + 1]
            length = geometry.length_m(piece) * scale
            xs, ys = [x for x, _ in piece], [y for _, y in piece]
            for what, part, off in SQL.rows(
                tx,
                f"{kind}_by_piece",
                piece=geometry.line_blob(piece),
                west=min(xs),
                east=max(xs),
                south=min(ys),
                north=max(ys),
                within=within,
            ):
                yield route, what, no, at + part * length, off
            at += length
