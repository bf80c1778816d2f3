"""The table of verbs says what each is done to and what it answers with; here each is tried on the others."""

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import msgspec
import pytest

from server.domain.verbs import VERBS
from server.formats import geodata
from server.formats.ical.found import Calendar
from server.model.site import BEGINS
from server.store import calendar, device, fault, login, person, site, thing
from server.store.calendar import CalendarRow
from tests.server.conftest import NOW
from tests.server.domain import happening

ARGS: dict[str, dict[str, Any]] = {
    "report_fault": {"what": "broken"},
    "follow": {"when": ["evening", "transport"]},
    "unfollow": {},
    "skip": {"day": "2026-04-07"},
    "save_push": {"endpoint": None},
    "forget_device": {},
    "ask_met": {"day": "2026-04-02"},
    "tell_after": {"day": "2026-03-31", "how": "not_there"},
    "answer_met": {"day": "2026-04-02", "answer": {"da": "Kirsten står ved den røde dør kl. 13.45, gul jakke"}},
    "count_event": {"day": "2026-03-31", "came": 7, "new": 2},
    "send_notice": {"to": {"kind": "all"}, "title": {"da": "Sommerfest"}, "body": {"da": "Lørdag kl. 14 i parken."}},
    "stop_notice": {},
    "answer_fault": {"state": "taken"},
    "save_place": {"set": {"name": {"da": "Bænken"}}},
    "save_facility": {"set": {"name": {"da": "Bænken"}}},
    "save_route": {"set": {"name": {"da": "Stien"}}},
    "move_state": {"to": "developing"},
    "save_organiser": {"set": {"name": "Krolfklubben"}},
    "set_organiser": {"organiser_id": None},
    "save_event": {"set": {"name": {"da": "Kaffe"}}},
    "move_event": {"to": "public"},
    "change_time": {"change": {"day": "2026-04-07", "full": True}},
    "split_event": {"from": "2026-04-14", "id": "019d4000-0000-7000-8000-888888888888", "set": {}},
    "save_calendar": {"set": {"name": "Krolf", "url": "https://forening.dk/krolf.ics"}},
    "end_calendar": {},
    "import_calendar": {"blob": "a" * 64},
    "withdraw": {"why": "væk"},
    "restore": {},
    "merge": {"into": "019d4000-0000-7000-8000-999999999999"},
    "apply_import": {},
    "save_settings": {"set": {}},
    "open_trial": {"code_sha256": "a" * 64},
    "invite": {"name": "Jens", "role": "editor", "code_sha256": "a" * 64},
    "set_role": {"role": "editor"},
    "end_person": {},
    "hand_over": {"name": "Jens", "code_sha256": "b" * 64},
    "end_session": {},
    "remove_passkey": {},
}
OWN_EVENT = {
    "save_event": "public",
    "move_event": "draft",
    "change_time": "public",
    "split_event": "public",
    "withdraw": "draft",
    "restore": "draft",
}
"""Verbs that are about an event itself, and the state in which it may be done to it."""
POINT = {"type": "Point", "coordinates": [11.87, 54.77]}
BENCH = {"type": "Feature", "properties": {"type": "Bænk"}, "geometry": POINT}


@pytest.fixture
def args(world: Any, tmp_path: Any) -> Callable[[str], dict[str, Any]]:
    def of(verb: str) -> dict[str, Any]:
        if verb != "apply_import":
            return ARGS[verb]
        file = tmp_path / "facilit_rasteplads.geojson"
        file.write_text(json.dumps({"type": "FeatureCollection", "features": [BENCH]}), encoding="utf-8")
        return {"blob": geodata.read_file(file, data_dir=world.data_dir).blob}

    return of


def things(world: Any, verb: str) -> dict[str, str]:
    """One thing of each kind, in a state in which every verb may be done to it."""
    state = "active" if verb in ("report_fault", "follow") else "idea"
    who, session, keys = world.id(), world.id(), [world.id(), world.id()]
    person.make(world.tx, who, "Kirsten", "organiser" if verb == "hand_over" else "editor", NOW.date())
    login.begin(world.tx, who, sha256=bytes(32), id=session, device="Bord", now=NOW)
    for key in keys:
        login.add_passkey(
            world.tx, who, id=key, credential=key.encode(), public_key=b"", count=0, name="Nøgle", on=NOW.date()
        )
    if verb == "open_trial":  # of a map that is not open
        site.put(world.tx, msgspec.structs.replace(site.get(world.tx), launch=BEGINS))
    if verb in ("end_session", "remove_passkey", "hand_over"):  # each does that to their own
        world.ctx = replace(world.ctx, who=who)
    device.make(world.tx, bytes(32), NOW.date())
    world.ctx = replace(world.ctx, device=device.find(world.tx, bytes(32)))
    towns = [{"name": {"da": "Sakskøbing"}, "point": [11.63, 54.8]}]
    world.done("save_settings", "settings", "site", {"set": {"towns": towns}})
    bench, report = world.facility(), world.id()
    fault.add(
        world.tx,
        thing.rows_of(world.tx, "facility", [bench])[bench],
        id=report,
        what="broken",
        text="",
        on=NOW.date(),
        by="citizen",
    )
    return {
        "fault": report,
        "person": who,
        "session": session,
        "passkey": keys[0],
        "place": world.place(state),
        "facility": world.facility(),
        "route": world.route([(0, 0), (9, 0)]),
        "settings": "site",
        "device": "mine",
        "area": "sakskoebing",
        "organiser": world.organiser(),
        "event": world.event(OWN_EVENT[verb]) if verb in OWN_EVENT else event_of(world),
        "notice": notice_of(world, verb),
        "calendar": calendar_of(world),
    }


def event_of(world: Any) -> str:
    id = str(world.id())
    row = thing.make(world.tx, "event", id, id)
    world.tx.execute(
        "INSERT INTO event (thing, state, said, changed_at, changed_by) VALUES (?, 'public', ?, '', '')",
        (row, '{"name": {"da": "Kaffe"}}'),
    ).fetchall()
    return happening.put(world, id, tuple(happening.time(id, day) for day in ("2026-03-31", "2026-04-02")))


def calendar_of(world: Any) -> str:
    """One that is fetched; what was found in a file lies ready."""
    id = str(world.id())
    row = CalendarRow(
        id=id, name="Krolf", url=None, organiser_id=None, place_id=None, by_staff=True, saved_by="", saved_at=""
    )
    calendar.save(world.tx, row)
    nothing = Calendar(name=None, reads=[], left=[], notes=[], passed=[], whole=True)
    file = calendar.file_of(world.data_dir, "a" * 64)
    file.parent.mkdir(exist_ok=True)
    file.write_bytes(msgspec.json.encode(nothing))
    return id


def notice_of(world: Any, verb: str) -> str:
    id = str(world.id())
    if verb == "stop_notice":
        world.done("send_notice", "notice", id, ARGS["send_notice"])
    return id


def test_every_verb_has_its_args_here() -> None:
    assert ARGS.keys() == VERBS.keys()


@pytest.mark.parametrize("verb", VERBS)
def test_a_verb_is_done_to_its_own_subjects_and_answers_with_its_own_members(
    world: Any, args: Callable[[str], dict[str, Any]], verb: str
) -> None:
    there = things(world, verb)
    for kind in VERBS[verb].subjects:
        given = args(verb)
        if verb == "merge":
            given = {"into": world.place("idea") if kind == "place" else world.facility()}
        if verb == "restore":
            world.done("withdraw", kind, there[kind], args("withdraw"))
        reply = world.done(verb, kind, there[kind], given)
        assert tuple(reply["result"]) == VERBS[verb].result


@pytest.mark.parametrize("verb", VERBS)
def test_a_verb_refuses_every_other_subject(world: Any, args: Callable[[str], dict[str, Any]], verb: str) -> None:
    others = {"fault": world.id(), **things(world, verb), "event": world.id()}
    for kind in others.keys() - set(VERBS[verb].subjects):
        reply = world.do(verb, kind, others[kind], args(verb))
        assert (reply["status"], reply["code"]) in {("refused", "unknown_subject"), ("refused", "invalid")}, kind
        assert reply["at"].startswith("/subject")
