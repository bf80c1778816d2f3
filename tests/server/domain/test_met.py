"""At the door, with exactly one phone: it asks, the host sees a number and answers, and nothing tells who it was."""

import datetime
import json
from dataclasses import replace
from typing import Any

import pytest

from server.jobs import forget
from server.model.device import MET_KEPT_H
from server.ops import Credential, run
from server.store import device, met, organise
from server.store.device import Reached
from sync import feed
from sync.wire import SCOPES
from tests.server.domain import happening

SECRET = b"\x01" * 32
OTHER = b"\x02" * 32
DAY = "2026-04-07"
HOST = {"host": {"name": "Kirsten", "phone": "54 73 10 00"}}
AT_THE_DOOR = {"da": "Kirsten står ved den røde dør kl. 13.45, gul jakke"}


def phone(world: Any, verb: str, id: str, args: Any, secret: bytes = SECRET, kind: str = "event") -> dict[str, Any]:
    """One op of a phone, and its reply."""
    line = world.line(verb, kind, id, args)
    (reply,) = run(world.tx, [line], Credential("device", device=secret), world.ctx)
    return dict(json.loads(reply))


def reachable(world: Any, secret: bytes = SECRET) -> int:
    """A phone that takes pushes, as its row."""
    row = device.find(world.tx, secret) or device.make(world.tx, secret, world.ctx.today)
    address = f"https://updates.push.services.mozilla.com/wpush/v2/{secret.hex()}"
    at = Reached(endpoint=address, p256dh="BA", auth=secret.hex()[:22], vapid="BB", lang="da")
    assert device.reach(world.tx, row, at)
    return row


def seen(world: Any) -> list[tuple[str, str, int, str | None]]:
    """What whoever organises reads of who asks."""
    read = organise.read(world.tx, "somebody", "editor", world.ctx.today)
    return [(one.event_id, str(one.day), one.number, one.answer.da if one.answer else None) for one in read.asked]


def sent(world: Any) -> list[tuple[str, int, str, int, str]]:
    """Each delivery: (what, revision, the Danish words, the phone, not before)."""
    return [
        (what, revision, json.loads(text)["body"]["da"], row, at)
        for what, revision, text, row, at in world.tx.execute(
            "SELECT m.what, m.revision, m.text, d.device, d.not_before FROM delivery d JOIN message m ON m.id = d.message ORDER BY d.id"
        ).fetchall()
    ]


def at(world: Any, moment: str) -> None:
    """It is another moment, UTC."""
    now = datetime.datetime.fromisoformat(moment)
    world.ctx = type(world.ctx).at(now, data_dir=world.data_dir, who=world.ctx.who)


def test_one_phone_asks_the_host_answers_and_the_phone_reads_it(world: Any) -> None:
    event = world.event(**HOST)
    asked = phone(world, "ask_met", event, {"day": DAY})
    assert asked["result"] == {"met": {"event_id": event, "day": DAY, "answer": None, "answered_at": None}}
    assert seen(world) == [(event, DAY, 1, None)], "even one is a number"
    me = reachable(world)
    world.done("answer_met", "event", event, {"day": DAY, "answer": AT_THE_DOOR})
    assert seen(world) == [(event, DAY, 1, AT_THE_DOOR["da"])]
    mine = met.mine(world.tx, me, event, datetime.date.fromisoformat(DAY))
    assert mine is not None
    assert (mine.answer and mine.answer.da, mine.answered_at) == (AT_THE_DOOR["da"], "2026-04-01T07:00:00Z")
    assert sent(world) == [("met", 1, AT_THE_DOOR["da"], me, "2026-04-01T07:00:00Z")]


def test_a_row_says_which_phone_which_event_and_which_day_and_nothing_else(world: Any) -> None:
    event = world.event(**HOST)
    phone(world, "ask_met", event, {"day": DAY})
    columns = [row[1] for row in world.tx.execute("PRAGMA table_info(met)").fetchall()]
    assert columns == ["device", "event", "day"]
    row = device.find(world.tx, SECRET)
    assert world.tx.execute("SELECT * FROM met").fetchall() == [(row, event, DAY)]
    names = [row[1] for row in world.tx.execute("PRAGMA table_info(device)").fetchall()]
    assert names == ["id", "sha256", "seen_on"], "and of the phone itself no moment is kept either"
    assert world.tx.execute("SELECT 1 FROM audit WHERE verb = 'ask_met'").fetchall() == []


def test_nothing_of_it_is_in_any_feed(world: Any) -> None:
    event = world.event(**HOST)
    before = [feed.head(world.tx, scope) for scope in SCOPES]
    phone(world, "ask_met", event, {"day": DAY})
    world.done("answer_met", "event", event, {"day": DAY, "answer": AT_THE_DOOR})
    assert [feed.head(world.tx, scope) for scope in SCOPES] == before


def test_it_is_gone_forty_eight_hours_after_the_time(world: Any) -> None:
    event = world.event(**HOST)
    phone(world, "ask_met", event, {"day": DAY})
    world.done("answer_met", "event", event, {"day": DAY, "answer": AT_THE_DOOR})
    over = datetime.datetime.fromisoformat("2026-04-07T14:00:00Z")
    kept = datetime.timedelta(hours=MET_KEPT_H)
    forget.forget_due(world.tx, replace(world.ctx, now=over + kept - datetime.timedelta(minutes=1)))
    assert (world.count("met"), world.count("met_answer")) == (1, 1)
    forget.forget_due(world.tx, replace(world.ctx, now=over + kept + datetime.timedelta(minutes=1)))
    assert (world.count("met"), world.count("met_answer")) == (0, 0)


def test_asked_twice_is_one_row_and_can_be_taken_back(world: Any) -> None:
    event = world.event(**HOST)
    for _ in range(2):
        assert phone(world, "ask_met", event, {"day": DAY})["status"] == "applied"
    assert seen(world) == [(event, DAY, 1, None)]
    phone(world, "ask_met", event, {"day": DAY}, OTHER)
    assert seen(world) == [(event, DAY, 2, None)]
    assert phone(world, "ask_met", event, {"day": DAY, "asks": False})["result"] == {"met": None}
    assert phone(world, "ask_met", event, {"day": DAY, "asks": False})["status"] == "applied", "twice too"
    assert seen(world) == [(event, DAY, 1, None)]


def test_what_is_taken_back_is_so_whatever_became_of_the_time(world: Any) -> None:
    event = world.event(**HOST)
    phone(world, "ask_met", event, {"day": DAY})
    world.done("move_event", "event", event, {"to": "cancelled", "why": {"da": "Huset er lukket."}})
    at(world, "2026-04-20T07:00:00Z")
    assert phone(world, "ask_met", event, {"day": DAY, "asks": False})["status"] == "applied"
    assert world.count("met") == 0


@pytest.mark.parametrize(
    ("more", "moment", "day", "words"),
    [
        ({}, "2026-04-01T07:00:00Z", DAY, "ingen vært"),
        (HOST, "2026-04-01T07:00:00Z", "2026-04-08", "ikke noget"),
        (HOST, "2026-04-07T12:00:00Z", DAY, "begyndt"),
        (HOST, "2026-04-08T07:00:00Z", DAY, "begyndt"),
    ],
)
def test_what_can_not_be_asked_is_refused_in_words(
    world: Any, more: dict[str, Any], moment: str, day: str, words: str
) -> None:
    event = world.event(**more)
    at(world, moment)
    reply = phone(world, "ask_met", event, {"day": day})
    assert (reply["status"], reply["code"]) == ("refused", "invalid")
    assert words in reply["detail"]
    assert world.count("met") == 0


def test_at_a_time_that_is_cancelled_nobody_stands_at_the_door(world: Any) -> None:
    event = world.event(**HOST)
    change = {"day": DAY, "state": "cancelled", "why": {"da": "Kirsten er syg."}}
    world.done("change_time", "event", event, {"change": change})
    reply = phone(world, "ask_met", event, {"day": DAY})
    assert (reply["code"], "aflyst" in reply["detail"]) == ("invalid", True)
    assert phone(world, "ask_met", event, {"day": "2026-04-14"})["status"] == "applied", "the next one is on"
    answer = world.do("answer_met", "event", event, {"day": DAY, "answer": AT_THE_DOOR})
    assert (answer["code"], "aflyst" in answer["detail"]) == ("invalid", True)


def test_what_readers_do_not_know_can_not_be_asked_about(world: Any) -> None:
    for event in (world.event("draft", **HOST), world.id()):
        assert phone(world, "ask_met", event, {"day": DAY})["code"] == "unknown_subject"


def test_a_time_that_was_moved_is_asked_about_by_its_own_day(world: Any) -> None:
    event = world.event(**HOST)
    world.done(
        "change_time",
        "event",
        event,
        {"change": {"day": DAY, "state": "moved", "date": "2026-04-09", "why": {"da": "Huset er lejet ud."}}},
    )
    at(world, "2026-04-08T07:00:00Z")
    assert phone(world, "ask_met", event, {"day": DAY})["status"] == "applied"


def test_a_whole_day_can_be_asked_about_until_it_is_over(world: Any) -> None:
    id = world.id()
    whole = happening.time(id, "2026-04-01", "00:00", 24, all_day=True, start_local=None)
    event = happening.put(world, id, (whole,))
    at(world, "2026-04-01T07:00:00Z")
    assert phone(world, "ask_met", event, {"day": "2026-04-01"})["status"] == "applied"
    at(world, "2026-04-01T22:00:00Z")
    assert phone(world, "ask_met", event, {"day": "2026-04-01"}, OTHER)["code"] == "invalid"


def test_another_answer_takes_the_place_of_the_first_and_is_told_again(world: Any) -> None:
    event = world.event(**HOST)
    phone(world, "ask_met", event, {"day": DAY})
    me = reachable(world)
    for words in (AT_THE_DOOR, AT_THE_DOOR, {"da": "Kirsten står ved porten kl. 13.45"}):
        world.done("answer_met", "event", event, {"day": DAY, "answer": words})
    assert [(what, revision, words) for what, revision, words, _, _ in sent(world)] == [
        ("met", 1, AT_THE_DOOR["da"]),
        ("met", 2, "Kirsten står ved porten kl. 13.45"),
    ], "the same words are told once"
    answer = met.answer_of(world.tx, event, datetime.date.fromisoformat(DAY))
    assert answer is not None
    assert (answer.text.da, answer.revision) == ("Kirsten står ved porten kl. 13.45", 2)
    assert me in {row for *_, row, _ in sent(world)}


def test_the_answer_goes_to_all_who_asked_and_to_nobody_else(world: Any) -> None:
    event = world.event(**HOST)
    third = b"\x03" * 32
    asked = [reachable(world, secret) for secret in (SECRET, OTHER)]
    reachable(world, third)
    phone(world, "follow", event, {"when": []}, third)
    for secret in (SECRET, OTHER):
        phone(world, "ask_met", event, {"day": DAY}, secret)
    phone(world, "ask_met", event, {"day": "2026-04-14"}, third)
    world.done("answer_met", "event", event, {"day": DAY, "answer": AT_THE_DOOR})
    assert sorted(row for *_, row, _ in sent(world)) == sorted(asked)


def test_whoever_asks_after_the_answer_reads_it_at_once(world: Any) -> None:
    event = world.event(**HOST)
    world.done("answer_met", "event", event, {"day": DAY, "answer": AT_THE_DOOR})
    reply = phone(world, "ask_met", event, {"day": DAY})
    assert reply["result"]["met"]["answer"] == AT_THE_DOOR
    assert sent(world) == []


@pytest.mark.parametrize(
    ("moment", "goes"),
    [
        ("2026-04-06T15:00:00Z", "2026-04-06T15:00:00Z"),
        ("2026-04-06T20:00:00Z", "2026-04-07T06:00:00Z"),  # 22 in the evening: when the quiet hours end
    ],
)
def test_an_answer_in_the_night_wakes_nobody(world: Any, moment: str, goes: str) -> None:
    event = world.event(**HOST)
    phone(world, "ask_met", event, {"day": DAY})
    reachable(world)
    at(world, moment)
    world.done("answer_met", "event", event, {"day": DAY, "answer": AT_THE_DOOR})
    assert [when for *_, when in sent(world)] == [goes]


def test_before_an_early_start_it_comes_all_the_same(world: Any) -> None:
    schedule = {"date": "2026-04-07", "starts": "08:30", "ends": "10:00"}
    event = world.event(schedule=schedule, **HOST)
    phone(world, "ask_met", event, {"day": DAY})
    reachable(world)
    at(world, "2026-04-07T05:00:00Z")  # 7 in the morning: at 8 it would be half an hour before
    world.done("answer_met", "event", event, {"day": DAY, "answer": AT_THE_DOOR})
    assert [when for *_, when in sent(world)] == ["2026-04-07T05:00:00Z"]


def waiting(world: Any) -> list[int]:
    """The revisions of answers that wait to be told."""
    rows = "SELECT m.revision FROM delivery d JOIN message m ON m.id = d.message WHERE d.state = 'waiting' AND m.what = 'met' ORDER BY 1"
    return [revision for (revision,) in world.tx.execute(rows).fetchall()]


def test_of_two_answers_in_one_night_the_morning_brings_the_second(world: Any) -> None:
    event = world.event(**HOST)
    phone(world, "ask_met", event, {"day": DAY})
    reachable(world)
    at(world, "2026-04-06T20:00:00Z")
    for words in (AT_THE_DOOR, {"da": "Kirsten står ved porten kl. 13.45"}):
        world.done("answer_met", "event", event, {"day": DAY, "answer": words})
    assert waiting(world) == [2]


def test_who_takes_it_back_in_the_night_is_told_nothing_in_the_morning(world: Any) -> None:
    event = world.event(**HOST)
    for secret in (SECRET, OTHER):
        phone(world, "ask_met", event, {"day": DAY}, secret)
        reachable(world, secret)
    at(world, "2026-04-06T20:00:00Z")
    world.done("answer_met", "event", event, {"day": DAY, "answer": AT_THE_DOOR})
    phone(world, "ask_met", event, {"day": DAY, "asks": False})
    assert waiting(world) == [1], "the other one is"


def test_nobody_is_sent_to_a_door_that_was_cancelled_in_the_night(world: Any) -> None:
    event = world.event(**HOST)
    phone(world, "ask_met", event, {"day": DAY})
    reachable(world)
    at(world, "2026-04-06T20:00:00Z")
    world.done("answer_met", "event", event, {"day": DAY, "answer": AT_THE_DOOR})
    change = {"day": DAY, "state": "cancelled", "why": {"da": "Kirsten er syg."}}
    world.done("change_time", "event", event, {"change": change})
    assert waiting(world) == []


@pytest.mark.parametrize(
    ("answer", "code", "where", "words"),
    [
        ({"da": "Kom, så er du ikke alene"}, "invalid", "/args/answer/da", "”alene”"),
        ({"da": "Ved døren", "de": "Gegen Einsamkeit"}, "invalid", "/args/answer/de", "”Einsamkeit”"),
        ({"da": "Ved\u202edøren"}, "invalid", "/args/answer/da", ""),
        ({"da": "x" * 301}, "too_long", "/args/answer/da", "300"),
        ({"da": "  "}, "invalid", "/args/answer", ""),
    ],
)
def test_words_that_are_not_for_a_lock_screen_are_refused(
    world: Any, answer: dict[str, str], code: str, where: str, words: str
) -> None:
    event = world.event(**HOST)
    reply = world.do("answer_met", "event", event, {"day": DAY, "answer": answer})
    assert (reply["code"], reply["at"]) == (code, where)
    assert words in reply["detail"]
    assert world.count("met_answer") == 0


def test_a_name_that_is_nobodys_business_does_not_stand_over_the_answer(world: Any) -> None:
    id = world.event(name={"da": "Kaffe for ensomme"}, **HOST)
    reachable(world)
    phone(world, "ask_met", id, {"day": DAY})
    world.done("answer_met", "event", id, {"day": DAY, "answer": AT_THE_DOOR})
    ((text,),) = world.tx.execute("SELECT text FROM message").fetchall()
    assert json.loads(text)["title"]["da"] == "Svar fra værten"
