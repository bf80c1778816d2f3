"""Which files there are: name, type, what they are of, and who writes them. The web's door and the command `export` both go by this."""

from collections.abc import Callable
from typing import Final, NamedTuple

from server.feeds import geojson, gpx, ical, spreadsheet
from server.feeds.taken import Taken
from server.store.public import Noun

SHAPE: Final = 1
"""Counts up when the same data makes other files: part of their ETag."""
TYPES: Final = {
    "geojson": "application/geo+json",
    "gpx": "application/gpx+xml",
    "csv": "text/csv",
    "ics": "text/calendar",
}


class File(NamedTuple):
    """`kind` is what it is of; `make` needs no database."""

    kind: Noun
    format: str
    make: Callable[[Taken], bytes]


FILES: Final[dict[str, File]] = {
    "places.geojson": File("place", "geojson", geojson.places),
    "places.gpx": File("place", "gpx", gpx.places),
    "places.csv": File("place", "csv", spreadsheet.places),
    "facilities.geojson": File("facility", "geojson", geojson.facilities),
    "facilities.gpx": File("facility", "gpx", gpx.facilities),
    "facilities.csv": File("facility", "csv", spreadsheet.facilities),
    "routes.geojson": File("route", "geojson", geojson.routes),
    "routes.gpx": File("route", "gpx", gpx.routes),
    "routes.csv": File("route", "csv", spreadsheet.routes),
    "events.ics": File("event", "ics", ical.every),
}
