"""What a phone of an earlier release said is said again to the server as it is now: the same answers, in shapes that only grew."""

import hashlib
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
import pytest
from litestar.testing import TestClient

from server import demo, local
from server.app import create_app
from server.prepare import prepare
from server.settings import Settings
from server.store import database, meta
from tests.server.web.conftest import lines, op, stand_in
from tests.server.web.replay import Names, missing

RECORDED = Path(__file__).resolve().parents[2] / "recorded"
RELEASES = sorted(folder.name for folder in RECORDED.iterdir() if folder.is_dir())
ORIGIN = "http://127.0.0.1:8000"
KROLF = "Krolf i Nørre Alslev"
NEW_EPOCH = "a new epoch: read afresh, kept reports offered again"

Exchange = dict[str, Any]
Said = Callable[[str], list[tuple[Exchange, httpx.Response]]]


@pytest.fixture(scope="module", params=RELEASES)
def said(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Said:
    """Each exchange of a release beside today's answer, by step; the steps that a server takes by itself are taken again."""
    recorded = json.loads((RECORDED / request.param / "traffic.json").read_text(encoding="utf-8"))
    known = Settings(data_dir=tmp_path_factory.mktemp("recorded") / "data", demo=True)
    demo.load(known, lambda _: None)
    app = stand_in(known.data_dir.parent / "app")
    names = Names()
    pairs: list[tuple[Exchange, httpx.Response]] = []
    first = [one for one in recorded if one["step"] != NEW_EPOCH]
    for steps in (first, recorded[len(first) :]):
        with TestClient(create_app(known, app), base_url=ORIGIN) as client:
            for one in steps:
                if one["step"] == "changed data" and "changed data" not in {then["step"] for then, _ in pairs}:
                    dissolve(known, id_of(pairs[0][1], KROLF))
                pairs.append((one, say_again(client, one, names)))
        with database.local(known.data_dir) as tx:
            meta.put(tx, "stamp", "1")  # the database is a backup's copy now: whoever opens it begins a new epoch
        prepare(known.data_dir, code=known.code, name=known.name)
    return lambda path: [(one, now) for one, now in pairs if one["path"].startswith(path)]


def say_again(client: TestClient[Any], one: Exchange, names: Names) -> httpx.Response:
    headers = {name: names.put(value) for name, value in one["headers"].items() if name != "accept-encoding"}
    body = one.get("body")
    answer = client.request(
        one["method"],
        names.put(one["path"]),
        headers={"origin": ORIGIN, **headers} if body else headers,
        content=body.encode() if body else None,  # an op's bytes are for ever the same
    )
    told = answer.json() if "json" in one["answer"] and answer.content else None
    names.learn(one["answer"], answer.headers.get("etag"), told)
    return answer


def dissolve(known: Settings, id: str) -> None:
    args = {"to": "dissolved", "why": {"da": "Banen er væk."}, "successor_id": None}
    replies = local.send(known, lines(op("move_state", "place", id, args)))
    assert b'"applied"' in replies[0], replies


def id_of(first: httpx.Response, name: str) -> str:
    return next(
        str(change["id"])
        for change in first.json()["changes"]
        if change["kind"] == "place" and change["body"]["name"]["da"] == name
    )


def test_every_answer_has_the_status_that_it_had(said: Said) -> None:
    differ = {
        f"{one['step']}: {one['method']} {one['path']}": (one["answer"]["status"], now.status_code)
        for one, now in said("/")
        if one["answer"]["status"] != now.status_code
    }
    assert differ == {}


def test_every_answer_has_all_that_it_had(said: Said) -> None:
    lost = [
        f"{one['path']}{what}"
        for one, now in said("/api/")
        if "json" in one["answer"] and now.content
        for what in missing(one["answer"]["json"], now.json())
    ]
    assert lost == []


def test_every_answer_is_of_its_type_and_is_kept_as_long(said: Said) -> None:
    for one, now in said("/"):
        for name in ("content-type", "cache-control", "accept-ranges"):
            if name in one["answer"]["headers"]:
                assert now.headers.get(name) == one["answer"]["headers"][name], (one["path"], name)


def test_reports_are_applied_once_and_again_is_said_of_the_others(said: Said) -> None:
    for one, now in said("/api/v1/ops"):
        then = [(reply["status"], reply["again"]) for reply in one["answer"]["json"]["results"]]
        assert [(reply["status"], reply["again"]) for reply in now.json()["results"]] == then


def test_a_cut_archive_goes_on_where_it_was_and_is_the_one_of_the_list(said: Said) -> None:
    listed = said("/api/v1/packs")[-1][1].json()["packs"]
    (_, whole), (asked, rest) = said("/packs/")
    begins = int(asked["headers"]["range"].removeprefix("bytes=").split("-")[0])
    assert whole.content[begins:] == rest.content
    assert hashlib.sha256(whole.content).hexdigest() in {pack["sha256"] for pack in listed}


def test_whoever_looks_finds_what_is_missing() -> None:
    then = {"a": 1, "b": {"c": "x", "d": [{"kind": "place", "e": 1}]}}
    assert (
        list(missing(then, {"a": 2.5, "b": {"c": None, "d": [{"kind": "route"}, {"kind": "place", "e": 3}]}, "new": 1}))
        == []
    )
    assert list(missing(then, {"a": "1", "b": {"d": [{"kind": "place"}]}})) == [
        "/a: was int, is str", "/b/c is gone", "/b/d/[]/e is gone",
    ]  # fmt: skip
