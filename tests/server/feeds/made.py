"""Bodies as the feed has them, and files made of them without a database."""

import csv
import datetime
import io
from typing import Any

import msgspec

from server.feeds.taken import Taken, Terms
from server.model import line
from server.model.facility import Facility
from server.model.place import Place
from server.model.route import Route, Stretch
from server.model.site import Site
from server.model.values import Access, Fact, Text

LICENCE = "https://creativecommons.org/licenses/by/4.0/"
TERMS = Terms("CC BY 4.0", LICENCE)
DAY = datetime.date(2026, 5, 12)


def rows_of(raw: bytes) -> list[dict[str, str]]:
    """The rows of one of our CSV files, by their column, as another program reads them."""
    return list(csv.DictReader(io.StringIO(raw.decode("utf-8-sig"), newline="")))


def id_of(n: int) -> str:
    return f"019d4000-0000-7000-8000-{n:012}"


def facility(n: int = 1, **fields: Any) -> Facility:
    """A bench, `n` steps east."""
    given: dict[str, Any] = {
        "id": id_of(n), "code": 1371, "type_text": "Bænk", "name": None, "point": (11.87 + n / 1000, 54.77), "access": Access(),
        "season": None, "open_24h": None, "source": "Kommunens rastepladser", "faults": (),
    }  # fmt: skip
    return Facility(**given | fields)


def place(n: int = 1, **fields: Any) -> Place:
    """A bench where people meet."""
    empty = dict.fromkeys(
        ("where", "amenities", "ground", "purpose", "activities", "route_id", "url", "surface", "way_in", "hours", "contact", "first_time",
         "guests_welcome", "appointed_on", "organiser_id")
    )  # fmt: skip
    given: dict[str, Any] = empty | {
        "id": id_of(n), "slug": f"baenk-{n}", "form": "spot", "state": "active", "name": Text(da="Bænken ved åen"),
        "point": (11.87 + n / 1000, 54.77), "access": Access(), "approaches": (), "facility_ids": (), "photos": (), "faults": (),
        "closures": (),
    }  # fmt: skip
    return Place(**given | fields)


def route(n: int = 1, **fields: Any) -> Route:
    """Two stretches, 100 m of which the first is firm."""
    stretches = tuple(
        Stretch(
            id=id_of(1000 + n * 10 + no), line=line.encode([(11.87 + no / 100, 54.77), (11.88 + no / 100, 54.771)]), length_m=50,
            surface=Fact(value="firm", source="Ruteguide", seen_on=DAY) if no == 0 else None, access=Access(),
        )
        for no in (0, 1)
    )  # fmt: skip
    given: dict[str, Any] = {
        "id": id_of(n), "slug": f"rute-{n}", "name": Text(da="Åstien"), "modes": ("walk",), "length_m": 100, "loop": False,
        "source": "Kommunens vandreruter", "season": None, "approaches": (), "faults": (), "closures": (), "stretches": stretches,
        "near": (), "place_ids": (),
    }  # fmt: skip
    return Route(**given | fields)


def taken(
    *bodies: Place | Facility | Route, demo: bool = False, origin: str | None = None, name: str = "Guldborgsund Kommune"
) -> Taken:
    """As taken from a database that holds these."""
    kinds: dict[Any, list[bytes]] = {"place": [], "facility": [], "route": []}
    for body in bodies:
        kinds[type(body).__name__.lower()].append(msgspec.json.encode(body))
    site = Site(name=Text(da=name), code="376", demo=demo)
    return Taken(Terms("CC BY 4.0", LICENCE, origin), "e0", 1, site, kinds)
