"""GPX 1.1, elements in the order of its schema: places and facilities are waypoints, a route is a track of one segment a stretch."""

from collections.abc import Iterable, Iterator
from xml.sax.saxutils import escape, quoteattr

from server.feeds import words
from server.feeds.geojson import box
from server.feeds.hours import opening_hours
from server.feeds.taken import Taken
from server.feeds.words import clean
from server.model import line
from server.model.facility import Facility
from server.model.place import Place
from server.model.route import Route
from server.model.values import Point

HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<gpx version="1.1" creator="Mødesteder" xmlns="http://www.topografix.com/GPX/1/1" '
    'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" '
    'xsi:schemaLocation="http://www.topografix.com/GPX/1/1 http://www.topografix.com/GPX/1/1/gpx.xsd">\n'
)


def places(taken: Taken) -> bytes:
    """The places that are somewhere."""
    found = [place for place in taken.places() if place.point is not None]
    return _document(taken, "Mødesteder", [_place(taken, place) for place in found], (), [[_at(p)] for p in found])


def facilities(taken: Taken) -> bytes:
    """The facilities."""
    found = [(_facility(one), [one.point]) for one in taken.facilities()]
    return _document(taken, "Faciliteter", [one for one, _ in found], (), [at for _, at in found])


def routes(taken: Taken) -> bytes:
    """All routes, a track each."""
    return _tracks(taken, "Ruter", (), [])


def route(taken: Taken) -> bytes:
    """One route, with what is near it as waypoints."""
    near = [place for place in taken.places() if place.point is not None]
    waypoints = [*(_place(taken, place) for place in near), *map(_facility, taken.facilities())]
    points = [*(_at(place) for place in near), *(one.point for one in taken.facilities())]
    return _tracks(taken, next(taken.routes()).name.da, waypoints, [points])


def _tracks(taken: Taken, name: str, waypoints: Iterable[str], beside: list[list[Point]]) -> bytes:
    tracks, drawn = [], list(beside)
    for one in taken.routes():
        segments = [points for stretch in one.stretches if len(points := line.decode(stretch.line)) > 1]
        drawn += segments
        tracks.append(_track(taken, one, segments))
    return _document(taken, name, waypoints, tracks, drawn)


def _at(place: Place) -> Point:
    if place.point is None:
        raise ValueError("a place without a point")
    return place.point


def _document(
    taken: Taken, name: str, waypoints: Iterable[str], tracks: Iterable[str], drawn: Iterable[list[Point]]
) -> bytes:
    bounds = ""
    if (whole := box(drawn)) is not None:
        west, south, east, north = whole
        bounds = f'<bounds minlat="{south:.6f}" minlon="{west:.6f}" maxlat="{north:.6f}" maxlon="{east:.6f}"/>\n'
    about = (
        f"<metadata>\n{_element('name', name)}{_element('desc', taken.note)}{_element('author', None, taken.attribution)}"
        f"<copyright author={_quoted(taken.attribution)}>{_element('license', taken.terms.licence_url)}</copyright>\n"
        f"{_link(taken.terms.origin, None)}{_element('keywords', taken.terms.licence)}{bounds}</metadata>\n"
    )
    return "".join([HEAD, about, *waypoints, *tracks, "</gpx>\n"]).encode()


def _place(taken: Taken, place: Place) -> str:
    told = [text.da for text in (place.where, place.purpose) if text]
    if hours := opening_hours(place.hours):
        told.append(f"Åbningstid: {hours}")
    return _waypoint(_at(place), place.name.da, told, taken.page("place", place.slug), None, "Mødested")


def _facility(one: Facility) -> str:
    name = one.name.da if one.name else one.type_text
    return _waypoint(one.point, name, [], None, one.source, one.type_text)


def _waypoint(point: Point, name: str, told: list[str], page: str | None, source: str | None, type: str) -> str:
    desc = _element("desc", "\n".join(told)) if told else ""
    src = _element("src", source) if source else ""
    inner = f"{_element('name', name)}{desc}{src}{_link(page, name)}{_element('type', type)}"
    return f'<wpt lat="{point[1]:.6f}" lon="{point[0]:.6f}">{inner}</wpt>\n'


def _track(taken: Taken, one: Route, segments: list[list[Point]]) -> str:
    told = [f"{words.length(one.length_m)}, {', '.join(words.MODES[mode] for mode in one.modes) or 'måde ukendt'}"]
    told.append(
        "Underlag: " + ", ".join(f"{words.SURFACES[name]} {words.length(m)}" for name, m in words.surfaces(one).items())
    )
    told += [f"Spærret {closure.from_}–{closure.to or ''}: {closure.why.da}" for closure in one.closures]
    head = (
        f"{_element('name', one.name.da)}{_element('desc', chr(10).join(told))}{_element('src', one.source)}"
        f"{_link(taken.page('route', one.slug), one.name.da)}{_element('type', ', '.join(one.modes) or 'route')}"
    )
    return f"<trk>{head}\n{''.join(_segments(segments))}</trk>\n"


def _segments(segments: list[list[Point]]) -> Iterator[str]:
    for points in segments:
        inner = "".join(f'<trkpt lat="{lat:.5f}" lon="{lon:.5f}"/>' for lon, lat in points)
        yield f"<trkseg>{inner}</trkseg>\n"


def _element(tag: str, text: str | None, name: str | None = None) -> str:
    inner = escape(clean(text)) if text is not None else _element("name", name or "")
    return f"<{tag}>{inner}</{tag}>"


def _quoted(text: str) -> str:
    return quoteattr(clean(text))


def _link(address: str | None, text: str | None) -> str:
    if address is None:
        return ""
    inner = "" if text is None else _element("text", text)
    return f"<link href={_quoted(address)}>{inner}</link>"
