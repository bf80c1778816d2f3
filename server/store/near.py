"""What is within 100 m of a route, reckoned by SpatiaLite: the R-tree's box first, then the distance (never KNN: it crashes).

Only what is public counts. The result is kept in table `near`, so that what moves away touches the routes it was near."""

from collections.abc import Iterable

from server.model.route import Near
from server.store import thing
from sync.sql import Tx, load

SQL = load(__file__)
WITHIN_M = 100.0


def touched_routes(tx: Tx, rows: Iterable[int]) -> set[int]:
    """Inner ids of the routes whose `near` or `place_ids` may change with these things (inner ids of places, facilities,
    routes): the routes themselves, those that had the thing near, those that are near it now or that it names."""
    things = thing.json(rows)
    found: set[int] = set()
    for name in ("routes_among", "routes_before", "routes_named", "routes_near_facilities", "routes_near_places"):
        more = (
            SQL.rows(tx, name, things=things, within=WITHIN_M)
            if "_near_" in name
            else SQL.rows(tx, name, things=things)
        )
        found.update(row[0] for row in more)
    return found


def reckon(tx: Tx, routes: Iterable[int]) -> None:
    """Reckons what is near these routes anew; a route that names a place has it near however far it is."""
    which = thing.json(routes)
    SQL.run(tx, "drop", routes=which)
    for name in ("facilities", "places"):
        found = SQL.rows(tx, name, routes=which, within=WITHIN_M)
        SQL.many(tx, "put", ({"route": r, "thing": t, "at_m": at, "off_m": off} for r, t, at, off in found))
    SQL.run(tx, "named", routes=which)


def facilities_near(tx: Tx, route_id: str, within_m: float = WITHIN_M) -> list[Near]:
    """Public facilities within `within_m` of a route, in the order one comes to them; none where there is no such route."""
    route = thing.find(tx, "route", route_id)
    found = SQL.rows(tx, "facilities", routes=thing.json([route.row] if route else []), within=within_m)
    ids = thing.ids_by_row(tx, [row[1] for row in found])
    return [Near(facility_id=ids[row], at_m=at_m, off_m=off_m) for _, row, at_m, off_m in found]
