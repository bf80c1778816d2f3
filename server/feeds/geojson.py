"""GeoJSON by RFC 7946: WGS84, longitude first, a box round all of it; what is not known is left out. Our own GeoJSON is own.py's."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from msgspec import UNSET, json

from server.feeds import columns
from server.feeds.columns import ACCESS, Column
from server.feeds.taken import Taken
from server.feeds.words import clean
from server.model import line
from server.model.facility import Facility
from server.model.place import Place
from server.model.route import Route, Stretch
from server.model.values import Access, Approach, Fact, Point

Feature = tuple[str, dict[str, Any], dict[str, Any] | None]
"""Its id, its properties, its geometry."""


def places(taken: Taken) -> bytes:
    """The places; one that is nowhere (online) has no geometry."""

    def features() -> Iterator[Feature]:
        for place in taken.places():
            known = _known(columns.PLACES, place) | _page(taken.page("place", place.slug))
            yield place.id, known | _approaches(place), _point(place)

    return _document(taken, "moedesteder", features())


def facilities(taken: Taken) -> bytes:
    """The facilities."""
    found = ((one.id, _known(columns.FACILITIES, one), _point(one)) for one in taken.facilities())
    return _document(taken, "faciliteter", found)


def routes(taken: Taken) -> bytes:
    """The routes: a line, or several where a route is several stretches, as phones have them (simplified to 1.3 m). `stretches` says
    of each line in turn what is known of it."""

    def features() -> Iterator[Feature]:
        for route in taken.routes():
            known = _known(columns.ROUTES, route) | _page(taken.page("route", route.slug)) | _approaches(route)
            yield route.id, known | {"stretches": [_stretch(one) for one in route.stretches]}, _lines(route)

    return _document(taken, "ruter", features())


def about(taken: Taken) -> dict[str, Any]:
    """What stands in each file before its features, so that it goes where the file goes. RFC 7946 lets members of one's own."""
    return {
        "license": taken.terms.licence_url,
        "license_title": taken.terms.licence,
        "attribution": clean(taken.attribution),
        "note": clean(taken.note),
        **({"demo": True} if taken.site.demo else {}),
    }


def box(lines: Iterable[Sequence[Point]]) -> list[float] | None:
    """[west, south, east, north] of all points; None where there is none."""
    points = [point for each in lines for point in each]
    if not points:
        return None
    lons, lats = [p[0] for p in points], [p[1] for p in points]
    return [min(lons), min(lats), max(lons), max(lats)]


def _document(taken: Taken, name: str, features: Iterable[Feature]) -> bytes:
    corners: list[Point] = []
    encoded = []
    for id, properties, geometry in features:
        feature: dict[str, Any] = {"type": "Feature", "id": id, "properties": properties, "geometry": geometry}
        if geometry is not None and (here := box(_points(geometry))):
            corners += [(here[0], here[1]), (here[2], here[3])]
            if geometry["type"] != "Point":
                feature["bbox"] = here
        encoded.append(json.encode(feature))
    head = {"type": "FeatureCollection", "name": name, **about(taken)}
    if (whole := box([corners])) is not None:
        head["bbox"] = whole
    return json.encode(head)[:-1] + b',"features":[\n' + b",\n".join(encoded) + b"\n]}\n"


def _points(geometry: dict[str, Any]) -> list[Sequence[Point]]:
    found = geometry["coordinates"]
    return [[found]] if geometry["type"] == "Point" else [found] if geometry["type"] == "LineString" else found


def _known(known: Sequence[Column], body: Any) -> dict[str, Any]:
    return {column.name: value for column in known if (value := column.of(body)) is not None}


def _page(address: str | None) -> dict[str, Any]:
    return {} if address is None else {"page": address}


def _point(body: Place | Facility) -> dict[str, Any] | None:
    return None if body.point is None else {"type": "Point", "coordinates": body.point}


def _lines(route: Route) -> dict[str, Any] | None:
    lines = [points for one in route.stretches if len(points := line.decode(one.line)) > 1]
    if len(lines) == 1:
        return {"type": "LineString", "coordinates": lines[0]}
    return {"type": "MultiLineString", "coordinates": lines} if lines else None


def _stretch(stretch: Stretch) -> dict[str, Any]:
    told: dict[str, Any] = {"id": stretch.id, "length_m": stretch.length_m}
    if stretch.surface is not None:
        told["surface"] = _fact(stretch.surface)
    return told | _access(stretch.access)


def _access(access: Access) -> dict[str, Any]:
    return {name: _fact(fact) for name in ACCESS if (fact := getattr(access, name)) is not None}


def _fact(fact: Fact[Any]) -> dict[str, Any]:
    return {"value": fact.value, "source": clean(fact.source), "seen_on": fact.seen_on}


def _approaches(body: Place | Route) -> dict[str, Any]:
    return {"approaches": [_approach(one) for one in body.approaches]} if body.approaches else {}


def _approach(one: Approach) -> dict[str, Any]:
    name = {
        language: clean(words) for language in ("da", "en", "de") if (words := getattr(one.name, language)) is not UNSET
    }
    told = {"from": one.from_, "name": name, "length_m": one.length_m, "coordinates": line.decode(one.line)}
    return told if one.surface is None else told | {"surface": _fact(one.surface)}
