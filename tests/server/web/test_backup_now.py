"""A backup that an administrator asks for, and what staff are told of the machine."""

import sqlite3
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from server.backup import BACKUPS, backup, manifest
from server.model.person import FRESH_S
from server.settings import Settings
from server.store.database import file_of
from tests.server.login.authenticator import Authenticator
from tests.server.login.browsers import HOME, Doors, code_for, come, say
from tests.server.web.conftest import Client


def logged_in(doors: Doors, settings: Settings, role: str = "admin") -> Client:
    client = doors()
    assert come(client, code_for(settings, role), Authenticator(HOME)).status_code == 201
    return client


def ask(client: Client, body: Any = None) -> Any:
    return say(client, "/backup", {} if body is None else body)


def folders(settings: Settings) -> list[str]:
    return sorted(p.name for p in (settings.data_dir / BACKUPS).glob("2*"))


def test_an_administrator_has_a_backup_made_and_it_reads_back(doors: Doors, settings: Settings) -> None:
    answer = ask(logged_in(doors, settings))
    assert answer.status_code == 201, answer.text
    told = answer.json()
    assert folders(settings) == [told["name"]]
    made = settings.data_dir / BACKUPS / told["name"]
    assert manifest.verify(made).made_at == told["made_at"]
    assert told["bytes"] == sum(one.bytes for one in manifest.read(made).files)
    assert answer.headers["cache-control"] == "no-store"
    assert str(settings.data_dir) not in answer.text


def test_it_is_written_down_who_asked(doors: Doors, settings: Settings) -> None:
    client = logged_in(doors, settings)
    ask(client)
    row = client.get("/api/v1/audit").json()["rows"][0]
    assert (row["verb"], row["kind"], row["id"], row["who"]["name"]) == ("backup", "settings", "site", "Kirsten")


@pytest.mark.parametrize("role", ["editor", "moderator", "organiser", None])
def test_nobody_else_may(doors: Doors, settings: Settings, role: str | None) -> None:
    client = logged_in(doors, settings, role) if role else doors()
    answer = ask(client)
    assert answer.status_code == (403 if role else 401)
    assert folders(settings) == []


def test_it_asks_for_a_login_of_the_last_minutes(doors: Doors, settings: Settings) -> None:
    client = logged_in(doors, settings)
    before = (datetime.now(UTC) - timedelta(seconds=FRESH_S + 60)).strftime("%Y-%m-%dT%H:%M:%SZ")
    with sqlite3.connect(file_of(settings.data_dir)) as tx:
        tx.execute("UPDATE session SET begun_at = ?, proved_at = ?", [before, before])
    tx.close()
    answer = ask(client)
    assert (answer.status_code, answer.json()["code"]) == (403, "login_again")
    assert folders(settings) == []


def test_another_site_can_not_have_one_made(doors: Doors, settings: Settings) -> None:
    client = logged_in(doors, settings)
    answer = client.post("/api/v1/backup", json={}, headers={"origin": "https://evil.example"})
    assert answer.status_code == 403
    assert client.post("/api/v1/backup", content=b"", headers={"origin": HOME}).status_code == 415
    assert ask(client, {"to": "/etc"}).status_code == 422


def test_while_another_is_made_it_says_so(doors: Doors, settings: Settings) -> None:
    client = logged_in(doors, settings)
    lock: Any = client.app.state.backing_up.lock
    client.blocking_portal.call(lock.acquire)
    try:
        answer = ask(client)
        assert (answer.status_code, answer.json()["code"]) == (503, "busy")
        assert "i gang" in answer.json()["detail"]
    finally:
        client.blocking_portal.call(lock.release)
    assert ask(client).status_code == 201


def test_why_none_could_be_made_is_told_and_nothing_half_stays(doors: Doors, settings: Settings, app_dir: Path) -> None:
    client = logged_in(doors, settings)
    (settings.data_dir / BACKUPS).write_text("in the way", encoding="utf-8")
    answer = ask(client)
    assert (answer.status_code, answer.json()["code"]) == (503, "unavailable")
    assert "Der blev ikke lavet nogen sikkerhedskopi" in answer.json()["detail"]
    (settings.data_dir / BACKUPS).unlink()
    assert ask(client).status_code == 201


def test_staff_see_how_the_machine_is(doors: Doors, settings: Settings) -> None:
    client = logged_in(doors, settings, "editor")
    told = client.get("/api/v1/health").json()
    assert told["backup"] is None
    assert told["database_bytes"] >= file_of(settings.data_dir).stat().st_size
    assert told["free_bytes"] > 0
    assert (told["imported_at"], told["sources"], told["backup_elsewhere"]) == (None, [], False)
    assert told["stuck"] == []
    assert told["pushes"] == {"phones": 0, "due": 0, "oldest": None, "contact": False, "alarms": [], "closed": []}
    made = backup(settings.data_dir, None, datetime.now(UTC))
    told = client.get("/api/v1/health").json()["backup"]
    assert (told["name"], told["why"]) == (made.name, "asked")


@pytest.mark.parametrize("role", ["moderator", "organiser", None])
def test_nobody_else_sees_it(doors: Doors, settings: Settings, role: str | None) -> None:
    client = logged_in(doors, settings, role) if role else doors()
    assert client.get("/api/v1/health").status_code == (403 if role else 401)
