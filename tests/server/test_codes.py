"""Each code in the tables of PROTOCOL.md is answered here once, by what it says; and the code says no other."""

import ast
import dataclasses
import json
import uuid
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from server import tables
from server.domain import verbs
from server.ops import Credential, run
from server.store import device

ROOT = Path(__file__).resolve().parents[2]
FAULT = {"what": "broken", "text": "", "photos": []}
NOTICE = {"to": {"kind": "all"}, "title": {"da": "Sommerfest"}, "body": {"da": "Lørdag kl. 14 i parken."}}
ELSEWHERE = {
    "too_large": "the phone says it itself: tests/sync/outbox.test.ts",
    "rate_limited": "the door: tests/server/web/test_ops_door.py",
    "full": "the disk: tests/server/web/test_intake.py",
}


def breaks(*_: object) -> verbs.Done:
    raise ZeroDivisionError


def test_every_code_of_the_tables_can_be_answered_and_no_other(world: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    args = verbs.VERBS["report_fault"].args
    monkeypatch.setitem(verbs.VERBS, "breaks", verbs.Verb("breaks", "public", "none", args, breaks))
    bench, place, route = world.facility(), world.place("active"), world.route([(0, 0), (90, 0)])
    idea, gone = world.place("idea"), world.facility()
    world.done("withdraw", "facility", gone, {"why": "væk"})
    with_route = world.place("active", form="route", route_id=route)
    assert with_route
    again = world.line("report_fault", "facility", bench, FAULT)
    reused = json.dumps({**json.loads(again), "base": "0" * 8}).encode()
    set_settings = world.line("save_settings", "settings", "site", {"set": {}})

    set_role = world.line("set_role", "person", str(uuid.uuid4()), {"role": "editor"})

    device.make(world.tx, bytes(32), world.ctx.today)
    world.ctx = dataclasses.replace(world.ctx, device=device.find(world.tx, bytes(32)))
    towns = [{"name": {"da": f"By {n}"}, "point": [11.9, 54.8]} for n in range(200)]
    world.done("save_settings", "settings", "site", {"set": {"towns": towns}})
    areas = [("area", f"by-{n}") for n in range(200)]
    follows = [world.line("follow", kind, id, {"when": []}) for kind, id in [*areas, ("settings", "site")]]

    def said(*lines: bytes) -> Any:
        return world.send(*lines)[-1]

    ways: dict[str, Callable[[], Any]] = {
        "bad_line": lambda: said(b"{"),
        "id_reused": lambda: said(again, reused),
        "invalid": lambda: said(world.line("report_fault", "facility", bench, {**FAULT, "what": "sad"})),
        "too_long": lambda: said(world.line("report_fault", "facility", bench, {**FAULT, "text": "x" * 501})),
        "forbidden": lambda: json.loads(
            run(world.tx, [set_settings], Credential("session", frozenset({"staff"})), world.ctx)[0]
        ),
        "login_again": lambda: json.loads(
            run(world.tx, [set_role], Credential("session", frozenset({"admin"})), world.ctx)[0]
        ),
        "too_many": lambda: said(*follows),
        "again_soon": lambda: said(
            *(world.line("send_notice", "notice", world.id(), NOTICE) for _ in range(2)),
        ),
        "unknown_subject": lambda: said(world.line("report_fault", "facility", str(uuid.uuid4()), FAULT)),
        "gone": lambda: said(world.line("report_fault", "facility", gone, FAULT)),
        "not_ready": lambda: said(
            world.line("save_place", "place", idea, {"set": {"purpose": None}}),
            world.line("move_state", "place", idea, {"to": "developing"}),
            world.line("move_state", "place", idea, {"to": "active"}),
        ),
        "in_use": lambda: said(world.line("withdraw", "route", route, {"why": ""})),
        "conflict": lambda: said(world.line("save_place", "place", idea, {"set": {"notes": "x"}}, base="0" * 8)),
        "bad_step": lambda: said(world.line("move_state", "place", place, {"to": "idea"})),
        "busy": lambda: said(world.line("breaks", "facility", bench, FAULT)),
        "unknown_verb": lambda: said(world.line("verb_from_next_year", "facility", bench, FAULT)),
        "blocked": lambda: said(
            world.line("verb_from_next_year", "facility", bench, FAULT),
            world.line("report_fault", "facility", bench, FAULT),
        ),
        "blob_missing": lambda: said(world.line("report_fault", "facility", bench, {**FAULT, "photos": ["0" * 64]})),
    }
    for code, way in ways.items():
        reply = way()
        assert (reply["status"], reply["code"]) == ("refused" if code in tables.REFUSALS else "later", code)
        if code in tables.REFUSALS:
            carried = {name.strip("` ") for name in tables.REFUSALS[code][1].split(";")[0].split(",") if name}
            assert carried <= reply.keys(), (code, reply)
    assert ways.keys() | ELSEWHERE.keys() == tables.REFUSALS.keys() | tables.LATERS.keys()
    assert len(spoken()) > 10
    assert spoken() <= tables.REFUSALS.keys() | tables.LATERS.keys()


def spoken() -> set[str]:
    """The codes that stand in the source where a refusal or a `later` is made."""
    found: set[str] = set()
    for path in [
        *ROOT.glob("server/domain/*.py"),
        ROOT / "server/ops.py",
        ROOT / "server/web/ops.py",
        ROOT / "sync/inbox.py",
    ]:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call):
                continue
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            place = {"Refused": (0, 2), "TryLater": (0,), "Later": (1,), "later": (1,)}.get(name, ())
            for arg in (node.args[at] for at in place if at < len(node.args)):
                if (
                    isinstance(arg, ast.Constant)
                    and isinstance(arg.value, str)
                    and arg.value.replace("_", "").islower()
                ):
                    found.add(arg.value)
    return found
