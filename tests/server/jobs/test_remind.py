"""Who is told what, when: by verbs of people and phones, and a clock that goes on."""

import logging
from typing import Any

import pytest

from server.domain import reminding
from server.prepare import after_restore
from server.store import event
from tests.server.jobs.following import Following

TUESDAY = "2026-04-07"
WINTER, SUMMER = "+01:00", "+02:00"
TRANSPORT = {"phone": "54731000", "hours_ahead": 2, "deadline_local": None, "hours": None, "price": None}


@pytest.fixture
def phones(world: Any) -> Following:
    return Following(world)


def test_each_reminder_comes_in_its_time_and_says_when_it_is(world: Any, phones: Following) -> None:
    phones.settings(transport=TRANSPORT)
    id = world.event()
    phones.follow("a", "event", id, "evening", "transport", "hour")
    assert phones.tell("2026-04-06T18:59:59+02:00") == []
    assert phones.tell("2026-04-06T19:00:00+02:00") == [
        "a · evening · 0 · Kaffe · I morgen, tirsdag den 7. april kl. 14."
    ]
    assert phones.tell("2026-04-07T11:30:00+02:00") == [
        "a · transport · 0 · Kaffe · Bestil flextur senest kl. 12, også turen hjem. Ring 54 73 10 00. I dag kl. 14."
    ]
    assert phones.tell("2026-04-07T13:00:00+02:00") == ["a · hour · 0 · Kaffe · Om en time, kl. 14."]
    assert phones.tell("2026-04-07T23:00:00+02:00") == []
    assert phones.tell("2026-04-13T19:00:00+02:00") == [
        "a · evening · 0 · Kaffe · I morgen, tirsdag den 14. april kl. 14."
    ]


def test_nothing_is_told_of_what_nobody_asked_to_be_told(world: Any, phones: Following) -> None:
    id = world.event()
    phones.follow("a", "event", id, "hour")
    phones.follow("b", "event", id)
    assert phones.tell("2026-04-06T19:00:00+02:00") == []
    assert world.count("message") == 0, "a message is for somebody"
    assert phones.tell("2026-04-07T13:00:00+02:00") == ["a · hour · 0 · Kaffe · Om en time, kl. 14."]


def test_one_hears_of_it_by_the_event_its_place_its_organiser_its_area_or_all_of_it_once(
    world: Any, phones: Following
) -> None:
    towns = [
        {"name": {"da": "Nykøbing Falster"}, "point": [11.87, 54.77]},
        {"name": {"da": "Gedser"}, "point": [11.93, 54.57]},
    ]
    phones.settings(towns=towns)
    place, organiser = world.place(point=[11.8745, 54.769]), world.id()
    world.done("save_organiser", "organiser", organiser, {"set": {"name": "Idrætsforeningen"}})
    id = world.event(place_id=place, organiser_id=organiser)
    phones.follow("event", "event", id, "evening")
    phones.follow("place", "place", place, "evening")
    phones.follow("organiser", "organiser", organiser, "evening")
    phones.follow("area", "area", "nykoebing-falster", "evening")
    phones.follow("all", "settings", "site", "evening")
    phones.follow("elsewhere", "area", "gedser", "evening")
    for kind, subject in (
        ("event", id),
        ("place", place),
        ("organiser", organiser),
        ("area", "nykoebing-falster"),
        ("settings", "site"),
    ):
        phones.follow("often", kind, subject, "evening")
    told = phones.tell("2026-04-06T19:00:00+02:00")
    assert [one.split(" · ")[0] for one in told] == ["all", "area", "event", "often", "organiser", "place"]


def test_a_single_time_is_followed_alone_and_a_skipped_one_is_not(world: Any, phones: Following) -> None:
    id = world.event()
    phones.follow("once", "event", id, "evening", only="2026-04-14")
    phones.follow("series", "event", id, "evening")
    phones.skip("series", id, "2026-04-14")
    phones.follow("place-and-skip", "settings", "site", "evening")
    phones.skip("place-and-skip", id, "2026-04-14")
    phones.skip("place-and-skip", id, "2026-04-14", skip=False)
    assert [one.split(" · ")[0] for one in phones.tell("2026-04-06T19:00:00+02:00")] == ["place-and-skip", "series"]
    assert [one.split(" · ")[0] for one in phones.tell("2026-04-13T19:00:00+02:00")] == ["once", "place-and-skip"]
    phones.change(id, "2026-04-21", state="cancelled", why={"da": "Huset er lukket."})
    phones.skip("series", id, "2026-04-28")
    phones.change(id, "2026-04-28", state="cancelled", why={"da": "Huset er lukket."})
    assert {one.split(" · ")[0] for one in phones.tell("2026-04-14T12:00:00+02:00")} == {"place-and-skip", "series"}


def test_a_phone_that_takes_no_pushes_is_sent_none(world: Any, phones: Following) -> None:
    id = world.event()
    phones.row("a", reached=False)
    phones.follow("a", "event", id, "evening")
    phones.follow("b", "event", id, "evening")
    assert [one.split(" · ")[0] for one in phones.tell("2026-04-06T19:00:00+02:00")] == ["b"]


def test_a_moved_time_is_told_at_once_and_reminded_of_when_it_is_now(world: Any, phones: Following) -> None:
    id = world.event()
    phones.follow("a", "event", id, "evening", "hour")
    phones.at("2026-04-03T10:00:00+02:00")
    phones.change(id, TUESDAY, state="moved", date="2026-04-09", starts="15:00", why={"da": "Salen er optaget."})
    assert phones.tell("2026-04-03T10:00:00+02:00") == [
        "a · changed · 1 · Flyttet: Kaffe · Flyttet til torsdag den 9. april kl. 15. Det var tirsdag den 7. april kl. 14. Salen er optaget."
    ]
    assert phones.tell("2026-04-07T13:59:00+02:00") == [], "nothing of when it was to be"
    assert phones.tell("2026-04-08T19:00:00+02:00") == [
        "a · evening · 1 · Kaffe · I morgen, torsdag den 9. april kl. 15."
    ]
    overtaken = {(what, done) for day, what, revision, _, done in phones.waits() if day == "20260407" and revision == 0}
    assert overtaken == {("evening", "overtaken"), ("hour", "overtaken")}


def test_a_move_after_the_reminder_is_reminded_of_again_for_it_is_another_time(world: Any, phones: Following) -> None:
    id = world.event()
    phones.follow("a", "event", id, "evening")
    assert len(phones.tell("2026-04-06T19:00:00+02:00")) == 1
    phones.at("2026-04-06T19:30:00+02:00")
    phones.change(id, TUESDAY, state="moved", date="2026-04-10", why={"da": "Salen er optaget."})
    (told,) = phones.tell("2026-04-06T19:30:00+02:00")
    assert told.startswith("a · changed · 1 · Flyttet: Kaffe · Flyttet til fredag den 10. april kl. 14.")
    assert [one.split(" · ")[1] for one in phones.told()] == ["changed"], (
        "what waited of the old time is not sent any more"
    )
    assert phones.tell("2026-04-09T19:00:00+02:00") == [
        "a · evening · 1 · Kaffe · I morgen, fredag den 10. april kl. 14."
    ]


def test_a_cancelled_time_is_told_and_not_reminded_of_and_on_again_it_is(world: Any, phones: Following) -> None:
    id = world.event()
    phones.follow("a", "event", id, "evening")
    phones.at("2026-04-03T10:00:00+02:00")
    phones.change(id, TUESDAY, state="cancelled", why={"da": "Kirsten er syg."})
    assert phones.tell() == ["a · changed · 1 · Aflyst: Kaffe · Tirsdag den 7. april kl. 14. Kirsten er syg."]
    assert phones.tell("2026-04-04T19:00:00+02:00") == []
    phones.change(id, TUESDAY, state="on")
    assert phones.tell() == [
        "a · changed · 2 · Nyt om: Kaffe · Det er nu tirsdag den 7. april kl. 14. Sted: I forsamlingshuset."
    ]
    assert phones.tell("2026-04-06T19:00:00+02:00") == [
        "a · evening · 2 · Kaffe · I morgen, tirsdag den 7. april kl. 14."
    ]


def test_a_change_at_night_waits_for_the_morning_unless_somebody_would_be_on_the_way(
    world: Any, phones: Following
) -> None:
    world.event()
    early = world.event(schedule={"date": TUESDAY, "starts": "08:30", "ends": "10:00"})
    late = world.event(schedule={"date": TUESDAY, "starts": "14:00", "ends": "15:00"})
    for id in (early, late):
        phones.follow("a", "event", id)
    phones.at("2026-04-06T22:00:00+02:00")
    for id in (early, late):
        phones.change(id, TUESDAY, state="cancelled", why={"da": "Storm."})
    (told,) = phones.tell()
    assert "I morgen, tirsdag den 7. april kl. 8.30." in told
    assert phones.tell("2026-04-07T07:59:59+02:00") == []
    assert phones.tell("2026-04-07T08:00:00+02:00") == ["a · changed · 1 · Aflyst: Kaffe · I dag kl. 14. Storm."]


def test_who_asked_to_be_met_is_told_of_a_cancellation_though_they_follow_nothing(
    world: Any, phones: Following
) -> None:
    id = world.event(host={"name": "Kirsten", "phone": "54731000"})
    assert phones.by("a", "ask_met", "event", id, {"day": TUESDAY})["status"] == "applied"
    phones.at("2026-04-03T10:00:00+02:00")
    phones.change(id, TUESDAY, state="cancelled", why={"da": "Kirsten er syg."})
    assert phones.tell() == ["a · changed · 1 · Aflyst: Kaffe · Tirsdag den 7. april kl. 14. Kirsten er syg."]


def test_of_a_series_that_changes_as_a_whole_one_is_told_once(world: Any, phones: Following) -> None:
    id = world.event()
    phones.follow("a", "event", id, "evening")
    phones.follow("third", "event", id, "evening", only="2026-04-21")
    phones.skip("a", id, TUESDAY)
    phones.at("2026-04-03T10:00:00+02:00")
    world.done("move_event", "event", id, {"to": "cancelled", "why": {"da": "Huset er solgt."}})
    assert phones.tell() == [
        "a · changed · 1 · Aflyst: Kaffe · Tirsdag den 14. april kl. 14. Det gælder flere gange. Huset er solgt.",
        "third · changed · 1 · Aflyst: Kaffe · Tirsdag den 21. april kl. 14. Det gælder flere gange. Huset er solgt.",
    ]
    assert phones.tell("2026-04-06T19:00:00+02:00") == []


def test_another_hour_of_a_whole_series_is_told_once(world: Any, phones: Following) -> None:
    id = world.event()
    phones.follow("a", "event", id, "evening")
    phones.at("2026-04-03T10:00:00+02:00")
    schedule = {"date": TUESDAY, "starts": "15:00", "ends": "17:00", "rrule": "FREQ=WEEKLY;BYDAY=TU"}
    world.done("save_event", "event", id, {"set": {"schedule": schedule}})
    assert phones.tell() == [
        "a · changed · 1 · Nyt om: Kaffe · Det er nu tirsdag den 7. april kl. 15. Sted: I forsamlingshuset. Det gælder flere gange."
    ]
    assert phones.tell("2026-04-06T19:00:00+02:00") == [
        "a · evening · 1 · Kaffe · I morgen, tirsdag den 7. april kl. 15."
    ]


def test_of_a_series_that_goes_to_other_days_nobody_stands_before_a_closed_door(world: Any, phones: Following) -> None:
    id = world.event()
    phones.follow("a", "event", id, "evening")
    phones.at("2026-04-03T10:00:00+02:00")
    schedule = {"date": "2026-04-08", "starts": "14:00", "ends": "16:00", "rrule": "FREQ=WEEKLY;BYDAY=WE"}
    world.done("save_event", "event", id, {"set": {"schedule": schedule}})
    (told,) = phones.tell()
    assert told == (
        "a · changed · 1 · Aflyst: Kaffe · Tirsdag den 7. april kl. 14. Næste gang er onsdag den 8. april kl. 14. Det gælder flere gange."
    )
    assert phones.tell("2026-04-06T19:00:00+02:00") == []
    assert phones.tell("2026-04-07T19:00:00+02:00") == [
        "a · evening · 0 · Kaffe · I morgen, onsdag den 8. april kl. 14."
    ]


def test_a_day_that_was_left_out_and_is_back_is_reminded_of(world: Any, phones: Following) -> None:
    id = world.event()
    phones.follow("a", "event", id, "evening")
    schedule = {"date": TUESDAY, "starts": "14:00", "ends": "16:00", "rrule": "FREQ=WEEKLY;BYDAY=TU"}
    phones.at("2026-04-03T10:00:00+02:00")
    world.done("save_event", "event", id, {"set": {"schedule": {**schedule, "left_out": ["2026-04-14"]}}})
    (gone,) = phones.tell()
    assert gone.startswith(
        "a · changed · 1 · Aflyst: Kaffe · Tirsdag den 14. april kl. 14. Næste gang er tirsdag den 7. april"
    )
    phones.at("2026-04-03T12:00:00+02:00")
    world.done("save_event", "event", id, {"set": {"schedule": schedule}})
    assert phones.tell() == [
        "a · changed · 2 · Nyt om: Kaffe · Det er nu tirsdag den 14. april kl. 14. Sted: I forsamlingshuset."
    ]
    phones.tell("2026-04-06T19:00:00+02:00")
    assert phones.tell("2026-04-13T19:00:00+02:00") == [
        "a · evening · 2 · Kaffe · I morgen, tirsdag den 14. april kl. 14."
    ]


def test_who_follows_a_series_follows_what_is_split_off_it_and_hears_of_nothing_that_stays_as_it_was(
    world: Any, phones: Following
) -> None:
    id, new = world.event(), world.id()
    phones.follow("a", "event", id, "evening")
    phones.skip("a", id, "2026-04-21")
    phones.at("2026-04-03T10:00:00+02:00")
    world.done(
        "split_event", "event", id, {"from": "2026-04-14", "id": new, "set": {"host": {"name": "Jens", "phone": None}}}
    )
    assert phones.tell() == []
    assert event.split_off(world.tx, id) == [new]
    assert len(phones.tell("2026-04-06T19:00:00+02:00")) == 1
    assert phones.tell("2026-04-13T19:00:00+02:00") == [
        "a · evening · 0 · Kaffe · I morgen, tirsdag den 14. april kl. 14."
    ]
    assert phones.tell("2026-04-20T19:00:00+02:00") == [], "skipped before it was split"
    phones.at("2026-04-22T10:00:00+02:00")
    phones.change(new, "2026-04-28", state="cancelled", why={"da": "Jens er syg."})
    assert phones.tell() == ["a · changed · 1 · Aflyst: Kaffe · Tirsdag den 28. april kl. 14. Jens er syg."]


def test_a_split_that_is_at_another_hour_is_told(world: Any, phones: Following) -> None:
    id, new = world.event(), world.id()
    phones.follow("a", "event", id, "evening")
    phones.at("2026-04-03T10:00:00+02:00")
    schedule = {"date": "2026-04-14", "starts": "10:00", "ends": "12:00", "rrule": "FREQ=WEEKLY;BYDAY=TU"}
    world.done("split_event", "event", id, {"from": "2026-04-14", "id": new, "set": {"schedule": schedule}})
    assert phones.tell() == [
        "a · changed · 1 · Flyttet: Kaffe · "
        "Flyttet til tirsdag den 14. april kl. 10. Det var tirsdag den 14. april kl. 14. Det gælder flere gange."
    ]


def test_at_the_same_minute_transport_comes_before_the_hour(world: Any, phones: Following) -> None:
    phones.settings(transport=TRANSPORT)
    id = world.event(schedule={"date": TUESDAY, "starts": "07:30", "ends": "09:00"})
    phones.follow("both", "event", id, "transport", "hour")
    phones.follow("hour", "event", id, "hour")
    assert phones.tell("2026-04-06T20:30:00+02:00") == [
        "both · transport · 0 · Kaffe · "
        "Bestil flextur senest i morgen kl. 5.30, også turen hjem. Ring 54 73 10 00. I morgen, tirsdag den 7. april kl. 7.30.",
        "hour · hour · 0 · Kaffe · I morgen, tirsdag den 7. april kl. 7.30.",
    ]


def test_what_was_due_while_the_server_stood_still_is_told_if_it_is_still_of_use(
    world: Any, phones: Following, caplog: pytest.LogCaptureFixture
) -> None:
    phones.settings(transport=TRANSPORT)
    id = world.event()
    phones.follow("a", "event", id, "evening", "transport")
    with caplog.at_level(logging.WARNING):
        assert phones.tell("2026-04-07T12:30:00+02:00") == ["a · evening · 0 · Kaffe · I dag kl. 14."]
    assert caplog.messages == [
        f"transport of {id}.20260407 was due 2026-04-07T09:30:00+00:00 and is of no use any more"
    ]
    assert phones.tell("2026-04-15T12:30:00+02:00") == []


def test_a_server_that_comes_back_at_night_wakes_nobody(world: Any, phones: Following) -> None:
    id = world.event()
    phones.follow("a", "event", id, "evening")
    assert phones.tell("2026-04-06T23:00:00+02:00") == ["a · evening · 0 · Kaffe · I dag kl. 14."]
    assert world.tx.execute("SELECT not_before FROM delivery").fetchall() == [("2026-04-07T06:00:00Z",)]


def test_a_clock_that_jumps_and_goes_back_tells_nothing_twice(world: Any, phones: Following) -> None:
    id = world.event()
    phones.follow("a", "event", id, "evening", "hour")
    assert len(phones.tell("2026-04-06T19:00:00+02:00")) == 1
    assert phones.tell("2026-04-01T00:00:00+02:00") == []
    assert phones.tell("2026-04-06T19:00:30+02:00") == []
    assert len(phones.tell("2026-04-07T13:00:00+02:00")) == 1
    reminding.arrange(world.tx, world.ctx.now, id)
    assert phones.tell("2026-04-07T13:01:00+02:00") == []


def test_after_a_restore_nobody_is_reminded_twice(world: Any, phones: Following) -> None:
    id = world.event()
    phones.follow("a", "event", id, "evening", "hour")
    assert len(phones.tell("2026-04-06T19:00:00+02:00")) == 1
    phones.at("2026-04-07T13:00:30+02:00")
    after_restore(world.tx, world.ctx.now)
    assert phones.told() == [], "whether it was sent nobody knows, so it is not sent again"
    assert phones.tell() == []
    assert {(day, what): done for day, what, _, _, done in phones.waits()}["20260407", "hour"] == "skipped"
    assert len(phones.tell("2026-04-13T19:00:00+02:00")) == 1


def test_a_time_that_is_made_too_late_is_not_reminded_of_backwards_but_for_transport(
    world: Any, phones: Following
) -> None:
    phones.settings(transport=TRANSPORT)
    phones.follow("a", "settings", "site", "evening", "transport", "hour")
    phones.at("2026-04-07T11:45:00+02:00")
    world.event(schedule={"date": TUESDAY, "starts": "14:00", "ends": "16:00"})
    assert [one.split(" · ")[1] for one in phones.tell()] == ["transport"]
    assert [one.split(" · ")[1] for one in phones.tell("2026-04-07T13:00:00+02:00")] == ["hour"]


def test_other_rules_of_transport_make_all_reminders_anew(world: Any, phones: Following) -> None:
    phones.settings(transport=TRANSPORT)
    id = world.event()
    world.tx.execute("INSERT OR REPLACE INTO job (name, due_at) VALUES ('arrange', '2030-01-01T00:00:00Z')")
    assert ("20260407", "transport", 0, "2026-04-07T09:30:00Z", None) in phones.waits()
    phones.settings(transport={**TRANSPORT, "hours_ahead": 24})
    assert world.tx.execute("SELECT due_at FROM job WHERE name = 'arrange'").fetchall() == [("2026-04-01T07:00:00Z",)]
    reminding.arrange_coming(world.tx, world.ctx.now, reminding.coming(world.tx, world.ctx.now))
    assert ("20260407", "transport", 0, "2026-04-06T11:30:00Z", None) in phones.waits()
    phones.settings(transport=None)
    reminding.arrange(world.tx, world.ctx.now, id)
    assert {what for _, what, *_ in phones.waits()} == {"evening", "hour"}


def test_reminders_are_written_out_for_the_weeks_to_come_alone(world: Any, phones: Following) -> None:
    id = world.event()
    days = {day for day, *_ in phones.waits()}
    assert (min(days), max(days)) == ("20260407", "20260505")
    phones.at("2026-04-20T10:00:00+02:00")
    assert reminding.coming(world.tx, world.ctx.now) == [id]
    reminding.arrange_coming(world.tx, world.ctx.now, [id])
    assert max(day for day, *_ in phones.waits()) == "20260526"


def test_what_is_full_says_so_and_a_name_that_is_nobodys_business_is_not_told(world: Any, phones: Following) -> None:
    id = world.event(name={"da": "Kaffe for ensomme"})
    phones.follow("a", "event", id, "evening")
    phones.change(id, TUESDAY, state="on", full=True)
    assert phones.tell("2026-04-06T19:00:00+02:00") == [
        "a · evening · 0 · Noget, du følger · I morgen, tirsdag den 7. april kl. 14. Der er ikke flere pladser."
    ]


def test_a_draft_and_a_withdrawn_event_remind_nobody(world: Any, phones: Following) -> None:
    world.event("draft")
    assert phones.waits() == []


def test_a_whole_day_is_reminded_of_the_evening_before(world: Any, phones: Following) -> None:
    id = world.event(schedule={"date": TUESDAY, "starts": None, "days": 2})
    phones.follow("a", "event", id, "evening", "hour")
    assert phones.tell("2026-04-06T19:00:00+02:00") == ["a · evening · 0 · Kaffe · I morgen, tirsdag den 7. april."]
    assert phones.tell("2026-04-07T12:00:00+02:00") == []


def test_words_that_are_put_better_are_told_to_nobody_and_another_point_is(world: Any, phones: Following) -> None:
    id = world.event(where={"da": "I forsamlingshuset."}, point=[11.87, 54.77])
    phones.follow("a", "event", id, "evening")
    assert len(phones.tell("2026-04-06T19:00:00+02:00")) == 1
    phones.at("2026-04-06T20:00:00+02:00")
    world.done("save_event", "event", id, {"set": {"where": {"da": "Forsamlingshuset, Skolevej 2."}}})
    assert phones.tell() == []
    world.done("save_event", "event", id, {"set": {"url": "https://example.org/kaffe"}})
    assert phones.tell() == []
    world.done("save_event", "event", id, {"set": {"point": [11.9, 54.7]}})
    assert [one.split(" · ")[1:3] for one in phones.tell()] == [["changed", "1"]]
