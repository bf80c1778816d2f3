"""GET /api/v1/history and /api/v1/names: what staff read of who changed what. GET /api/v1/audit: what administrators do."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from server.app import create_app
from server.model.person import ROLES
from server.settings import Settings
from tests.server.login import browsers
from tests.server.login.authenticator import Authenticator
from tests.server.login.browsers import Client, Doors, code_for, come, line, log_in, op, say, send
from tests.server.web.conftest import new_id

Comes = Callable[..., Client]


@pytest.fixture
def doors(settings: Settings, app_dir: Path) -> Iterator[Doors]:
    with browsers.at(create_app(settings, app_dir)) as doors:
        yield doors


@pytest.fixture
def comes(doors: Doors, settings: Settings) -> Comes:
    """Somebody of that role and name comes in."""

    def comes(role: str, name: str = "Kirsten", key: Authenticator | None = None) -> Client:
        client = doors()
        assert come(client, code_for(settings, role, name), key or Authenticator(browsers.HOME)).status_code == 201
        return client

    return comes


def steps(client: Client, kind: str, id: str) -> Any:
    answer = client.get(f"/api/v1/history/{kind}/{id}")
    assert (answer.status_code, answer.headers["cache-control"]) == (200, "no-store"), answer.text
    return answer.json()["steps"]


def rows(client: Client, asked: str = "") -> Any:
    answer = client.get(f"/api/v1/audit{asked}")
    assert (answer.status_code, answer.headers["cache-control"]) == (200, "no-store"), answer.text
    return answer.json()["rows"]


def test_who_may_read_what(comes: Comes, doors: Doors, active_bench: Callable[..., str]) -> None:
    """Each role at each of the three."""
    bench = active_bench()
    paths = (f"/api/v1/history/place/{bench}", "/api/v1/names", "/api/v1/audit")
    found = {}
    for role in ROLES:
        client = comes(role)
        found[role] = [client.get(path).status_code for path in paths]
    assert found == {
        "admin": [200, 200, 200],
        "editor": [200, 200, 403],
        "moderator": [403, 403, 403],
        "organiser": [404, 403, 403],
    }
    assert [doors().get(path).status_code for path in paths] == [401, 401, 401]


def test_two_people_see_what_each_other_changed(comes: Comes, active_bench: Callable[..., str]) -> None:
    kirsten, bo, bench = comes("editor", "Kirsten"), comes("editor", "Bo"), active_bench()
    for client, words in ((kirsten, "Hendes ord."), (bo, "Hans ord.")):
        assert op(client, "save_place", "place", bench, {"set": {"where": {"da": words}}})["status"] == "applied"
    his, hers = steps(kirsten, "place", bench)[:2]
    assert his["fields"] == [{"field": "where", "before": {"da": "Hendes ord."}, "after": {"da": "Hans ord."}}]
    assert (his["by"]["name"], hers["by"]["name"]) == ("Bo", "Kirsten")
    assert his["at"].endswith("Z")
    names = kirsten.get("/api/v1/names").json()["names"]
    assert {names[his["by"]["id"]], names[hers["by"]["id"]]} == {"Bo", "Kirsten"}


def test_a_save_is_undone_through_the_same_door(comes: Comes, active_bench: Callable[..., str]) -> None:
    kirsten, bench = comes("editor"), active_bench()

    def body() -> Any:
        changes = kirsten.get("/api/v1/sync/staff").json()["changes"]
        return next(one["body"] for one in changes if one["id"] == bench)

    before = body()
    op(kirsten, "save_place", "place", bench, {"set": {"where": {"da": "Et andet sted."}, "point": [11.9, 54.8]}})
    assert body() != before
    undone = {one["field"]: one["before"] for one in steps(kirsten, "place", bench)[0]["fields"]}
    assert op(kirsten, "save_place", "place", bench, {"set": undone})["status"] == "applied"
    assert body() == before


@pytest.mark.parametrize("path", ["place/019d4000-0000-7000-8000-000000000001", "settings/site", "place/..", "wing/1"])
def test_the_history_of_what_is_not_here_is_not_found(comes: Comes, path: str) -> None:
    answer = comes("editor").get(f"/api/v1/history/{path}")
    assert (answer.status_code, answer.json()["code"]) == (404, "not_found")


def test_logins_invitations_and_roles_are_told(comes: Comes, doors: Doors) -> None:
    key = Authenticator(browsers.HOME)
    admin = comes("admin", "Ane")
    editor = comes("editor", "Bo", key)
    bo = editor.get("/api/v1/me").json()["id"]
    op(admin, "set_role", "person", bo, {"role": "moderator"})
    say(editor, "/logout", {})
    log_in(doors(), key)
    op(admin, "end_person", "person", bo, {})
    told = [(row["who"]["name"], row["verb"], row["name"], row["fields"]) for row in rows(admin)]
    machine = "Serverens kommandolinje"
    assert told[::-1] == [
        (machine, "invite", "Ane", ["name", "role"]),
        ("Ane", "use_invitation", "Ane", []),
        ("Ane", "log_in", None, []),
        (machine, "invite", "Bo", ["name", "role"]),
        ("Bo", "use_invitation", "Bo", []),
        ("Bo", "log_in", None, []),
        ("Ane", "set_role", "Bo", ["role"]),
        ("Bo", "log_out", None, []),
        ("Bo", "log_in", None, []),
        ("Ane", "end_person", "Bo", []),
    ]


def test_the_log_is_asked_by_person_by_thing_and_page_by_page(comes: Comes, active_bench: Callable[..., str]) -> None:
    admin, bench = comes("admin", "Ane"), active_bench()
    who = admin.get("/api/v1/me").json()["id"]
    for n in range(3):
        op(admin, "save_place", "place", bench, {"set": {"notes": f"{n}"}})
    assert [row["verb"] for row in rows(admin, f"?kind=place&id={bench}&who={who}")] == ["save_place"] * 3
    assert [row["verb"] for row in rows(admin, f"?kind=place&id={bench}&who=local")] == [
        "move_state",
        "move_state",
        "save_place",
    ]
    newest, *_ = rows(admin)
    assert rows(admin, f"?before={newest['seq']}")[0]["seq"] < newest["seq"]
    assert {row["name"] for row in rows(admin, "?kind=place")} == {"Bænken ved åen"}


@pytest.mark.parametrize("asked", ["?before=x", "?before=-1", "?before=99999999999999999999999", f"?who={'a' * 200}"])
def test_what_can_not_be_asked_is_refused_as_bad_input(comes: Comes, asked: str) -> None:
    answer = comes("admin").get(f"/api/v1/audit{asked}")
    assert (answer.status_code, answer.json()["code"]) == (422, "invalid")


def test_a_report_is_in_no_log_whoever_is_logged_in_where_it_was_written(
    comes: Comes, active_bench: Callable[..., str]
) -> None:
    admin, bench = comes("admin"), active_bench()
    before = rows(admin)
    answer = send(admin, line("report_fault", "place", bench, {"what": "litter"}))
    assert answer.json()["results"][0]["status"] == "applied"
    assert rows(admin) == before


def test_two_that_are_one_are_made_one_at_the_door(comes: Comes, active_bench: Callable[..., str]) -> None:
    editor, double, stays = comes("editor"), active_bench("Bænken"), active_bench("Bænken ved åen")
    assert op(editor, "merge", "place", double, {"into": stays})["status"] == "applied"
    assert steps(editor, "place", double)[0]["fields"][0]["field"] == "state"
    draft = new_id()
    op(editor, "save_place", "place", draft, {"set": {"form": "spot", "name": {"da": "Kladden"}}})
    op(editor, "merge", "place", draft, {"into": stays})
    assert op(editor, "restore", "place", draft, {})["status"] == "applied"
    assert op(editor, "restore", "place", double, {})["code"] == "bad_step"


def test_an_organiser_reads_the_steps_of_its_own_events_alone(comes: Comes) -> None:
    admin, ole = comes("admin", "Ane"), comes("organiser", "Ole")
    krolf, kor, name = new_id(), new_id(), {"da": "Krolf for alle"}
    for id, words in ((krolf, "Nykøbing Krolf"), (kor, "Koret")):
        assert op(admin, "save_organiser", "organiser", id, {"set": {"name": words}})["status"] == "applied"
    op(admin, "set_organiser", "person", ole.get("/api/v1/me").json()["id"], {"organiser_id": krolf})
    own, other = new_id(), new_id()
    assert op(ole, "save_event", "event", own, {"set": {"name": name}})["status"] == "applied"
    assert op(admin, "save_event", "event", other, {"set": {"name": name, "organiser_id": kor}})["status"] == "applied"
    assert steps(ole, "event", own)[0]["by"]["name"] == "Ole"
    assert [ole.get(f"/api/v1/history/{path}").status_code for path in (f"event/{other}", f"organiser/{krolf}")] == [
        404
    ] * 2
