"""What staff decide of a proposed event is told to the phones that follow it."""

import json
from typing import Any

import pytest

from tests.server.domain.test_met import OTHER, at, phone, reachable, sent

WHY = {"da": "Skriv, hvor man kan parkere."}


@pytest.fixture
def proposed(world: Any) -> str:
    return str(world.event("proposed"))


def told(world: Any) -> list[tuple[str, str, str]]:
    """(title, body, where a tap leads) in Danish, in their order."""
    rows = world.tx.execute("SELECT text, open FROM message WHERE what = 'decided' ORDER BY id").fetchall()
    return [(json.loads(text)["title"]["da"], json.loads(text)["body"]["da"], open) for text, open in rows]


def test_the_chairs_phone_follows_what_readers_do_not_know_yet_and_hears_that_it_is_shown(
    world: Any, proposed: str
) -> None:
    me = reachable(world)
    assert phone(world, "follow", proposed, {"when": []})["status"] == "applied"
    world.done("move_event", "event", proposed, {"to": "public"})
    assert told(world) == [("Kaffe", "Nu kan alle se den. Tak for det.", "/det-sker/kaffe")]
    assert [row for *_, row, _ in sent(world)] == [me]


def test_what_goes_back_says_why_and_leads_to_the_desk(world: Any, proposed: str) -> None:
    reachable(world)
    phone(world, "follow", proposed, {"when": []})
    world.done("move_event", "event", proposed, {"to": "draft", "why": WHY})
    words = "Der mangler lidt, før den kan vises: Skriv, hvor man kan parkere."
    assert told(world) == [("Kaffe", words, f"/desk/begivenheder/{proposed}")]


def test_a_second_answer_is_told_too(world: Any, proposed: str) -> None:
    reachable(world)
    phone(world, "follow", proposed, {"when": []})
    world.done("move_event", "event", proposed, {"to": "draft", "why": WHY})
    world.done("move_event", "event", proposed, {"to": "proposed"})
    world.done("move_event", "event", proposed, {"to": "public"})
    assert [revision for what, revision, *_ in sent(world) if what == "decided"] == [1, 2]


def test_whoever_follows_everything_is_not_told_of_what_nobody_can_see(world: Any, proposed: str) -> None:
    reachable(world, OTHER)
    phone(world, "follow", "site", {"when": []}, OTHER, kind="settings")
    world.done("move_event", "event", proposed, {"to": "draft", "why": WHY})
    assert told(world) == []


def test_what_was_never_proposed_is_nobodys_to_decide(world: Any) -> None:
    event = world.event("proposed")
    reachable(world)
    phone(world, "follow", event, {"when": []})
    world.done("move_event", "event", event, {"to": "public"})
    cancelled = {"to": "cancelled", "why": {"da": "Huset er lukket."}}
    world.done("move_event", "event", event, cancelled)
    assert len(told(world)) == 1, "a cancellation is told as one, and not as an answer"


def test_an_answer_in_the_night_waits_for_the_morning(world: Any, proposed: str) -> None:
    reachable(world)
    phone(world, "follow", proposed, {"when": []})
    at(world, "2026-04-01T20:00:00Z")
    world.done("move_event", "event", proposed, {"to": "public"})
    assert [when for what, *_, when in sent(world) if what == "decided"] == ["2026-04-02T06:00:00Z"]


def test_words_that_are_nobodys_business_stand_at_the_desk_alone(world: Any) -> None:
    id = world.event("proposed", name={"da": "Kaffe for ensomme"})
    reachable(world)
    phone(world, "follow", id, {"when": []})
    world.done("move_event", "event", id, {"to": "draft", "why": {"da": "Skriv hellere kaffe end ensom."}})
    assert told(world) == [("Jeres begivenhed", "Der mangler lidt, før den kan vises.", f"/desk/begivenheder/{id}")]
