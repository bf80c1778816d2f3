"""At the door, over HTTP: a phone asks, the chair of the association sees 1 and answers, the phone reads it. And who reads what."""

import datetime
from typing import Any

import pytest

from server.model.moment import COPENHAGEN
from server.settings import Settings
from tests.server.login.browsers import Client, Doors, entered, line, op, send
from tests.server.web.conftest import new_id

ANSWER = {"da": "Kirsten står ved den røde dør kl. 13.45, gul jakke"}
PHONE, OTHER = "A" * 43, "B" * 42 + "A"
NAMES = ("Kirsten", "54 73 10 00")


def tomorrow() -> str:
    return str((datetime.datetime.now(COPENHAGEN) + datetime.timedelta(days=1)).date())


def done(client: Client, verb: str, kind: str, id: str, args: Any) -> Any:
    reply = op(client, verb, kind, id, args)
    assert reply.get("status") == "applied", reply
    return reply


def phone(doors: Doors, verb: str, id: str, args: Any, secret: str = PHONE) -> Any:
    """One op of a phone, by its secret alone."""
    answer = send(doors(), line(verb, "event", id, args), authorization=f"Device {secret}")
    return answer.json()["results"][0]


def mine(doors: Doors, secret: str = PHONE) -> Any:
    return doors().get("/api/v1/mine", headers={"authorization": f"Device {secret}"})


class Town:
    """An administrator, and two associations with a chair and an event each."""

    def __init__(self, doors: Doors, settings: Settings) -> None:
        self.admin, _ = entered(doors, settings, "admin", "Ida")
        self.chairs: list[Client] = []
        self.events: list[str] = []
        for name in ("Kaffeklubben", "Krolfklubben"):
            organiser, event = new_id(), new_id()
            done(self.admin, "save_organiser", "organiser", organiser, {"set": {"name": name, "at_once": True}})
            chair, _ = entered(doors, settings, "organiser", f"Formand for {name}")
            who = chair.get("/api/v1/me").json()["id"]
            done(self.admin, "set_organiser", "person", who, {"organiser_id": organiser})
            fields = {
                "name": {"da": f"Kaffe hos {name}"},
                "where": {"da": "I forsamlingshuset."},
                "host": dict(zip(("name", "phone"), NAMES, strict=True)),
                "schedule": {"date": tomorrow(), "starts": "14:00", "ends": "16:00"},
            }
            done(chair, "save_event", "event", event, {"set": fields})
            done(chair, "move_event", "event", event, {"to": "public"})
            self.chairs.append(chair)
            self.events.append(event)


@pytest.fixture
def town(doors: Doors, settings: Settings) -> Town:
    return Town(doors, settings)


def read(client: Client) -> Any:
    answer = client.get("/api/v1/organise")
    assert answer.status_code == 200
    assert answer.headers["cache-control"] == "no-store"
    return answer.json()


def test_one_phone_asks_the_chair_sees_one_and_answers_and_the_phone_reads_it(town: Town, doors: Doors) -> None:
    (chair, _), (event, _) = town.chairs, town.events
    assert phone(doors, "ask_met", event, {"day": tomorrow()})["status"] == "applied"
    asked = read(chair)["asked"]
    assert asked == [{"event_id": event, "day": tomorrow(), "number": 1, "answer": None, "answered_at": None}]
    assert mine(doors).json()["met"] == [{"event_id": event, "day": tomorrow(), "answer": None, "answered_at": None}]
    done(chair, "answer_met", "event", event, {"day": tomorrow(), "answer": ANSWER})
    (met,) = mine(doors).json()["met"]
    assert met["answer"] == ANSWER
    assert read(chair)["asked"][0] == asked[0] | {"answer": ANSWER, "answered_at": met["answered_at"]}


def test_nothing_that_the_chair_or_staff_read_says_who_asked(town: Town, doors: Doors) -> None:
    phone(doors, "ask_met", town.events[0], {"day": tomorrow()})
    told = [town.chairs[0].get("/api/v1/organise").text, town.admin.get("/api/v1/organise").text]
    told += [town.admin.get("/api/v1/audit").text, town.admin.get("/api/v1/sync/staff").text]
    assert [PHONE in text or "ask_met" in text or '"device"' in text for text in told] == [False] * 4


def test_another_chair_sees_nothing_of_it_and_may_not_answer_or_count(town: Town, doors: Doors) -> None:
    phone(doors, "ask_met", town.events[0], {"day": tomorrow()})
    other = town.chairs[1]
    found = read(other)
    assert (found["asked"], [one["id"] for one in found["events"]]) == ([], [town.events[1]])
    for verb, args in (("answer_met", {"answer": ANSWER}), ("count_event", {"came": 7, "new": 2})):
        reply = op(other, verb, "event", town.events[0], {"day": tomorrow()} | args)
        assert (reply["status"], reply["code"]) == ("refused", "forbidden")


def test_staff_read_the_numbers_of_all_and_may_answer(town: Town, doors: Doors) -> None:
    for event in town.events:
        phone(doors, "ask_met", event, {"day": tomorrow()})
    found = read(town.admin)
    assert (found["organiser"], found["events"]) == (None, [])
    assert {(one["event_id"], one["number"]) for one in found["asked"]} == {(event, 1) for event in town.events}
    done(town.admin, "answer_met", "event", town.events[0], {"day": tomorrow(), "answer": ANSWER})
    assert mine(doors).json()["met"][0]["answer"] == ANSWER


def test_who_was_not_yet_said_to_organise_for_anybody_reads_nothing(doors: Doors, settings: Settings) -> None:
    chair, _ = entered(doors, settings, "organiser", "Ny")
    assert read(chair) == {"organiser": None, "events": [], "versions": {}, "asked": [], "counts": [], "told": []}


def test_an_organiser_reads_the_v_that_its_edits_are_based_on(town: Town) -> None:
    (chair, _), (event, _) = town.chairs, town.events
    v = read(chair)["versions"][event]
    changes = [one for one in town.admin.get("/api/v1/sync/staff").json()["changes"] if one["id"] == event]
    assert [one["v"] for one in changes] == [v]


def test_before_it_has_begun_nobody_is_counted_and_nobody_tells_how_it_was(town: Town, doors: Doors) -> None:
    (chair, _), (event, _) = town.chairs, town.events
    reply = op(chair, "count_event", "event", event, {"day": tomorrow(), "came": 7, "new": 2})
    assert (reply["code"], reply["detail"]) == ("invalid", "Det er ikke begyndt endnu.")
    told = op(doors(), "tell_after", "event", event, {"day": tomorrow(), "how": "good"})
    assert (told["code"], told["detail"]) == ("invalid", "Det er ikke begyndt endnu.")


def test_a_phone_that_is_forgotten_asks_no_more(town: Town, doors: Doors) -> None:
    event = town.events[0]
    phone(doors, "ask_met", event, {"day": tomorrow()})
    send(doors(), line("forget_device", "device", "mine", {}), authorization=f"Device {PHONE}")
    assert read(town.chairs[0])["asked"] == []
    assert mine(doors).status_code == 401


def test_whoever_counts_to_one_knows_no_more_of_another_phone(town: Town, doors: Doors) -> None:
    event = town.events[0]
    phone(doors, "ask_met", event, {"day": tomorrow()})
    assert mine(doors, OTHER).status_code == 401, "a phone that has asked for nothing is not told what others did"
    phone(doors, "ask_met", event, {"day": tomorrow()}, OTHER)
    assert len(mine(doors, OTHER).json()["met"]) == 1
