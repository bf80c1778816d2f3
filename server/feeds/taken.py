"""What is public at one moment: taken in one transaction as the bytes that the feed has, read and written out when that is over."""

from collections.abc import Iterable, Iterator
from typing import Final

import msgspec
from msgspec import Struct

from server.model.event import Event
from server.model.facility import Facility
from server.model.organiser import Organiser
from server.model.place import Place
from server.model.route import Route
from server.model.site import SITE_ID, Site
from server.model.values import Text
from server.store import calendar, public
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
    """The bodies of the kinds that were asked for, as they stood at `head` of the public feed. Of events besides: `revisions`, how often a
    time was moved, cancelled or set on again, where it was; `changed`, when an event was last written, UTC."""

    terms: Terms
    epoch: str
    head: int
    site: Site
    bodies: dict[Noun, list[bytes]]
    revisions: dict[str, int] = {}
    changed: dict[str, str] = {}

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

    def places(self) -> Iterator[Place]:
        """Read one by one: of a large register no more than one is in memory beside its bytes."""
        return map(_PLACE.decode, self.bodies["place"])

    def facilities(self) -> Iterator[Facility]:
        """As the places."""
        return map(_FACILITY.decode, self.bodies["facility"])

    def routes(self) -> Iterator[Route]:
        """As the places."""
        return map(_ROUTE.decode, self.bodies["route"])

    def events(self) -> Iterator[Event]:
        """As the places."""
        return map(_EVENT.decode, self.bodies["event"])

    def organisers(self) -> Iterator[Organiser]:
        """As the places."""
        return map(_ORGANISER.decode, self.bodies["organiser"])


_PLACE = msgspec.json.Decoder(Place)
_FACILITY = msgspec.json.Decoder(Facility)
_ROUTE = msgspec.json.Decoder(Route)
_EVENT = msgspec.json.Decoder(Event)
_ORGANISER = msgspec.json.Decoder(Organiser)
OF_EVENTS: Final[tuple[Noun, ...]] = ("event", "place", "route", "organiser")
"""What events are told with."""


def take(tx: Tx, terms: Terms, kinds: Iterable[Noun]) -> Taken:
    """All that is public of these kinds; of events with what they name."""
    wanted = set(kinds)
    with_events = "event" in wanted
    found = _taken(
        tx, terms, {kind: public.bodies(tx, kind) for kind in sorted(wanted | set(OF_EVENTS if with_events else ()))}
    )
    if not with_events:
        return found
    return msgspec.structs.replace(found, revisions=calendar.revisions(tx), changed=calendar.changed(tx))


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
