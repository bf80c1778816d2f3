"""The thing an op is about: found, and still there."""

from server.domain.refusal import gone, unknown
from server.store import event, facility, organiser, place, route, thing
from server.store.thing import Thing
from sync.sql import Tx
from sync.wire import Subject

WORDS = {
    "place": "Stedet",
    "facility": "Faciliteten",
    "route": "Ruten",
    "organiser": "Arrangøren",
    "event": "Begivenheden",
}
REPORTABLE = frozenset({"place", "facility", "route"})
"""What can be broken."""


def there(tx: Tx, subject: Subject) -> Thing:
    """The thing, for staff. Refused: `unknown_subject`, or `gone` with its name and the day."""
    found = _find(tx, subject)
    if found is None:
        raise unknown(WORDS.get(subject.kind, "Det"))
    return _still_there(tx, found)


def public(tx: Tx, subject: Subject) -> Thing:
    """The thing of which something may be broken, for everybody: what the public never read is not there. Refused as `there`."""
    found = _find(tx, subject) if subject.kind in REPORTABLE else None
    if found is None or not name_of(tx, found)[1]:
        raise unknown(WORDS.get(subject.kind, "Det"))
    return _still_there(tx, found)


def _find(tx: Tx, subject: Subject) -> Thing | None:
    return thing.find(tx, subject.kind, subject.id) if subject.kind in WORDS else None


def _still_there(tx: Tx, found: Thing) -> Thing:
    if found.kind == "place":
        _still(_place(tx, found))
    elif found.withdrawn_on is not None:
        raise gone(name_of(tx, found)[0], found.withdrawn_on)
    return found


def name_of(tx: Tx, found: Thing) -> tuple[str, bool]:
    """Its Danish name, and whether the public reads it or once did."""
    if found.kind == "facility":
        return facility.name_of(tx, found.row)
    if found.kind == "route":
        return route.name_of(tx, found.row)
    if found.kind == "organiser":
        who = organiser.get(tx, found.id)
        return ("", True) if who is None else (who.name, True)
    if found.kind == "event":
        what = event.get(tx, found.id)
        return ("", False) if what is None else (what.said.name.da, what.was_public)
    here = _place(tx, found)
    return here.said.name.da, here.was_public


def _place(tx: Tx, found: Thing) -> place.PlaceRow:
    here = place.get(tx, found.id)
    if here is None:
        raise LookupError(f"place {found.id} has no row of its own")
    return here


def _still(here: place.PlaceRow) -> None:
    day = here.withdrawn_on or here.dissolved_on
    if day is not None:
        raise gone(here.said.name.da, day)
