"""What is public at one moment: taken in one transaction as the bytes that the feed has, read and written out when that is over."""

from collections.abc import Iterable

import msgspec
from msgspec import Struct

from server.model.facility import Facility
from server.model.place import Place
from server.model.route import Route
from server.model.site import SITE_ID, Site
from server.model.values import Text
from server.store import public
from server.store.public import Noun
from sync import feed
from sync.sql import Tx


class Terms(Struct, frozen=True):
    """On what terms others use the files. `licence` as people call it, `licence_url` where it stands; `origin` (https://…) is where
    things have their pages, None where that is not known."""

    licence: str
    licence_url: str
    origin: str | None = None


class Taken(Struct, frozen=True):
    """The bodies of the kinds that were asked for, as they stood at `head` of the public feed."""

    terms: Terms
    epoch: str
    head: int
    site: Site
    bodies: dict[Noun, list[bytes]]

    @property
    def attribution(self) -> str:
        """Who is to be named by whoever shows it."""
        return f"{self.site.name.da}, Mødesteder"

    @property
    def note(self) -> str:
        """What a reader of the file should know before the first row; Danish."""
        made_up = "Demo: steder, ruter og tal er opdigtet. " if self.site.demo else ""
        return (
            f"{made_up}Alt, der er offentligt i Mødesteder. Hvor intet står, er svaret ved ikke. Fejl og kontaktpersoner er ikke med: "
            "de står på stedets egen side, hvor de kan rettes."
        )

    def page(self, kind: Noun, slug: str) -> str | None:
        """The address of a thing's own page."""
        folder = "steder" if kind == "place" else "ruter"
        return None if self.terms.origin is None else f"{self.terms.origin}/{folder}/{slug}"

    @property
    def places(self) -> list[Place]:
        return [msgspec.json.decode(body, type=Place) for body in self.bodies["place"]]

    @property
    def facilities(self) -> list[Facility]:
        return _FACILITIES.decode(_joined(self.bodies["facility"]))

    @property
    def routes(self) -> list[Route]:
        return _ROUTES.decode(_joined(self.bodies["route"]))


_FACILITIES = msgspec.json.Decoder(list[Facility])
_ROUTES = msgspec.json.Decoder(list[Route])


def _joined(bodies: list[bytes]) -> bytes:
    return b"[%b]" % b",".join(bodies)


def take(tx: Tx, terms: Terms, kinds: Iterable[Noun]) -> Taken:
    """All that is public of these kinds."""
    return _taken(tx, terms, {kind: public.bodies(tx, kind) for kind in kinds})


def take_route(tx: Tx, terms: Terms, body: bytes) -> Taken:
    """One route alone, with the public facilities and places that its body says are near."""
    route = msgspec.json.decode(body, type=Route)
    near = [feed.current(tx, "public", "facility", one.facility_id) for one in route.near]
    places = [feed.current(tx, "public", "place", id) for id in route.place_ids]
    return _taken(
        tx,
        terms,
        {
            "route": [body],
            "facility": [found[1] for found in near if found],
            "place": [found[1] for found in places if found and b'"state":"dissolved"' not in found[1]],
        },
    )


def _taken(tx: Tx, terms: Terms, bodies: dict[Noun, list[bytes]]) -> Taken:
    mark = feed.mark(tx, "public", None)
    found = feed.current(tx, "public", "settings", SITE_ID)
    site = msgspec.json.decode(found[1], type=Site) if found else Site(name=Text(da="Mødesteder"), code="000")
    return Taken(terms, mark.epoch, mark.head, site, bodies)
