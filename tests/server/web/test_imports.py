"""Files at their door: sent, looked at by a process of its own, and taken in by an op."""

import asyncio
import os
import sqlite3
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from litestar import Litestar
from litestar.testing import TestClient

from server.app import create_app
from server.model.imports import Importer, ReadImport
from server.settings import Settings
from server.store import blobs
from server.store.database import file_of
from server.web.dry_runs import COMMAND, STOPPED, WAITING, DryRuns, TooMany, id_of
from tests.server.drawn import name_of
from tests.server.login.authenticator import Authenticator
from tests.server.login.browsers import HOME, code_for, come
from tests.server.web.conftest import lines, op

Client = TestClient[Litestar]
CASES = Path(__file__).resolve().parents[2] / "cases"
REAL = Path(__file__).resolve().parents[4] / "shared" / "data" / "guldborgsund"
ME = Importer(id="local", name=None)
PATIENCE_S = 60.0
SLOW = """import json, pathlib, sys, time
asked = json.loads(sys.stdin.readline())
print(json.dumps({"rows": 7, "of": 9000}), flush=True)
while not pathlib.Path(asked["blob"] + ".go").exists():
    time.sleep(0.01)
print(json.dumps({"found": {"stood": "", "lines": "0" * 64, "after": 0}}), flush=True)
"""
"""A reading of a large file that ends when the test says so."""


def slow(runs: DryRuns) -> None:
    runs.command = (sys.executable, "-c", SLOW)


@pytest.fixture
def desk(settings: Settings, app_dir: Path) -> Iterator[Client]:
    with TestClient(create_app(settings, app_dir), base_url=HOME) as client:
        come(client, code_for(settings, "editor", "Jette Holm"), Authenticator(HOME))
        client.headers["origin"] = HOME
        yield client


def send(client: Client, body: bytes) -> str:
    assert client.put(f"/api/v1/blobs/{name_of(body)}", content=body).status_code == 204
    return name_of(body)


def ask(client: Client, blob: str, name: str, **more: Any) -> Any:
    return client.post("/api/v1/imports", json={"blob": blob, "name": name, **more})


def ended(client: Client, id: str) -> Any:
    """The job when it is ready or has failed."""
    until = time.monotonic() + PATIENCE_S
    while (job := client.get(f"/api/v1/imports/{id}").json()).get("state") not in ("ready", "failed"):
        assert "state" in job, job
        assert time.monotonic() < until, job
        time.sleep(0.02)
    return job


def looked_at(client: Client, body: bytes, name: str, **more: Any) -> Any:
    answer = ask(client, send(client, body), name, **more)
    assert answer.status_code == 202, answer.text
    return ended(client, answer.json()["id"])


def take_in(client: Client, job: Any, **choices: Any) -> Any:
    asked = job["asked"]
    args = {"blob": job["found"]["lines"], "source": asked["source"], "choices": choices, "name": asked["name"]}
    return done(client, "apply_import", "settings", "site", args)


def done(client: Client, verb: str, kind: str, id: str, args: Any) -> Any:
    headers = {"content-type": "application/x-ndjson"}
    answer = client.post("/api/v1/ops", content=lines(op(verb, kind, id, args)), headers=headers)
    return answer.json()["results"][0]


def sheet(*rows: str) -> bytes:
    return "\n".join(["Navn;Bredde;Længde;Underlag", *rows]).encode() + b"\n"


BENCH = "Bænken ved åen;54,7690;11,8745;fast"
TABLE = "Bordet i skoven;54,7700;11,8800;løst"


def test_a_sheet_is_looked_at_and_nothing_is_changed_until_it_is_taken_in(desk: Client, settings: Settings) -> None:
    before = contents(settings)
    job = looked_at(desk, (CASES / "import-danish.csv").read_bytes(), "import-danish.csv")
    assert job["state"] == "ready", job
    found = job["found"]
    assert (found["rows"], found["result"]["new"], found["result"]["left_out"][0]["rows"]) == (3, 3, 0)
    assert [one["read_as"] for one in found["result"]["columns"]][:3] == ["name", "lat", "lon"]
    assert found["fields"]["ground"] == "underlag"
    assert contents(settings) == before
    reply = take_in(desk, job)
    assert reply["status"] == "applied", reply
    assert reply["result"]["new"] == 3
    assert [one["missing"][:2] for one in reply["result"]["lacking"]] == [["where", "amenities"]] * 3
    assert reply["result"]["lacking_count"] == 3
    listed = desk.get("/api/v1/imports").json()
    assert listed["imported"][0] | {"at": "", "by": ""} == {
        "at": "", "by": "", "name": "import-danish.csv", "source": None, "new": 3, "changed": 0, "unchanged": 0, "left_out": 0,
    }  # fmt: skip
    assert listed["imported"][0]["by"]["name"] == "Jette Holm"
    assert [(one["id"], one["found"], one["imported"]) for one in listed["under_way"]] == [(job["id"], None, True)]


def contents(settings: Settings) -> list[Any]:
    with sqlite3.connect(file_of(settings.data_dir)) as connection:
        tables = ("thing", "place", "place_import", "table_column", "import", "feed")
        every = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        return [
            connection.execute(f"SELECT * FROM {name} ORDER BY 1, 2").fetchall() for name in tables if name in every
        ]


def test_a_column_that_was_guessed_wrongly_is_said_and_read_anew(desk: Client) -> None:
    body = "Navn;Bredde;Længde;Sag\nBænken;54,7690;11,8745;Grus\n".encode()
    first = looked_at(desk, body, "steder.csv")
    guessed = {one["column"]: one["read_as"] for one in first["found"]["result"]["columns"]}
    assert guessed["Sag"] != "ground"
    said = {"columns": [{"heading": "Sag", "read_as": "ground"}, {"heading": "Navn", "read_as": "name"}]}
    second = looked_at(desk, body, "steder.csv", choices=said)
    assert {one["column"]: one["read_as"] for one in second["found"]["result"]["columns"]}["Sag"] == "ground"
    assert second["id"] != first["id"]
    assert [one["id"] for one in desk.get("/api/v1/imports").json()["under_way"]] == [second["id"]]
    assert second["found"]["lines"] != first["found"]["lines"], "what somebody else was shown stays what it was"


def test_conflicts_are_told_with_who_and_when_and_are_chosen_by_field(desk: Client) -> None:
    take_in(desk, looked_at(desk, sheet(BENCH), "steder.csv"))
    (place,) = [one["id"] for one in desk.get("/api/v1/sync/staff").json()["changes"] if one["kind"] == "place"]
    mine = {"name": {"da": "Min bænk"}, "ground": {"da": "Bløde fliser"}}
    assert done(desk, "save_place", "place", place, {"set": mine})["status"] == "applied"
    job = looked_at(desk, sheet("Bænken ved kirken;54,7690;11,8745;løst"), "steder.csv")
    told = {one["field"]: one for one in job["found"]["result"]["conflicts"]}
    assert told["name"]["label"] == "navn"
    assert (told["name"]["here"], told["name"]["register"]) == ("»Min bænk«", "»Bænken ved kirken«")
    assert told["name"]["choice"] is True
    assert told["name"]["by"] == "Jette Holm"
    assert told["name"]["on"]
    reply = take_in(desk, job, take=[{"kind": "place", "id": place, "field": "name"}])
    assert [one["field"] for one in reply["result"]["conflicts"]] == ["ground"]
    bodies = {one["id"]: one["body"] for one in desk.get("/api/v1/sync/staff").json()["changes"]}
    assert bodies[place]["name"] == {"da": "Bænken ved kirken"}
    assert bodies[place]["ground"] == {"da": "Bløde fliser"}
    again = looked_at(desk, sheet("Bænken ved kirken;54,7690;11,8745;løst"), "steder.csv")
    assert [(one["field"], one["new"]) for one in again["found"]["result"]["conflicts"]] == [("ground", False)]


def test_what_the_register_has_no_more_is_told_and_what_is_kept_is_told_last(desk: Client) -> None:
    take_in(desk, looked_at(desk, sheet(BENCH, TABLE), "steder.csv"))
    job = looked_at(desk, sheet(BENCH), "steder.csv")
    (gone,) = job["found"]["result"]["gone"]
    assert gone["name"] == "Bordet i skoven"
    assert "kept" not in gone
    take_in(desk, job, keep=[{"kind": "place", "id": gone["id"]}])
    again = looked_at(desk, sheet(BENCH, ""), "steder.csv")
    assert again["found"]["result"]["gone"][0]["kept"] is True
    take_in(desk, looked_at(desk, sheet(BENCH, TABLE), "steder.csv"))
    last = looked_at(desk, sheet(BENCH, "", ""), "steder.csv")
    assert "kept" not in last["found"]["result"]["gone"][0], "it came back, so that it is news that it leaves"


def test_a_file_that_can_not_be_read_says_so_in_words_of_the_desk(desk: Client, settings: Settings) -> None:
    metres = (CASES / "import-metres-no-crs.geojson").read_bytes()
    job = looked_at(desk, metres, "stier.geojson")
    assert job["state"] == "failed"
    assert "--" not in job["refused"]
    assert job["refused"].startswith("stier.geojson: ")
    assert list((settings.data_dir / "imports").glob("*.ndjson")) == []
    assert list((settings.data_dir / "imports").glob(".dry-run-*")) == []


def test_a_coordinate_system_that_was_said_is_remembered_with_the_file(desk: Client, settings: Settings) -> None:
    body = (CASES / "import-crs-25832.geojson").read_bytes()
    job = looked_at(desk, body, "stier.geojson", crs=25832)
    assert job["state"] == "ready", job
    assert take_in(desk, job, crs=25832)["status"] == "applied"
    with sqlite3.connect(file_of(settings.data_dir)) as connection:
        assert connection.execute("SELECT * FROM table_column").fetchall() == [("stier", "--crs", "25832")]


def test_a_closed_browser_finds_the_job_again_and_asking_again_begins_nothing_new(desk: Client) -> None:
    job = looked_at(desk, sheet(BENCH), "steder.csv")
    again = ask(desk, job["asked"]["blob"], "steder.csv").json()
    assert (again["id"], again["state"], again["at"]) == (job["id"], "ready", job["at"])
    assert not again["moved"]
    done(desk, "save_settings", "settings", "site", {"set": {}})
    take_in(desk, job)
    assert desk.get(f"/api/v1/imports/{job['id']}").json()["moved"], "it was tried on what stood then"
    assert ended(desk, ask(desk, job["asked"]["blob"], "steder.csv").json()["id"])["found"]["result"]["unchanged"] == 1


def test_a_file_that_went_in_can_be_looked_at_anew_though_it_changed_nothing(desk: Client) -> None:
    take_in(desk, looked_at(desk, sheet(BENCH), "steder.csv"))
    job = looked_at(desk, sheet(BENCH), "steder.csv")
    assert take_in(desk, job)["result"]["unchanged"] == 1
    assert desk.get(f"/api/v1/imports/{job['id']}").json()["imported"]
    again = ask(desk, job["asked"]["blob"], "steder.csv").json()
    assert (again["state"], again["imported"]) == ("waiting", False)
    assert not ended(desk, job["id"])["imported"]


def test_the_server_answers_while_a_large_file_is_read_and_the_next_waits_its_turn(
    desk: Client, settings: Settings
) -> None:
    runs: DryRuns = desk.app.state.dry_runs
    slow(runs)
    first, second = (send(desk, sheet(row)) for row in (BENCH, TABLE))
    one, two = (ask(desk, blob, "steder.csv").json() for blob in (first, second))
    until = time.monotonic() + PATIENCE_S
    while (job := desk.get(f"/api/v1/imports/{one['id']}").json())["rows"] != 7:
        assert time.monotonic() < until, job
    assert (job["state"], job["of"]) == ("reading", 9000)
    # It can not end before it is told to, and that is below.
    assert desk.get("/live").status_code == 200
    assert desk.get("/ready").status_code == 200
    waits = desk.get(f"/api/v1/imports/{two['id']}").json()
    assert (waits["state"], waits["ahead"]) == ("waiting", 1)
    for blob in (first, second):
        Path(f"{blobs.path(settings.data_dir, blob)}.go").touch()
    assert [ended(desk, each["id"])["state"] for each in (one, two)] == ["ready", "ready"]


def test_a_process_that_is_killed_is_told_and_the_file_can_be_read_again(desk: Client, settings: Settings) -> None:
    runs: DryRuns = desk.app.state.dry_runs
    runs.command = (
        sys.executable,
        "-c",
        "import os, signal, sys; sys.stdin.readline(); os.kill(os.getpid(), signal.SIGKILL)",
    )
    blob = send(desk, sheet(BENCH))
    job = ended(desk, ask(desk, blob, "steder.csv").json()["id"])
    assert job["state"] == "failed"
    assert "Intet er gemt" in job["refused"]
    runs.command = COMMAND
    assert ended(desk, ask(desk, blob, "steder.csv").json()["id"])["state"] == "ready"


def test_a_reading_ends_with_its_server_and_the_next_server_says_so(settings: Settings) -> None:
    asked = ReadImport(blob="a" * 64, name="steder.csv")

    async def cut_off() -> int:
        runs, others = DryRuns(settings.data_dir), children(os.getpid())
        slow(runs)
        await runs.start(asked, ME, "")
        while (job := await runs.find(id_of(asked), "")) is None or job.rows != 7:  # noqa: ASYNC110  it is another process
            await asyncio.sleep(0)
        (pid,) = set(children(os.getpid())).difference(others)
        await runs.close()
        return pid

    pid = asyncio.run(cut_off())
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)

    async def later() -> Any:
        return await DryRuns(settings.data_dir).find(id_of(asked), "")

    job = asyncio.run(later())
    assert (job.state, job.refused) == ("failed", STOPPED)


def children(of: int) -> list[int]:
    return [int(pid) for pid in Path(f"/proc/{of}/task/{of}/children").read_text(encoding="utf-8").split()]


def test_all_that_needs_no_writer_is_done_before_it_is_taken(desk: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    job = looked_at(desk, sheet(BENCH), "steder.csv")
    intake, seen = desk.app.state.intake, []
    take = intake.take

    async def noting(*args: Any) -> Any:
        seen.append([*args[4]])
        return await take(*args)

    monkeypatch.setattr(intake, "take", noting)
    assert take_in(desk, job)["result"]["new"] == 1
    assert seen == [[(job["found"]["lines"], None)]]
    lost: Any = {"blob": "f" * 64, "source": None, "choices": {}}
    assert done(desk, "apply_import", "settings", "site", lost)["code"] == "invalid"
    assert seen[1] == [], "the verb says itself what is wrong"


def test_what_was_looked_at_a_week_ago_leaves_and_what_went_in_stays(desk: Client, settings: Settings) -> None:
    imports = settings.data_dir / "imports"
    left, came = (looked_at(desk, sheet(row), name) for row, name in ((BENCH, "a.csv"), (TABLE, "b.csv")))
    take_in(desk, came)
    for job in (left, came):
        os.utime(imports / ".desk" / f"{job['id']}.json", (0, 0))
    assert desk.get("/api/v1/imports").json()["under_way"] == []
    last = looked_at(desk, sheet(BENCH, TABLE), "c.csv")
    kept = {came["found"]["lines"], last["found"]["lines"]}
    assert {path.stem for path in imports.glob("*.ndjson")} == kept
    assert [path.stem for path in (imports / ".desk").glob("*.json")] == [last["id"]]
    assert desk.get(f"/api/v1/imports/{left['id']}").status_code == 404


def test_so_many_wait_and_no_more(settings: Settings) -> None:
    async def fill() -> None:
        runs = DryRuns(settings.data_dir)
        slow(runs)
        for n in range(WAITING + 1):
            await runs.start(ReadImport(blob=f"{n:064}", name="steder.csv"), ME, "")
            await asyncio.sleep(0)
        with pytest.raises(TooMany):
            await runs.start(ReadImport(blob="f" * 64, name="steder.csv"), ME, "")
        await runs.close()

    asyncio.run(fill())


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({"blob": "x", "name": "steder.csv"}, "invalid"),
        ({"blob": "a" * 64, "name": ""}, "invalid"),
        ({"blob": "a" * 64, "name": "x.csv", "crs": 7}, "invalid"),
        ({"blob": "a" * 64, "name": "x.csv", "more": 1}, "invalid"),
        ({"blob": "a" * 64, "name": "x.csv"}, "not_found"),
        ({"blob": "a" * 64, "name": "../../etc/passwd"}, "not_found"),
        ({"blob": "0" * 64, "name": "x.csv", "source": "Kort\u202e"}, "invalid"),
    ],
)
def test_what_is_asked_wrongly_is_refused(desk: Client, body: Any, code: str) -> None:
    answer = desk.post("/api/v1/imports", json=body)
    assert (answer.status_code, answer.json()["code"]) == (404 if code == "not_found" else 422, code)


@pytest.mark.parametrize("name", ["../../passwd.csv", "/etc/x.csv", ".csv", "æ" * 190 + ".csv", "a\nb.csv", "CON.csv"])
def test_a_file_may_be_called_anything_and_is_read_in_its_own_folder(
    desk: Client, name: str, settings: Settings
) -> None:
    before = {path for path in settings.data_dir.rglob("*") if path.is_file()}
    job = looked_at(desk, sheet(BENCH), name)
    after = {path for path in settings.data_dir.rglob("*") if path.is_file()}
    assert {path.parent.name for path in after - before} <= {"imports", ".desk", "blobs", "data", "keys"}
    assert job["state"] == ("failed" if name == ".csv" else "ready"), job


def test_a_disk_that_takes_nothing_is_told_and_the_next_file_is_read(desk: Client, settings: Settings) -> None:
    blob, kept = send(desk, sheet(BENCH)), settings.data_dir / "imports" / ".desk"
    kept.parent.mkdir(exist_ok=True)
    kept.touch()
    answer = ask(desk, blob, "steder.csv")
    assert (answer.status_code, answer.json()["code"]) == (507, "full")
    kept.unlink()
    assert ended(desk, ask(desk, blob, "steder.csv").json()["id"])["state"] == "ready"


def test_a_job_that_is_none_is_not_found(desk: Client) -> None:
    for id in ("a" * 64, "nothing", "%2e%2e%2fkeys"):
        assert desk.get(f"/api/v1/imports/{id}").status_code == 404


def test_nobody_else_may_look(settings: Settings, app_dir: Path, desk: Client) -> None:
    blob = send(desk, sheet(BENCH))
    stranger = TestClient(desk.app, base_url=HOME)
    stranger.blocking_portal = desk.blocking_portal
    moderator = TestClient(desk.app, base_url=HOME)
    moderator.blocking_portal = desk.blocking_portal
    come(moderator, code_for(settings, "moderator"), Authenticator(HOME))
    for client, status in ((stranger, 401), (moderator, 403)):
        client.headers["origin"] = HOME
        assert ask(client, blob, "steder.csv").status_code == status
        assert client.get("/api/v1/imports").status_code == status
        assert client.get(f"/api/v1/imports/{'a' * 64}").status_code == status
    foreign = desk.post(
        "/api/v1/imports", json={"blob": blob, "name": "x.csv"}, headers={"origin": "https://evil.test"}
    )
    assert (foreign.status_code, foreign.json()["code"]) == (403, "foreign_origin")
    form = desk.post("/api/v1/imports", content=b"{}", headers={"content-type": "text/plain"})
    assert form.status_code == 415


@pytest.mark.skipif(not REAL.is_dir(), reason="the municipality's own layers are not here")
def test_the_municipalitys_own_layer_is_looked_at_and_taken_in(desk: Client, settings: Settings) -> None:
    files = sorted(path for path in REAL.rglob("*.gpkg") if path.stat().st_size < 8_000_000)
    if not files:
        pytest.skip("no layer of a size that a desk would send")
    body = files[0].read_bytes()
    job = looked_at(desk, body, files[0].name)
    assert job["state"] == "ready", job
    reply = take_in(desk, job)
    told = job["found"]["result"]
    assert [reply["result"][how] for how in ("new", "changed")] == [told["new"], told["changed"]]
