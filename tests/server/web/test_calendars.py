"""Calendars over HTTP: a file is looked at by a process of its own and goes in; each organiser sees its own; what is none is refused."""

import asyncio
import datetime
import hashlib
from typing import Any

import pytest

from server.settings import Settings
from server.web import calendars
from tests.server.login.browsers import HOME, Client, Doors, entered, op
from tests.server.web.conftest import new_id

DOOR = "/api/v1/calendars/look"


def ics(*names: str) -> bytes:
    day = (datetime.datetime.now(datetime.UTC) + datetime.timedelta(days=14)).strftime("%Y%m%d")
    body = "".join(
        f"BEGIN:VEVENT\r\nUID:{name}@x\r\nSUMMARY:{name}\r\nDTSTART:{day}T140000\r\nLOCATION:Klubhuset\r\nEND:VEVENT\r\n"
        for name in names
    )
    return f"BEGIN:VCALENDAR\r\nX-WR-CALNAME:Krolf\r\n{body}END:VCALENDAR\r\n".encode()


def look(client: Client, data: bytes, **headers: str) -> Any:
    return client.post(DOOR, content=data, headers={"content-type": "text/calendar", "origin": HOME} | headers)


def association(doors: Doors, admin: Client, settings: Settings, name: str) -> Client:
    organiser = new_id()
    assert op(admin, "save_organiser", "organiser", organiser, {"set": {"name": name}})["status"] == "applied"
    chair, _ = entered(doors, settings, "organiser", f"Formand for {name}")
    who = chair.get("/api/v1/me").json()["id"]
    assert op(admin, "set_organiser", "person", who, {"organiser_id": organiser})["status"] == "applied"
    return chair


def test_a_file_is_looked_at_and_nothing_of_it_goes_in_before_it_is_asked_for(doors: Doors, settings: Settings) -> None:
    admin, _ = entered(doors, settings, "admin", "Ida")
    data = ics("Krolf", "Petanque")
    answer = look(admin, data)
    assert (answer.status_code, answer.headers["cache-control"]) == (200, "no-store")
    told = answer.json()
    assert (told["blob"], told["events"], told["name"]) == (hashlib.sha256(data).hexdigest(), 2, "Krolf")
    assert [(one["name"]["da"], one["starts"], one["line"]) for one in told["shown"]] == [
        ("Krolf", "14:00", 3),
        ("Petanque", "14:00", 9),
    ]
    assert admin.get("/api/v1/calendars").json() == {"calendars": []}
    reply = op(admin, "import_calendar", "calendar", new_id(), {"blob": told["blob"], "name": "Krolf"})
    assert (reply["status"], reply["result"]["new"]) == ("applied", 2)
    (one,) = admin.get("/api/v1/calendars").json()["calendars"]
    assert (one["name"], one["url"], one["told"]["new"]) == ("Krolf", None, 2)


def test_while_a_file_is_told_of_others_are_answered(
    doors: Doors, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    admin, _ = entered(doors, settings, "admin", "Ida")
    told, loops = calendars._told, []

    def seen(*given: Any) -> Any:
        loops.append(asyncio._get_running_loop())
        return told(*given)

    monkeypatch.setattr(calendars, "_told", seen)
    assert look(admin, ics("Krolf")).status_code == 200
    assert loops == [None], "in a thread of its own"


def test_an_association_sees_its_own_calendars_alone(doors: Doors, settings: Settings) -> None:
    admin, _ = entered(doors, settings, "admin", "Ida")
    first, second = (association(doors, admin, settings, name) for name in ("Krolfklubben", "Kaffeklubben"))
    blob = look(first, ics("Krolf")).json()["blob"]
    assert op(first, "import_calendar", "calendar", new_id(), {"blob": blob, "name": "Vores"})["status"] == "applied"
    names = [
        [one["name"] for one in client.get("/api/v1/calendars").json()["calendars"]]
        for client in (first, second, admin)
    ]
    assert names == [["Vores"], [], ["Vores"]]


@pytest.mark.parametrize(
    ("data", "headers", "status", "code"),
    [
        (b"<html>Log ind</html>", {}, 422, "invalid"),
        (b"", {}, 422, "invalid"),
        (b"BEGIN:VCALENDAR\r\n", {"content-type": "application/json"}, 415, "unsupported_type"),
        (b"BEGIN:VCALENDAR\r\n", {"origin": "https://andre.example"}, 403, "foreign_origin"),
        (b"BEGIN:VCALENDAR\r\n" + b"x" * (5 * 1024 * 1024), {}, 413, "too_large"),
    ],
    ids=["a page", "nothing", "another type", "another site", "too large"],
)
def test_what_is_no_calendar_is_refused_with_a_code_and_words(
    doors: Doors, settings: Settings, data: bytes, headers: dict[str, str], status: int, code: str
) -> None:
    admin, _ = entered(doors, settings, "admin", "Ida")
    answer = look(admin, data, **headers)
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert answer.json()["detail"].endswith(".")
