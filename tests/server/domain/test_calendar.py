"""Calendars that others keep: what is new, changed, cancelled and gone; what a person has changed here stays; who may; what is refused."""

import datetime
import hashlib
import random
from dataclasses import replace
from typing import Any

import msgspec
import pytest

from server.domain.bringing import AT_ONCE, CANCELLED, MOVED, bring
from server.domain.calendar import address, keep_found
from server.domain.refusal import Refused
from server.formats.ical.calendar import read
from server.formats.refusal import FileRefused
from server.publish import publish
from server.store import calendar, event, occurrence, person
from server.store.calendar import CalendarRow
from tests.server.conftest import NOW
from tests.server.formats.ical.test_chance import CASES, mutated

TODAY = NOW.astimezone(datetime.UTC).date()


def ics(*events: str, end: str = "END:VCALENDAR\n") -> bytes:
    body = "".join(f"BEGIN:VEVENT\n{one}\nEND:VEVENT\n" for one in events)
    return f"BEGIN:VCALENDAR\nVERSION:2.0\nX-WR-CALNAME:Krolf\n{body}{end}".encode()


def one(uid: str = "a", name: str = "Krolf", start: str = "20260408T140000", more: str = "") -> str:
    return f"UID:{uid}\nSUMMARY:{name}\nDTSTART:{start}\nDURATION:PT2H\nLOCATION:Ved klubhuset{more}"


class Calendars:
    """A calendar that comes as files, in a world."""

    def __init__(self, world: Any) -> None:
        self.world, self.id = world, world.id()

    def blob(self, data: bytes) -> str:
        found = msgspec.structs.replace(read(data, self.world.ctx.today), sha256=hashlib.sha256(data).hexdigest())
        keep_found(self.world.data_dir, found)
        return str(found.sha256)

    def bring(self, *events: str, end: str = "END:VCALENDAR\n", **args: Any) -> dict[str, Any]:
        reply = self.world.done(
            "import_calendar", "calendar", self.id, {"blob": self.blob(ics(*events, end=end)), **args}
        )
        result: dict[str, Any] = reply["result"]
        return result

    def row(self, uid: str = "a") -> event.EventRow:
        found = event.of_calendar(self.world.tx, self.id, uid)
        assert found is not None
        return found

    def times(self, uid: str = "a") -> list[tuple[str, str, int]]:
        """Date, state and revision of each time."""
        found = occurrence.of_event(self.world.tx, self.row(uid).row)
        return [(one.date.isoformat(), one.state, one.revision) for one in found]

    @property
    def told(self) -> Any:
        row = calendar.get(self.world.tx, self.id)
        assert row is not None
        return row.told


@pytest.fixture
def here(world: Any) -> Calendars:
    return Calendars(world)


def test_what_is_new_is_public_with_its_times_and_once(here: Calendars) -> None:
    assert here.bring(one(), one("b", "Kaffe"), name="Krolf") == {
        "new": 2, "changed": 0, "unchanged": 0, "past": 0, "lacking": 0, "waiting": 0, "left_out": 0,
    }  # fmt: skip
    row = here.row()
    assert (row.state, row.said.name.da, row.said.where and row.said.where.da) == ("public", "Krolf", "Ved klubhuset")
    assert here.times() == [("2026-04-08", "on", 0)]
    again = here.bring(one(), one("b", "Kaffe"))
    assert (again["new"], again["unchanged"]) == (0, 2)


def test_it_is_at_the_place_that_it_names_else_where_its_calendar_is(here: Calendars, world: Any) -> None:
    bench, park = world.place(name={"da": "Bænken"}), world.place(name={"da": "Parken"})
    named = one("a").replace("Ved klubhuset", "Parken\\, Nykøbing")
    silent = one("b").replace("\nLOCATION:Ved klubhuset", "")
    here.bring(named, silent, one("c"), place_id=bench)
    assert [here.row(uid).place_id for uid in "abc"] == [park, bench, None]
    assert here.row("a").said.where is None


def test_without_a_place_it_is_a_draft(here: Calendars) -> None:
    result = here.bring(one().replace("\nLOCATION:Ved klubhuset", ""))
    assert (here.row().state, result["lacking"]) == ("draft", 1)


def test_what_the_calendar_changes_is_changed_and_what_a_person_changed_stays(here: Calendars, world: Any) -> None:
    here.bring(one())
    id = here.row().id
    world.done("save_event", "event", id, {"set": {"name": {"da": "Krolf for alle"}, "bring": {"da": "En kølle"}}})
    here.bring(one(name="Krolf for nye", start="20260408T150000", more="\nDESCRIPTION:Vi begynder igen"))
    row = here.row()
    assert (row.said.name.da, row.said.bring and row.said.bring.da) == ("Krolf for alle", "En kølle")
    assert row.said.about is not None
    assert row.schedule is not None
    assert (row.said.about.da, row.schedule.starts) == ("Vi begynder igen", "15:00")
    assert [(kept.event_id, kept.fields) for kept in here.told.kept] == [(id, ("name",))]
    assert here.times() == [("2026-04-08", "on", 1)], "who follows it hears of the new hour"


def test_a_single_time_on_another_day_is_a_move_of_it(here: Calendars) -> None:
    here.bring(one())
    here.bring(one(start="20260409T150000"))
    assert here.times() == [("2026-04-09", "moved", 1)]
    assert here.row().changes[0].why == MOVED
    here.bring(one(start="20260410T150000"))
    assert here.times() == [("2026-04-10", "moved", 2)]
    assert here.told.kept == ()
    here.bring(one())
    assert here.times() == [("2026-04-08", "on", 3)]


def test_a_time_of_a_series_that_a_person_cancelled_stays_cancelled(here: Calendars, world: Any) -> None:
    weekly = one(more="\nRRULE:FREQ=WEEKLY;COUNT=3")
    here.bring(weekly)
    change = {"day": "2026-04-15", "state": "cancelled", "why": {"da": "Salen er optaget"}}
    world.done("change_time", "event", here.row().id, {"change": change})
    moved = "UID:a\nSUMMARY:Krolf\nRECURRENCE-ID:20260422T140000\nDTSTART:20260423T140000\nDURATION:PT2H\nLOCATION:Ved klubhuset"
    here.bring(weekly, moved)
    assert [(date, state) for date, state, _ in here.times()] == [
        ("2026-04-08", "on"), ("2026-04-15", "cancelled"), ("2026-04-23", "moved"),
    ]  # fmt: skip


def test_cancelled_in_the_calendar_is_cancelled_here_and_on_again(here: Calendars) -> None:
    here.bring(one())
    here.bring(one(more="\nSTATUS:CANCELLED"))
    assert (here.row().state, here.row().why) == ("cancelled", CANCELLED)
    assert here.times() == [("2026-04-08", "cancelled", 1)]
    here.bring(one())
    assert (here.row().state, here.times()) == ("public", [("2026-04-08", "on", 2)])


def test_what_is_gone_is_cancelled_where_the_calendar_is_whole_and_comes_back(here: Calendars) -> None:
    here.bring(one(), one("b"))
    here.bring(one(), end="")
    assert here.row("b").state == "public"
    assert [(gone.event_id, gone.cancelled) for gone in here.told.gone] == [(here.row("b").id, False)]
    here.bring(one())
    assert here.row("b").state == "cancelled"
    assert [gone.cancelled for gone in here.told.gone] == [True]
    here.bring(one(), one("b"))
    assert here.row("b").state == "public"


def test_what_can_not_be_read_any_more_is_not_gone(here: Calendars) -> None:
    here.bring(one(), one("b"))
    here.bring(one(), "UID:b\nSUMMARY:Krolf")
    assert here.row("b").state == "public"
    assert (here.told.gone, [left.uid for left in here.told.left]) == ((), ["b"])


def test_a_calendar_that_is_all_but_empty_at_once_is_not_believed(here: Calendars) -> None:
    here.bring(*(one(f"x{i}") for i in range(6)))
    here.bring(one("x0"))
    assert {here.row(f"x{i}").state for i in range(6)} == {"public"}
    assert len(here.told.gone) == 5


def test_an_older_version_changes_nothing(here: Calendars) -> None:
    here.bring(one(more="\nSEQUENCE:3"))
    here.bring(one(name="Gammelt", more="\nSEQUENCE:2"))
    assert here.row().said.name.da == "Krolf"
    assert (here.told.older, here.told.waiting) == (1, 0)


def test_what_was_withdrawn_here_stays_so(here: Calendars, world: Any) -> None:
    here.bring(one())
    id = here.row().id
    world.done("move_event", "event", id, {"to": "cancelled", "why": {"da": "x"}})
    here.bring(one(name="Nyt navn"))
    assert here.row().state == "cancelled"


def test_what_is_over_does_not_come_in(here: Calendars) -> None:
    result = here.bring(one(start="20260315T140000"), one("b", start="20240315T140000"))
    assert (result["new"], result["past"]) == (0, 2)
    assert event.of_calendar(here.world.tx, here.id, "a") is None


def test_many_go_in_some_at_a_time(here: Calendars, world: Any) -> None:
    many = [one(f"x{i}") for i in range(2 * AT_ONCE + 3)]
    result = here.bring(*many)
    assert (result["new"], result["waiting"]) == (AT_ONCE, AT_ONCE + 3)
    found = read(ics(*many), TODAY)
    rounds = 0
    row = calendar.get(world.tx, here.id)
    while row is not None and row.told is not None and row.told.waiting:
        row, _ = bring(world.tx, world.ctx, row, found, go_on=True)
        rounds += 1
    assert (rounds, here.told.new, here.told.unchanged, here.told.gone) == (2, 2 * AT_ONCE + 3, 0, ())


def test_a_file_that_nobody_looked_at_is_waited_for(here: Calendars, world: Any) -> None:
    reply = world.do("import_calendar", "calendar", here.id, {"blob": "b" * 64})
    assert (reply["status"], reply["code"]) == ("later", "blob_missing")


def association(world: Any, *, at_once: bool = False) -> tuple[str, str]:
    """(organiser, a person who makes events for it)."""
    mine, who = world.organiser(at_once=at_once), world.id()
    person.make(world.tx, who, "Kirsten", "organiser", NOW.date())
    world.done("set_organiser", "person", who, {"organiser_id": mine})
    return mine, who


@pytest.mark.parametrize(("at_once", "state"), [(False, "proposed"), (True, "public")])
def test_what_an_association_brings_is_looked_at_first_unless_it_may(
    here: Calendars, world: Any, at_once: bool, state: str
) -> None:
    mine, who = association(world, at_once=at_once)
    world.ctx = replace(world.ctx, who=who)
    here.bring(one())
    assert (here.row().state, here.row().organiser_id) == (state, mine)


def test_a_calendar_that_staff_began_publishes_nothing_that_the_association_puts_into_it(
    here: Calendars, world: Any
) -> None:
    mine, who = association(world)
    here.bring(one(), organiser_id=mine)
    assert here.row().state == "public"
    world.ctx = replace(world.ctx, who=who)
    here.bring(one(), one("b", "Kaffe"))
    assert [here.row(uid).state for uid in "ab"] == ["public", "proposed"]


def test_nor_from_an_address_that_the_association_has_changed(here: Calendars, world: Any) -> None:
    mine, who = association(world)
    given = {"name": "Krolf", "url": "https://kommune.dk/x.ics", "organiser_id": mine}
    world.done("save_calendar", "calendar", here.id, {"set": given})
    world.ctx = replace(world.ctx, who=who)
    for url, by_staff in (("https://kommune.dk/x.ics", True), ("https://forening.dk/x.ics", False)):
        world.done("save_calendar", "calendar", here.id, {"set": {"url": url}})
        row = calendar.get(world.tx, here.id)
        assert row is not None
        assert row.by_staff is by_staff


@pytest.mark.parametrize("given", ["another", "nobody"])
def test_what_staff_have_given_to_another_association_its_first_one_changes_no_more(
    here: Calendars, world: Any, given: str
) -> None:
    _, who = association(world, at_once=True)
    staff, theirs = world.ctx, replace(world.ctx, who=who)
    world.ctx = theirs
    here.bring(one(), one("b", "Kaffe"))
    world.ctx = staff
    other = world.organiser("Fjordklubben") if given == "another" else None
    world.done("save_event", "event", here.row().id, {"set": {"organiser_id": other}})
    world.ctx = theirs
    assert here.bring(one(name="Noget andet"), one("b", "Kage"))["changed"] == 1
    assert (here.row().said.name.da, here.row("b").said.name.da) == ("Krolf", "Kage")
    here.bring(one("b", "Kage"))
    assert here.row().state == "public"


def test_a_calendar_that_is_given_to_another_association_brings_its_events_along(here: Calendars, world: Any) -> None:
    _, who = association(world, at_once=True)
    staff = world.ctx
    world.ctx = replace(staff, who=who)
    here.bring(one())
    world.ctx = staff
    other = world.organiser("Fjordklubben")
    world.done("save_calendar", "calendar", here.id, {"set": {"organiser_id": other}})
    here.bring(one(name="Krolf igen"))
    assert (here.row().organiser_id, here.row().said.name.da) == (other, "Krolf igen")


def test_an_association_has_its_own_calendars_alone(here: Calendars, world: Any) -> None:
    theirs = world.id()
    world.done("save_calendar", "calendar", theirs, {"set": {"name": "Andres", "url": "https://andre.dk/x.ics"}})
    _, who = association(world)
    world.ctx = replace(world.ctx, who=who)
    for verb, args in (
        ("save_calendar", {"set": {"name": "Min"}}),
        ("end_calendar", {}),
        ("import_calendar", {"blob": here.blob(ics(one()))}),
    ):
        assert world.do(verb, "calendar", theirs, args)["code"] == "forbidden"


def test_a_saved_calendar_is_due_at_once_and_an_ended_one_never(world: Any) -> None:
    id = world.id()
    world.done("save_calendar", "calendar", id, {"set": {"name": "Krolf", "url": "webcal://forening.dk/krolf.ics"}})
    assert calendar.due(world.tx, NOW) == [id]
    assert calendar.get(world.tx, id).url == "https://forening.dk/krolf.ics"  # type: ignore[union-attr]
    world.done("end_calendar", "calendar", id, {})
    assert (calendar.due(world.tx, NOW), calendar.every(world.tx)) == ([], [])


@pytest.mark.parametrize(
    "url",
    [
        "http://forening.dk/x.ics",
        "ftp://forening.dk/x.ics",
        "https://127.0.0.1/x.ics",
        "https://10.0.0.7/x.ics",
        "https://[::1]/x.ics",
        "https://[fe80::1]/x.ics",
        "https://localhost/x.ics",
        "https://server/x.ics",
        "https://2130706433/x.ics",
        "https://0x7f.1/x.ics",
        "https://kirsten:hemmeligt@forening.dk/x.ics",
        "https://forening.dk@127.0.0.1/x.ics",
        "https://forening.dk:8443/x.ics",
        "https://forening.dk\\@127.0.0.1/x.ics",
        "http://127.0.0.1:8000/x.ics",
        "https://*.dk/x.ics",
    ],
)
def test_no_address_leads_anywhere_but_to_the_open_net(world: Any, url: str) -> None:
    reply = world.do("save_calendar", "calendar", world.id(), {"set": {"name": "Krolf", "url": url}})
    assert (reply["status"], reply["code"], reply["at"]) == ("refused", "invalid", "/args/set/url")
    assert reply["detail"].endswith(".")


def test_a_host_on_this_machine_is_for_tests_that_name_it() -> None:
    assert address("http://127.0.0.1:8123/x.ics", ("127.0.0.1:8123",)) == "http://127.0.0.1:8123/x.ics"
    with pytest.raises(Refused):
        address("http://127.0.0.1:8124/x.ics", ("127.0.0.1:8123",))


@pytest.mark.parametrize("seed", range(12))
def test_whatever_calendars_come_in_turn_each_event_is_counted_once_and_can_be_published(world: Any, seed: int) -> None:
    chance = random.Random(seed)
    row = CalendarRow(
        id=world.id(), name="x", url=None, organiser_id=None, place_id=None, by_staff=True, saved_by="local", saved_at="",
        checked_at=world.ctx.moment,
    )  # fmt: skip
    for _ in range(8):
        data = mutated(chance.choice(CASES).read_bytes(), chance)
        try:
            found = read(data, world.ctx.today)
        except FileRefused:
            continue
        row, touched = bring(world.tx, world.ctx, row, found)
        publish(world.tx, [("event", id) for id in touched], world.ctx.today, moved=False)
        told = row.told
        assert told is not None
        counted = told.new + told.changed + told.unchanged + told.older + told.past - len(found.passed)
        assert (counted, told.waiting) == (len(found.reads), 0)
        row, again = bring(world.tx, world.ctx, row, found)
        assert row.told is not None
        assert (row.told.unchanged, row.told.new, row.told.changed, again) == (len(found.reads), 0, 0, []), (
            "it said the same"
        )
