"""What is told of places: that they will be closed, and that something is at another one. And what is not told any more."""

from typing import Any

import pytest

from tests.server.jobs.following import Following


@pytest.fixture
def phones(world: Any) -> Following:
    return Following(world)


def test_who_follows_a_place_is_told_once_of_each_closure_of_it_and_of_the_route_that_it_is(
    world: Any, phones: Following
) -> None:
    route = world.route([(0, 0), (900, 0)])
    spot, walk = world.place(name={"da": "Bænken"}), world.place(form="route", route_id=route, name={"da": "Digeturen"})
    phones.follow("a", "place", spot)
    phones.follow("b", "place", walk)
    phones.at("2026-04-03T10:00:00+02:00")
    closed = {"from": "2026-04-07", "to": "2026-04-10", "why": {"da": "Vi maler."}, "stretch_ids": None}
    over = {**closed, "from": "2026-03-01", "to": "2026-03-02"}
    world.done("save_place", "place", spot, {"set": {"closures": [closed, over]}})
    assert phones.told() == [
        "a · notice · 1 · Lukket: Bænken · Fra tirsdag den 7. april til og med fredag den 10. april. Vi maler."
    ]
    world.done("save_place", "place", spot, {"set": {"closures": [{**closed, "to": "2026-04-12"}]}})
    world.done("save_place", "place", spot, {"set": {"closures": []}})
    world.done("save_place", "place", spot, {"set": {"closures": [closed]}})
    assert len(phones.told()) == 1
    world.done("save_route", "route", route, {"set": {"closures": [{**closed, "to": None}]}})
    assert phones.told()[1:] == ["b · notice · 1 · Lukket: Søstien · Fra tirsdag den 7. april. Vi maler."]


def test_the_closure_of_a_place_that_readers_do_not_know_is_told_to_nobody(world: Any, phones: Following) -> None:
    spot = world.place()
    phones.follow("a", "place", spot)
    idea = world.place("idea")
    closed = {"from": "2026-04-07", "to": "2026-04-07", "why": {"da": "Vi maler."}, "stretch_ids": None}
    world.done("save_place", "place", idea, {"set": {"closures": [closed]}})
    assert (phones.told(), world.count("message")) == ([], 0)
    phones.at("2026-04-06T22:00:00+02:00")
    world.done("save_place", "place", spot, {"set": {"closures": [closed]}})
    assert phones.told() == ["a · notice · 1 · Lukket: Bænken ved søen · I dag. Vi maler."]
    assert world.tx.execute("SELECT not_before FROM delivery").fetchall() == [("2026-04-07T06:00:00Z",)]


def test_another_place_is_told_as_another_time_is(world: Any, phones: Following) -> None:
    first, second = world.place(name={"da": "Havnestuen"}), world.place(name={"da": "Pakhuset"})
    id = world.event(place_id=first)
    phones.follow("a", "event", id, "evening")
    assert len(phones.tell("2026-04-06T19:00:00+02:00")) == 1
    phones.at("2026-04-06T20:00:00+02:00")
    world.done("save_event", "event", id, {"set": {"where": {"da": "I salen."}, "about": {"da": "Kom."}}})
    assert phones.tell() == [], "at the same place"
    world.done("save_event", "event", id, {"set": {"place_id": second}})
    assert phones.tell() == [
        "a · changed · 1 · Nyt om: Kaffe · "
        "Det er nu i morgen, tirsdag den 7. april kl. 14. Sted: Pakhuset. Det gælder flere gange."
    ]
    assert [one.split(" · ")[1] for one in phones.told()] == ["changed"], (
        "what waited of the old place is not sent any more"
    )


def test_a_place_that_readers_do_not_know_is_named_to_nobody(world: Any, phones: Following) -> None:
    first, idea = world.place(name={"da": "Havnestuen"}), world.place("idea", name={"da": "Hemmeligt"})
    id = world.event(place_id=first)
    phones.follow("a", "event", id)
    phones.at("2026-04-06T20:00:00+02:00")
    world.done("save_event", "event", id, {"set": {"where": {"da": "I salen."}, "place_id": idea}})
    (told,) = phones.tell()
    assert "Sted: I salen." in told


def test_who_skips_a_time_or_follows_it_no_more_is_not_sent_what_waits(world: Any, phones: Following) -> None:
    id, other = world.event(), world.event()
    for phone in ("skips", "stops", "stays"):
        for event in (id, other):
            phones.follow(phone, "event", event, "evening")
    assert len(phones.tell("2026-04-06T19:00:00+02:00")) == 6
    phones.skip("skips", id, "2026-04-07")
    phones.by("stops", "unfollow", "event", id, {})
    waiting = world.tx.execute(
        "SELECT m.about, count(*) FROM delivery d JOIN message m ON m.id = d.message WHERE d.state = 'waiting' GROUP BY 1"
    )
    assert dict(waiting.fetchall()) == {f"{id}.20260407": 1, f"{other}.20260407": 3}


def test_a_day_on_which_the_event_is_not_is_not_followed(world: Any) -> None:
    reply = Following(world).by("a", "follow", "event", world.event(), {"when": ["evening"], "only": "2026-04-15"})
    assert (reply["code"], reply["at"]) == ("invalid", "/args/only")
