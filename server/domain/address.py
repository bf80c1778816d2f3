"""The address of a thing, its slug: one that is free, made of its name or chosen by hand. An old one redirects."""

from typing import Final

from msgspec import UNSET, UnsetType

from server.domain.refusal import invalid
from server.model.event import EventSet
from server.model.place import PlaceSet
from server.model.slug import slug
from server.store import slugs, thing
from server.store.event import EventRow
from server.store.place import PlaceRow
from sync.sql import Tx

TAKEN: Final[dict[thing.Kind, str]] = {
    "place": "Den adresse har et andet sted.",
    "route": "Den adresse har en anden rute.",
    "organiser": "Den adresse har en anden arrangør.",
    "event": "Den adresse har en anden begivenhed.",
}


def free(tx: Tx, kind: thing.Kind, id: str, name: str, told: str | UnsetType) -> str:
    """A slug that is free for this thing: the one that was `told`, else one of its name. One that was chosen by hand is not changed behind
    the person's back: refused `invalid` where another has it."""
    wanted = slug(name) if told is UNSET else told
    found = slugs.free(tx, kind, wanted, id)
    if told is not UNSET and found != wanted:
        raise invalid("/args/set/slug", TAKEN[kind])
    return found


def move(tx: Tx, kind: thing.Kind, row: int, before: PlaceRow | EventRow, given: PlaceSet | EventSet) -> None:
    """A chosen slug moves the address. A new name moves it only while nobody has read the thing. `row`: its inner id."""
    renamed = given.name is not UNSET and given.name.da != before.said.name.da and not before.was_public
    if given.slug is UNSET and not renamed:
        return
    name = before.said.name if given.name is UNSET else given.name
    wanted = free(tx, kind, before.id, name.da, given.slug)
    if wanted != before.slug:
        slugs.move(tx, row, kind, wanted)
