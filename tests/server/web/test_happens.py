"""What is on, without script: the list of what is to come, and a page of each event that programs can read too."""

import datetime
import json
import re
from collections.abc import Callable
from typing import Any

import pytest
from litestar import Litestar
from litestar.testing import TestClient

from server import local
from server.model.moment import COPENHAGEN
from server.settings import Settings
from tests.server.web.conftest import lines, op

Client = TestClient[Litestar]
EVENT = "01a2153b-0000-7000-8000-0000000000e1"
HELD_BY = "01a2153b-0000-7000-8000-0000000000f1"
FIVE = ("who_meets_you", "where", "how_many", "first_minutes", "leaving")


def day(after: int) -> datetime.date:
    return datetime.datetime.now(COPENHAGEN).date() + datetime.timedelta(days=after)


def send(settings: Settings, verb: str, id: str, args: dict[str, Any], kind: str = "event") -> None:
    answer = local.send(settings, lines(op(verb, kind, id, args)))[0]
    assert b'"applied"' in answer, answer


@pytest.fixture
def coffee(settings: Settings, active_bench: Callable[..., str]) -> str:
    """A public event once a week, from the day after tomorrow; the id of the place where it is."""
    place = active_bench("Bænken ved åen")
    send(settings, "save_organiser", HELD_BY, {"set": {"name": "Torsdagsklubben"}}, "organiser")
    said = {
        "name": {"da": "Kaffe"},
        "about": {"da": "</script><b>Vi drikker kaffe.</b>"},
        "place_id": place,
        "organiser_id": HELD_BY,
        "host": {"name": "Kirsten Bach", "phone": "54731000"},
        "newcomers": {field: {"da": f"Om {field}."} for field in FIVE},
        "free": True,
        "schedule": {"date": f"{day(2)}", "starts": "14:00", "ends": "16:00", "rrule": "FREQ=WEEKLY;COUNT=4"},
    }
    send(settings, "save_event", EVENT, {"set": said})
    send(settings, "move_event", EVENT, {"to": "public"})
    return place


def schemas(text: str) -> list[dict[str, Any]]:
    return [
        json.loads(one) for one in re.findall(r'<script type="application/ld\+json">(.*?)</script>', text, re.DOTALL)
    ]


def test_the_list_reads_without_script_and_starts_the_app(client: Client, coffee: str) -> None:
    text = client.get("/det-sker").text
    for words in ("<h1>Det sker</h1>", "Kaffe", f"{day(2).day}. ", "kl. 14 til 16. Bænken ved åen", "<div id=app>"):
        assert words in text
    assert f'href="/det-sker/kaffe#{day(2):%Y%m%d}"' in text
    assert text.count("/det-sker/kaffe#") == 4


def test_an_empty_list_says_so(client: Client) -> None:
    assert "Der står ikke noget her endnu" in client.get("/det-sker").text


def test_an_event_reads_without_script(client: Client, coffee: str) -> None:
    answer = client.get("/det-sker/kaffe")
    assert answer.status_code == 200
    for words in (
        "<title>Kaffe</title>",
        "kl. 14 til 16",
        "Ny her?",
        "Om first_minutes.",
        "Kirsten Bach",
        'href="tel:54731000"',
        "Det holdes af Torsdagsklubben",
        "gratis",
        "<div id=app>",
    ):
        assert words in answer.text


def test_programs_read_each_time_and_what_became_of_it(client: Client, settings: Settings, coffee: str) -> None:
    off = {"day": f"{day(9)}", "state": "cancelled", "why": {"da": "Kirsten er syg."}}
    moved: dict[str, Any] = {
        "day": f"{day(16)}",
        "state": "moved",
        "date": f"{day(17)}",
        "starts": "15:00",
        "ends": "17:00",
    }
    moved["why"] = {"da": "Huset er optaget."}
    for change in (off, moved):
        send(settings, "change_time", EVENT, {"change": change})
    text = client.get("/det-sker/kaffe").text
    about = schemas(text)
    assert [one["eventStatus"].rsplit("/", 1)[1] for one in about] == [
        "EventScheduled",
        "EventCancelled",
        "EventRescheduled",
        "EventScheduled",
    ]
    first, _, third, _ = about
    assert first["@type"] == "Event"
    assert first["description"] == "</script><b>Vi drikker kaffe.</b>"
    assert first["location"]["name"] == "Bænken ved åen"
    assert first["organizer"] == {"@type": "Organization", "name": "Torsdagsklubben"}
    assert first["isAccessibleForFree"] is True
    assert third["previousStartDate"] == f"{day(16)}"
    assert third["url"].endswith(f"/det-sker/kaffe#{day(16):%Y%m%d}")
    for words in ("Kirsten er syg.", "aflyst", "flyttet", "Det var "):
        assert words in text
    assert "<b>Vi drikker" not in text


def test_one_that_is_cancelled_altogether_says_why(client: Client, settings: Settings, coffee: str) -> None:
    send(settings, "move_event", EVENT, {"to": "cancelled", "why": {"da": "Klubben lukker."}})
    text = client.get("/det-sker/kaffe").text
    assert "Det hele er aflyst." in text
    assert "Klubben lukker." in text
    assert {one["eventStatus"] for one in schemas(text)} == {"https://schema.org/EventCancelled"}


def test_an_old_address_redirects_and_nobodys_is_not_there(client: Client, settings: Settings, coffee: str) -> None:
    send(settings, "save_event", EVENT, {"set": {"slug": "torsdagskaffe"}})
    answer = client.get("/det-sker/kaffe", follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (301, "/det-sker/torsdagskaffe")
    assert client.get("/det-sker/findes-ikke").status_code == 404


def test_a_draft_is_not_there(client: Client, settings: Settings) -> None:
    said = {"name": {"da": "Kun en kladde"}, "slug": "kladde"}
    send(settings, "save_event", EVENT, {"set": said})
    answer = client.get("/det-sker/kladde")
    assert answer.status_code == 404
    assert "Kun en kladde" not in answer.text
    assert "Kun en kladde" not in client.get("/det-sker").text


@pytest.mark.parametrize("name", ["maaned", "aaret", "papir"])
def test_the_other_ways_to_see_it_are_the_apps_and_no_events(client: Client, settings: Settings, name: str) -> None:
    assert client.get(f"/det-sker/{name}").status_code == 200
    schedule = {"date": f"{day(2)}", "starts": "14:00"}
    send(settings, "save_event", EVENT, {"set": {"name": {"da": name}, "where": {"da": "Huset"}, "schedule": schedule}})
    send(settings, "move_event", EVENT, {"to": "public"})
    answer = client.get(f"/det-sker/{name}-2")
    assert answer.status_code == 200
    assert f"<h1>{name}</h1>" in answer.text
