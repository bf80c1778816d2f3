"""The steps of a place's life, each state against each, and what publishing needs, form by form."""

import datetime
import itertools
from typing import Any

import pytest

from server.model.hours import Hours
from server.model.lifecycle import STATES, STEPS, State, may_step
from server.model.place import FIVE, Form, Place, missing
from server.model.values import Access, Contact, Text

ALLOWED = {
    ("idea", "developing"),
    ("developing", "active"),
    ("active", "resting"),
    ("resting", "active"),
    ("active", "dissolved"),
    ("resting", "dissolved"),
}


@pytest.mark.parametrize(("here", "to"), list(itertools.product(STATES, STATES)))
def test_only_these_steps_are_taken(here: State, to: State) -> None:
    assert may_step(here, to) is ((here, to) in ALLOWED)


def test_the_table_has_a_row_for_every_state() -> None:
    assert set(STEPS) == set(STATES)


def place(form: Form, **fields: Any) -> Place:
    empty: dict[str, Any] = dict.fromkeys(
        (*FIVE, "point", "route_id", "url", "surface", "way_in", "hours", "contact", "first_time", "guests_welcome")
    )
    empty |= dict.fromkeys(("appointed_on", "organiser_id"))
    empty |= dict.fromkeys(("approaches", "facility_ids", "photos", "faults", "closures"), ())
    given = {"id": "", "slug": "", "state": "idea", "name": Text(da="B"), "access": Access(), "form": form}
    return Place(**{**empty, **given, **fields})


WORDS = dict.fromkeys(FIVE, Text(da="ord"))
UNKNOWN_HOURS = Hours(weekly=None, source="os", seen_on=datetime.date(2026, 1, 1))


@pytest.mark.parametrize(
    ("form", "lacks"),
    [
        ("building", (*FIVE, "point", "hours")),
        ("spot", (*FIVE, "point")),
        ("route", (*FIVE, "route_id")),
        ("online", ("purpose", "activities", "url")),
        ("mental", ("purpose", "activities")),
    ],
)
def test_an_empty_place_lacks_what_its_form_needs(form: Form, lacks: tuple[str, ...]) -> None:
    assert missing(place(form), route_is_public=False) == lacks


@pytest.mark.parametrize(
    "ready",
    [
        place("building", **WORDS, point=(11.9, 54.8), hours=UNKNOWN_HOURS),
        place("spot", **WORDS, point=(11.9, 54.8)),
        place("route", **WORDS, route_id="r"),
        place("online", purpose=WORDS["purpose"], activities=WORDS["activities"], url="https://example.dk"),
        place("online", purpose=WORDS["purpose"], activities=WORDS["activities"], contact=Contact(name="K", phone="1")),
        place("mental", purpose=WORDS["purpose"], activities=WORDS["activities"]),
    ],
)
def test_facts_may_be_unknown_and_so_may_opening_hours(ready: Place) -> None:
    assert missing(ready, route_is_public=True) == ()


def test_a_route_that_nobody_may_see_does_not_publish() -> None:
    assert missing(place("route", **WORDS, route_id="r"), route_is_public=False) == ("route_id",)


def test_a_contact_without_a_number_does_not_publish_an_online_place() -> None:
    online = place("online", purpose=WORDS["purpose"], activities=WORDS["activities"], contact=Contact(name="K"))
    assert missing(online, route_is_public=False) == ("url",)
