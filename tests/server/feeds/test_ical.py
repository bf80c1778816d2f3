"""Calendars to subscribe to, read by a library that did not write them, and compared with the bodies that the app shows."""

import datetime
from collections.abc import Callable
from typing import Any

import icalendar
import msgspec
import pytest
import recurring_ical_events

from server.feeds import ical
from server.feeds.ical_lines import fold, text
from server.feeds.taken import Taken, Terms, take
from server.model.event import Event
from tests.server.conftest import World

TERMS = Terms("CC BY 4.0", "https://creativecommons.org/licenses/by/4.0/", "https://moede.example")
FROM, TO = datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC), datetime.datetime(2028, 1, 1, tzinfo=datetime.UTC)


@pytest.fixture
def taken(world: World) -> Callable[[], Taken]:
    return lambda: take(world.tx, TERMS, ["event"])


def parsed(data: bytes) -> list[Any]:
    """Its entries, in order."""
    return list(icalendar.Calendar.from_ical(data).walk("VEVENT"))


def shape(data: bytes) -> None:
    """What each reader of iCalendar may count on."""
    assert data.startswith(b"BEGIN:VCALENDAR\r\n")
    assert data.endswith(b"END:VCALENDAR\r\n")
    assert b"\n" not in data.replace(b"\r\n", b"")
    for line in data.split(b"\r\n"):
        assert len(line) <= 75
        line.decode()  # no letter is cut
    assert data.count(b"BEGIN:VTIMEZONE") == 1


def test_every_time_is_an_entry_at_the_same_instant(world: World, taken: Callable[[], Taken]) -> None:
    world.event()
    world.event(schedule={"date": "2026-10-24", "starts": "22:30", "ends": "02:30"})
    world.event(schedule={"date": "2026-06-05", "days": 3})
    everything = taken()
    data = ical.every(everything)
    shape(data)
    bodies = {time.id: time for one in everything.events() for time in one.times}
    found = {str(one["UID"]).partition("@")[0]: one for one in parsed(data)}
    assert found.keys() == bodies.keys()
    assert len(found) > 50
    for id, time in bodies.items():
        start, end = found[id].decoded("DTSTART"), found[id].decoded("DTEND")
        if time.all_day:
            assert (start, (end - start).days) == (time.date, 3)
        else:
            assert start.astimezone(datetime.UTC) == datetime.datetime.fromisoformat(time.start)
            assert end.astimezone(datetime.UTC) == datetime.datetime.fromisoformat(str(time.end))
            assert found[id]["DTSTART"].params["TZID"] == "Europe/Copenhagen"
    judged = recurring_ical_events.of(icalendar.Calendar.from_ical(data)).between(FROM, TO)
    assert len(judged) == len(bodies)


def test_a_moved_time_keeps_its_id_and_a_cancelled_one_stays(world: World, taken: Callable[[], Taken]) -> None:
    id = world.event()
    moved = {
        "day": "2026-04-14",
        "state": "moved",
        "date": "2026-04-15",
        "starts": "10:00",
        "why": {"da": "Salen er optaget"},
    }
    world.done("change_time", "event", id, {"change": moved})
    cancelled = {"day": "2026-04-21", "state": "cancelled", "why": {"da": "Påske"}}
    world.done("change_time", "event", id, {"change": cancelled})
    by_day = {str(one["UID"]): one for one in parsed(ical.event(taken(), id))}
    first, second, third = (by_day[f"{id}.{day}@moede.example"] for day in ("20260407", "20260414", "20260421"))
    assert (first["SEQUENCE"], first["STATUS"]) == (0, "CONFIRMED")
    assert second.decoded("DTSTART").isoformat() == "2026-04-15T10:00:00+02:00"
    assert (second["SEQUENCE"], second["STATUS"]) == (1, "CONFIRMED")
    assert "Flyttet fra den 14.4. Salen er optaget" in second["DESCRIPTION"]
    assert (third["SEQUENCE"], third["STATUS"], third["SUMMARY"]) == (1, "CANCELLED", "Aflyst: Kaffe")
    world.done("move_event", "event", id, {"to": "cancelled", "why": {"da": "Huset er lukket."}})
    entries = parsed(ical.event(taken(), id))
    assert {str(one["STATUS"]) for one in entries} == {"CANCELLED"}
    assert "Aflyst. Huset er lukket." in entries[0]["DESCRIPTION"]


def test_only_what_is_public_and_nothing_of_whom_to_meet(world: World, taken: Callable[[], Taken]) -> None:
    for state in ("draft", "proposed"):
        world.event(state=state, name={"da": "Hemmeligt"})
    world.event(host={"name": "Kirsten", "phone": "12345678"}, notes="Ring til formanden")
    data = ical.every(taken())
    assert b"Kaffe" in data
    for hidden in ("Hemmeligt", "Kirsten", "12345678", "formanden"):
        assert hidden.encode() not in data


def test_words_are_escaped_and_folded_and_read_back_as_they_were(world: World, taken: Callable[[], Taken]) -> None:
    about = "Æbler; pærer, og \\ skråstreg.\nNy linje: «så æder vi rødgrød» " + "🍎🍐" * 30
    place = world.place(name={"da": "Bænken, ved åen"})
    id = world.event(about={"da": about}, place_id=place, where=None, price={"da": "50 kr."}, themes=["coffee", "talk"])
    data = ical.event(taken(), id)
    shape(data)
    one = parsed(data)[0]
    assert about in one["DESCRIPTION"]
    assert "Pris: 50 kr." in one["DESCRIPTION"]
    assert str(one["LOCATION"]).startswith("Bænken, ved åen")
    assert [str(word) for word in one["CATEGORIES"].cats] == ["Kaffe", "Samtale"]
    assert str(one["URL"]).startswith("https://moede.example/det-sker/")


def test_a_place_an_organiser_and_an_area_have_their_own(world: World, taken: Callable[[], Taken]) -> None:
    towns = [
        {"name": {"da": "Sakskøbing"}, "point": [11.63, 54.8]},
        {"name": {"da": "Nykøbing F."}, "point": [11.87, 54.77]},
    ]
    world.done("save_settings", "settings", "site", {"set": {"towns": towns}})
    here, them = world.place(), world.organiser()
    a = world.event(name={"da": "Ved bænken"}, place_id=here, where=None)
    b = world.event(name={"da": "Krolf"}, organiser_id=them, point=[11.64, 54.8])
    c = world.event(name={"da": "Uden sted"})

    def ids(data: bytes) -> set[str]:
        return {str(one["UID"])[:36] for one in parsed(data)}

    found = taken()
    assert ids(ical.every(found)) == {a, b, c}
    assert (ids(ical.place(found, here)), ids(ical.organiser(found, them))) == ({a}, {b})
    assert (ids(ical.area(found, "nykoebing-f")), ids(ical.area(found, "sakskoebing"))) == ({a}, {b})
    assert b"X-WR-CALNAME:Det sker: Krolfklubben" in ical.organiser(found, them)


def test_the_same_makes_the_same_bytes_and_a_change_is_told_by_its_moment(
    world: World, taken: Callable[[], Taken]
) -> None:
    id = world.event()
    data = ical.every(taken())
    assert ical.every(taken()) == data
    world.on("2026-04-02")
    world.done("save_event", "event", id, {"set": {"about": {"da": "Nyt"}}})
    assert parsed(ical.every(taken()))[0].decoded("LAST-MODIFIED") == datetime.datetime(
        2026, 4, 2, 12, tzinfo=datetime.UTC
    )


def test_an_uncertain_time_says_so(world: World, taken: Callable[[], Taken]) -> None:
    id = world.event(schedule={"date": "2026-04-10", "starts": "10:00", "sure": False})
    (one,) = parsed(ical.event(taken(), id))
    assert "Tiden er usikker" in one["DESCRIPTION"]
    assert "DTEND" not in one


@pytest.mark.parametrize("line", ["x" * 400, "å" * 200, "🍎" * 100, "", "SUMMARY:kort"])
def test_a_folded_line_unfolds_to_itself(line: str) -> None:
    folded = fold(line)
    assert folded.replace("\r\n ", "") == line
    assert all(len(part.encode()) <= 75 for part in folded.split("\r\n"))


def test_a_text_with_each_kind_of_line_end_is_one_line() -> None:
    assert text("a\r\nb\rc\nd\x00") == "a\\nb\\nc\\nd"


def test_a_body_of_each_kind_decodes(taken: Callable[[], Taken], world: World) -> None:
    world.event()
    assert all(isinstance(msgspec.json.decode(body, type=Event), Event) for body in taken().bodies["event"])
