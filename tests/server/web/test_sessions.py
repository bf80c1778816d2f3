"""Sessions that are planted, stolen, old, or of somebody who was ended."""

import pytest

from server.model.person import FRESH_S, IDLE_S, SESSION_S
from server.settings import Settings
from server.web.signed_in import COOKIE
from tests.server.login.authenticator import Authenticator
from tests.server.login.browsers import (
    HOME,
    Doors,
    code_for,
    come,
    do,
    entered,
    line,
    log_in,
    op,
    say,
    secret_of,
    send,
    with_cookie,
)

CODE = "A" * 43
BENCH = {"set": {"form": "spot", "name": {"da": "Bænken"}}}
PLACE = "019d4000-0000-7000-8000-000000000001"


def test_a_session_that_was_planted_before_the_login_is_nobodys_afterwards(doors: Doors, settings: Settings) -> None:
    attacker, _ = entered(doors, settings, "organiser", "Angriber")
    planted = secret_of(attacker)
    key = Authenticator(HOME)
    come(doors(), code_for(settings, "admin"), key)
    victim = with_cookie(doors, planted)
    assert log_in(victim, key).status_code == 200
    now = [cookie.value for cookie in victim.cookies.jar if cookie.name == COOKIE]
    assert now != [planted]
    assert attacker.get("/api/v1/me").status_code == 401, "what was planted has ended, and was never the victim's"


def test_a_secret_that_somebody_chose_never_becomes_a_session(doors: Doors, settings: Settings) -> None:
    victim = with_cookie(doors, "chosen-by-somebody-else")
    come(victim, code_for(settings, "editor"), Authenticator(HOME))
    assert with_cookie(doors, "chosen-by-somebody-else").get("/api/v1/me").status_code == 401


def test_each_login_has_a_secret_and_an_id_of_its_own_and_ends_the_one_that_the_browser_had(
    doors: Doors, settings: Settings
) -> None:
    client, key = entered(doors, settings)
    first, (was,) = secret_of(client), client.get("/api/v1/me").json()["sessions"]
    assert log_in(client, key).status_code == 200
    (now,) = client.get("/api/v1/me").json()["sessions"]
    assert (first == secret_of(client), was["id"] == now["id"]) == (False, False)
    assert with_cookie(doors, first).get("/api/v1/me").status_code == 401


def test_a_login_that_fails_ends_nothing(doors: Doors, settings: Settings) -> None:
    client, _ = entered(doors, settings)
    assert log_in(client, Authenticator(HOME)).status_code == 401
    assert client.get("/api/v1/me").status_code == 200


def test_another_role_holds_from_the_next_request_on_in_windows_that_are_open(doors: Doors, settings: Settings) -> None:
    admin, _ = entered(doors, settings, "admin", "Ane")
    editor, _ = entered(doors, settings)
    id = editor.get("/api/v1/me").json()["id"]
    assert op(admin, "set_role", "person", id, {"role": "organiser"})["status"] == "applied"
    assert editor.get("/api/v1/sync/staff").status_code == 403
    assert op(editor, "save_place", "place", PLACE, BENCH)["code"] == "forbidden"


def test_a_session_is_over_when_it_is_old_and_when_nobody_uses_it(doors: Doors, settings: Settings) -> None:
    for column, seconds in (("begun_at", SESSION_S), ("seen_at", IDLE_S)):
        client, _ = entered(doors, settings)
        past = f"UPDATE session SET {column} = strftime('%Y-%m-%dT%H:%M:%SZ', 'now', ?) WHERE uid = ?"
        id = client.get("/api/v1/me").json()["sessions"][0]["id"]
        do(settings, past, f"-{seconds - 60} seconds", id)
        assert client.get("/api/v1/me").status_code == 200, column
        do(settings, past, f"-{seconds} seconds", id)
        assert client.get("/api/v1/me").status_code == 401, column
        assert send(client, line("save_place", "place", PLACE, BENCH)).status_code == 401, column


def test_using_a_session_does_not_make_it_hold_longer_than_it_may(doors: Doors, settings: Settings) -> None:
    client, _ = entered(doors, settings)
    before = do(settings, "SELECT begun_at, proved_at FROM session")
    do(settings, "UPDATE session SET seen_at = strftime('%Y-%m-%dT%H:%M:%SZ', 'now', '-1 hour')")
    assert client.get("/api/v1/me").status_code == 200
    assert do(settings, "SELECT begun_at, proved_at FROM session") == before
    assert do(settings, "SELECT seen_at > strftime('%Y-%m-%dT%H:%M:%SZ', 'now', '-1 minute') FROM session") == [(1,)]


def test_what_asks_for_a_login_of_a_moment_ago_ends_after_ten_minutes_however_much_the_session_is_used(
    doors: Doors, settings: Settings
) -> None:
    client, key = entered(doors, settings, "admin")
    invite = {"name": "Jens", "role": "editor", "code_sha256": "a" * 64}
    past = "UPDATE session SET begun_at = strftime('%Y-%m-%dT%H:%M:%SZ', 'now', ?), proved_at = begun_at"
    do(settings, past, f"-{FRESH_S - 60} seconds")
    assert client.get("/api/v1/me").json()["fresh"] is True
    do(settings, past, f"-{FRESH_S + 1} seconds")
    do(settings, "UPDATE session SET proved_at = begun_at")
    assert client.get("/api/v1/me").json()["fresh"] is False
    assert op(client, "invite", "person", PLACE, invite)["code"] == "login_again"
    assert say(client, "/passkey/begin", {}).json()["code"] == "login_again"
    log_in(client, key)
    assert op(client, "invite", "person", PLACE, invite)["status"] == "applied"


def test_a_stolen_cookie_opens_nothing_once_its_owner_has_ended_that_login(doors: Doors, settings: Settings) -> None:
    stolen, key = entered(doors, settings)
    owner = doors()
    log_in(owner, key)
    (id,) = [one["id"] for one in owner.get("/api/v1/me").json()["sessions"] if not one["here"]]
    assert op(owner, "end_session", "session", id, {})["status"] == "applied"
    assert stolen.get("/api/v1/me").status_code == 401
    assert send(stolen, line("save_place", "place", PLACE, BENCH)).status_code == 401
    assert say(stolen, "/logout", {}).status_code == 204


def test_the_open_tab_of_somebody_who_was_ended_reads_nothing_writes_nothing_and_loses_nothing(
    doors: Doors, settings: Settings
) -> None:
    admin, _ = entered(doors, settings, "admin", "Ane")
    editor, _ = entered(doors, settings)
    id = editor.get("/api/v1/me").json()["id"]
    assert editor.get("/api/v1/sync/staff").status_code == 200
    assert op(admin, "end_person", "person", id, {})["status"] == "applied"
    for path in ("/api/v1/sync/staff", "/api/v1/me", "/api/v1/names", "/api/v1/people", "/api/v1/imports"):
        answer = editor.get(path)
        assert (answer.status_code, answer.json()["code"]) == (401, "login_needed"), path
    assert editor.get("/desk").status_code == 200, "the page is everybody's, and empty"
    assert editor.get("/api/v1/sync/public").status_code == 200
    typed = line("save_place", "place", PLACE, BENCH)
    assert (send(editor, typed).status_code, send(editor, typed).json()["code"]) == (401, "login_needed")
    code = browsers_code(settings, id)
    assert come(editor, code, Authenticator(HOME)).status_code == 201, "let in again"
    assert send(editor, typed).json()["results"][0]["status"] == "applied", "what was typed had waited"


def browsers_code(settings: Settings, id: str) -> str:
    """A new invitation of somebody who is known."""
    code = code_for(settings, "editor", "en anden")
    do(settings, "UPDATE invitation SET person = (SELECT id FROM person WHERE uid = ?) WHERE used_at IS NULL", id)
    do(settings, "UPDATE person SET ended_on = NULL WHERE uid = ?", id)
    return code


@pytest.mark.parametrize("value", ["", "x", "x" * 4000, "æøå", "a;b", "'; DROP TABLE session; --", "null", "0"])
def test_a_cookie_of_anything_is_nobody(doors: Doors, value: str) -> None:
    client = doors()
    raw = f"{COOKIE}={value}".encode()
    assert client.get("/api/v1/me", headers=[(b"cookie", raw)]).status_code == 401
    assert client.get("/api/v1/sync/public", headers=[(b"cookie", raw)]).status_code == 200


def test_logging_out_takes_the_cookie_away_as_it_was_set(doors: Doors, settings: Settings) -> None:
    client, _ = entered(doors, settings)
    told = {part.strip() for part in say(client, "/logout", {}).headers["set-cookie"].split(";")}
    assert {"HttpOnly", "Secure", "SameSite=strict", "Path=/", "Max-Age=0"} <= told
    assert COOKIE not in client.cookies
