"""Whom a notice would go to and how far one is, as staff ask over HTTP; and a notice through the server's own clock."""

import datetime
import time
from typing import Any

import pytest

from server.settings import Settings
from tests.server.login.browsers import Client, Doors, entered, line, op, send
from tests.server.web.conftest import new_id
from tests.server.web.test_organise import OTHER, PHONE, Town, done

SITE = {"quiet": {"from": "03:00", "to": "03:00"}}
"""No hour is quiet: a test runs whenever it runs."""
WORDS = {"title": {"da": "Sommerfest"}, "body": {"da": "Lørdag kl. 14 i parken."}}


@pytest.fixture
def town(doors: Doors, settings: Settings) -> Town:
    found = Town(doors, settings)
    done(found.admin, "save_settings", "settings", "site", {"set": SITE})
    return found


def follows(doors: Doors, kind: str, id: str, secret: str = PHONE) -> None:
    answer = send(doors(), line("follow", kind, id, {"when": []}), authorization=f"Device {secret}")
    assert answer.json()["results"][0]["status"] == "applied"


def reach(client: Client, **asked: str) -> Any:
    answer = client.get("/api/v1/reach", params=asked)
    assert (answer.status_code, answer.headers["cache-control"]) == (200, "no-store"), answer.text
    return answer.json()


def test_who_would_get_it_is_a_number_before_it_is_written(town: Town, doors: Doors) -> None:
    event = town.events[0]
    follows(doors, "event", event)
    follows(doors, "settings", "site", OTHER)
    found = reach(town.admin, kind="event", id=event)
    assert found | {"goes_at": ""} == {
        "devices": 2, "reached_by_push": 0, "last_at": None, "next_at": None, "goes_at": "",
    }  # fmt: skip
    assert reach(town.admin, kind="event", id=town.events[1])["devices"] == 1
    assert reach(town.admin)["devices"] == 2
    assert PHONE not in town.admin.get("/api/v1/reach").text


def test_when_it_would_go_is_told_with_the_quiet_hours(town: Town) -> None:
    at = f"{datetime.datetime.now(datetime.UTC) + datetime.timedelta(days=40):%Y-%m-%d}T12:00:00Z"
    assert reach(town.admin, at=at)["goes_at"] == at
    done(town.admin, "save_settings", "settings", "site", {"set": {"quiet": {"from": "10:00", "to": "20:00"}}})
    assert reach(town.admin, at=at)["goes_at"] > at
    past = reach(town.admin, at="2020-01-01T12:00:00Z")["goes_at"]
    assert past > "2026-01-01", "what is gone is now"


@pytest.mark.parametrize("asked", [{"kind": "everybody"}, {"at": "i morgen"}, {"id": "x" * 81}])
def test_what_can_not_be_asked_is_refused(town: Town, asked: dict[str, str]) -> None:
    answer = town.admin.get("/api/v1/reach", params=asked)
    assert (answer.status_code, answer.headers["content-type"]) == (422, "application/problem+json")


@pytest.mark.parametrize(
    "at", ["2026-02-31T12:00:00Z", "9999-12-31T23:59:59Z", "0001-01-01T00:00:00Z", "2026-01-01T24:61:61Z"]
)
def test_a_moment_that_can_not_be_is_no_error_of_ours(town: Town, at: str) -> None:
    assert town.admin.get("/api/v1/reach", params={"at": at}).status_code == 200


def test_a_notice_that_is_not_there_is_told_so(town: Town) -> None:
    answer = town.admin.get(f"/api/v1/notices/{new_id()}")
    assert (answer.status_code, answer.json()["code"]) == (404, "not_found")


def test_a_notice_goes_out_by_the_servers_own_clock_and_is_counted(town: Town, doors: Doors) -> None:
    event, id = town.events[0], new_id()
    follows(doors, "event", event)
    reply = op(town.admin, "send_notice", "notice", id, {"to": {"kind": "event", "id": event}} | WORDS)
    assert reply["status"] == "applied"
    end = time.monotonic() + 60
    while (far := town.admin.get(f"/api/v1/notices/{id}").json())["state"] != "sent" and time.monotonic() < end:
        town.admin.get("/live")
    assert far == {"state": "sent", "devices": 1, "waiting": 0, "reached": 0, "not_reached": {"no_push": 1}}
    (public,) = [one for one in doors().get("/api/v1/sync/public").json()["changes"] if one["kind"] == "notice"]
    assert ("staff" in public["body"], public["body"]["title"]) == (False, WORDS["title"])
    assert reach(town.admin, kind="event", id=event)["last_at"] is not None
    again = op(town.admin, "send_notice", "notice", new_id(), {"to": {"kind": "all"}} | WORDS)
    assert again["code"] == "again_soon"


def test_an_organiser_may_not_write_to_followers(town: Town) -> None:
    chair, event = town.chairs[0], town.events[0]
    assert chair.get("/api/v1/reach", params={"kind": "event", "id": event}).status_code == 403
    reply = op(chair, "send_notice", "notice", new_id(), {"to": {"kind": "event", "id": event}} | WORDS)
    assert (reply["status"], reply["code"]) == ("refused", "forbidden")


def test_whoever_works_nowhere_is_asked_who_they_are(doors: Doors, settings: Settings) -> None:
    entered(doors, settings)
    assert doors().get("/api/v1/reach").status_code == 401
