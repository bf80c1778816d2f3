"""Invitations, passkeys and sessions at their doors, by an authenticator in software."""

import secrets
import sqlite3
from datetime import UTC, datetime
from pathlib import Path

import pytest

from server.invite import invite
from server.settings import Settings
from server.store.database import file_of
from server.web.signed_in import COOKIE
from server.web.tries import WRONG_MOST
from tests.server.login.authenticator import Authenticator
from tests.server.login.browsers import HOME, Doors, code_for, come, log_in, op, say


def test_an_invitation_makes_a_passkey_and_a_session_once(doors: Doors, settings: Settings) -> None:
    code, client, key = code_for(settings, "admin"), doors(), Authenticator(HOME)
    answer = come(client, code, key)
    assert answer.status_code == 201, answer.text
    me = client.get("/api/v1/me").json()
    assert (me["name"], me["role"], me["fresh"], len(me["passkeys"]), len(me["sessions"])) == (
        "Kirsten",
        "admin",
        True,
        1,
        1,
    )
    again = say(doors(), "/invitation/begin", {"code": code})
    assert (again.status_code, again.json()["code"]) == (410, "invitation_used")


def test_the_session_lies_in_a_cookie_that_no_script_and_no_other_site_reads(doors: Doors, settings: Settings) -> None:
    answer = come(doors(), code_for(settings, "editor"), Authenticator(HOME))
    told = answer.headers["set-cookie"]
    assert told.startswith(f"{COOKIE}=")
    assert {"HttpOnly", "Secure", "SameSite=strict", "Path=/"} <= {part.strip() for part in told.split(";")}
    assert "Domain" not in told
    assert answer.headers["cache-control"] == "no-store"


def test_what_is_kept_opens_nothing(doors: Doors, settings: Settings) -> None:
    code, client = code_for(settings, "editor"), doors()
    come(client, code, Authenticator(HOME))
    raw = file_of(settings.data_dir).read_bytes() + Path(f"{file_of(settings.data_dir)}-wal").read_bytes()
    assert code.encode() not in raw
    assert client.cookies[COOKIE].encode() not in raw


def test_logging_in_begins_a_session_with_a_secret_of_its_own(doors: Doors, settings: Settings) -> None:
    key, first = Authenticator(HOME), doors()
    come(first, code_for(settings, "editor"), key)
    before = first.cookies[COOKIE]
    second = doors()
    second.cookies.set(COOKIE, "chosen-by-somebody-else", domain="moedesteder.test")
    assert log_in(second, key).status_code == 200
    assert second.get("/api/v1/me").json()["name"] == "Kirsten"
    assert before not in second.cookies.values()


@pytest.mark.parametrize(
    ("key", "why"),
    [
        (Authenticator("https://moedesteder.tset"), "another origin"),
        (Authenticator(HOME, verified=False), "nobody was verified"),
    ],
)
def test_a_passkey_made_elsewhere_or_without_its_person_is_refused(
    doors: Doors, settings: Settings, key: Authenticator, why: str
) -> None:
    code, client = code_for(settings, "editor"), doors()
    answer = come(client, code, key)
    assert (answer.status_code, answer.json()["code"]) == (401, "wrong_passkey"), why
    assert COOKIE not in client.cookies
    assert come(client, code, Authenticator(HOME)).status_code == 201, "the invitation is not used up by what failed"


def test_a_challenge_is_good_for_one_answer(doors: Doors, settings: Settings) -> None:
    key, client = Authenticator(HOME), doors()
    come(client, code_for(settings, "editor"), key)
    other = doors()
    begun = say(other, "/login/begin", {}).json()
    signed = {"asking": begun["asking"], "credential": key.sign(begun["options"]), "device": "Bord"}
    assert say(other, "/login", signed).status_code == 200
    again = say(doors(), "/login", signed)
    assert (again.status_code, again.json()["code"]) == (401, "too_old")


def test_a_copied_passkey_whose_counter_runs_backwards_is_refused(doors: Doors, settings: Settings) -> None:
    key, client = Authenticator(HOME), doors()
    come(client, code_for(settings, "editor"), key)
    key.count = 7
    assert log_in(doors(), key).status_code == 200
    key.count = 3
    assert log_in(doors(), key).json()["code"] == "wrong_passkey"


def test_nobody_learns_whether_a_passkey_is_known_here(doors: Doors, settings: Settings) -> None:
    key, stranger = Authenticator(HOME), Authenticator(HOME)
    come(doors(), code_for(settings, "editor"), key)
    key.verified = False
    known, unknown = log_in(doors(), key), log_in(doors(), stranger)
    assert (known.status_code, known.json()) == (unknown.status_code, unknown.json())


def test_an_old_invitation_says_so_kindly_and_can_ask_for_another(doors: Doors, settings: Settings) -> None:
    admin, client = Authenticator(HOME), doors()
    come(client, code_for(settings, "admin", "Ane"), admin)
    code = code_for(settings, "editor")
    with sqlite3.connect(file_of(settings.data_dir)) as tx:
        tx.execute("UPDATE invitation SET ends_at = '2020-01-01T00:00:00Z' WHERE used_at IS NULL")
    old = say(doors(), "/invitation/begin", {"code": code})
    assert (old.status_code, old.json()["code"]) == (410, "invitation_old")
    assert "Du har ikke gjort noget forkert" in old.json()["detail"]
    assert say(doors(), "/invitation/again", {"code": code}).status_code == 204
    (kirsten,) = [one for one in client.get("/api/v1/people").json() if one["name"] == "Kirsten"]
    assert kirsten["asked_on"] is not None
    assert kirsten["invited_until"] is None


def test_ten_wrong_codes_from_one_address_and_it_waits(doors: Doors, settings: Settings) -> None:
    client = doors()
    told = [
        say(client, "/invitation/begin", {"code": secrets.token_urlsafe(32)}).status_code for _ in range(WRONG_MOST + 1)
    ]
    assert told == [404] * WRONG_MOST + [429]


def test_an_editor_reads_what_staff_read_and_a_moderator_does_not(doors: Doors, settings: Settings) -> None:
    editor = doors()
    come(editor, code_for(settings, "editor"), Authenticator(HOME))
    moderator = doors()
    come(moderator, code_for(settings, "moderator"), Authenticator(HOME))
    page = editor.get("/api/v1/sync/staff")
    assert (page.status_code, page.headers["cache-control"]) == (200, "no-store")
    assert moderator.get("/api/v1/sync/staff").status_code == 403
    assert doors().get("/api/v1/sync/staff").status_code == 401


def test_somebody_who_is_ended_is_out_at_once_in_every_window(doors: Doors, settings: Settings) -> None:
    admin = doors()
    come(admin, code_for(settings, "admin", "Ane"), Authenticator(HOME))
    key, editor = Authenticator(HOME), doors()
    come(editor, code_for(settings, "editor"), key)
    id = editor.get("/api/v1/me").json()["id"]
    assert op(admin, "end_person", "person", id, {})["status"] == "applied"
    assert editor.get("/api/v1/me").status_code == 401
    assert op(editor, "save_settings", "settings", "site", {"set": {}})["code"] == "login_needed"
    assert log_in(doors(), key).status_code == 401


def test_the_last_administrator_stays(doors: Doors, settings: Settings) -> None:
    admin = doors()
    come(admin, code_for(settings, "admin", "Ane"), Authenticator(HOME))
    id = admin.get("/api/v1/me").json()["id"]
    for verb, args in (("end_person", {}), ("set_role", {"role": "editor"})):
        reply = op(admin, verb, "person", id, args)
        assert (reply["status"], reply["code"]) == ("refused", "in_use"), verb


def test_roles_are_changed_by_whoever_logged_in_a_moment_ago(doors: Doors, settings: Settings) -> None:
    admin = doors()
    come(admin, code_for(settings, "admin", "Ane"), Authenticator(HOME))
    editor = doors()
    come(editor, code_for(settings, "editor"), Authenticator(HOME))
    id = editor.get("/api/v1/me").json()["id"]
    with sqlite3.connect(file_of(settings.data_dir)) as tx:
        tx.execute("UPDATE session SET begun_at = strftime('%Y-%m-%dT%H:%M:%SZ', begun_at, '-1 hour')")
    assert op(admin, "set_role", "person", id, {"role": "admin"})["code"] == "login_again"


def test_nobody_ends_anothers_session_or_passkey_by_guessing_its_id(doors: Doors, settings: Settings) -> None:
    one = doors()
    come(one, code_for(settings, "editor", "Ane"), Authenticator(HOME))
    other = doors()
    come(other, code_for(settings, "admin", "Bo"), Authenticator(HOME))
    mine = one.get("/api/v1/me").json()
    assert op(other, "end_session", "session", mine["sessions"][0]["id"], {})["code"] == "unknown_subject"
    assert op(other, "remove_passkey", "passkey", mine["passkeys"][0]["id"], {})["code"] == "unknown_subject"
    assert one.get("/api/v1/me").status_code == 200


def test_logging_out_ends_the_session_on_the_server_too(doors: Doors, settings: Settings) -> None:
    client = doors()
    come(client, code_for(settings, "editor"), Authenticator(HOME))
    secret = client.cookies[COOKIE]
    assert say(client, "/logout", {}).status_code == 204
    again = doors()
    again.cookies.set(COOKIE, secret, domain="moedesteder.test")
    assert again.get("/api/v1/me").status_code == 401


@pytest.mark.parametrize(
    "path", ["/login/begin", "/login", "/invitation", "/invitation/begin", "/invitation/again", "/passkey", "/logout"]
)
def test_another_site_can_not_send_it(doors: Doors, path: str) -> None:
    answer = doors().post(
        f"/api/v1{path}", json={}, headers={"origin": "https://evil.test", "sec-fetch-site": "cross-site"}
    )
    assert (answer.status_code, answer.json()["code"]) == (403, "foreign_origin")


def test_another_passkey_is_made_by_whoever_is_logged_in_and_the_first_one_can_go(
    doors: Doors, settings: Settings
) -> None:
    client, key, second = doors(), Authenticator(HOME), Authenticator(HOME)
    come(client, code_for(settings, "editor"), key)
    begun = say(client, "/passkey/begin", {}).json()
    assert [one["id"] for one in begun["options"]["excludeCredentials"]] != []
    made = {"asking": begun["asking"], "credential": second.make(begun["options"]), "device": "Nøgle"}
    assert say(client, "/passkey", made).status_code == 204
    first, _ = sorted(client.get("/api/v1/me").json()["passkeys"], key=lambda one: one["name"] != "Telefon")
    assert op(client, "remove_passkey", "passkey", first["id"], {})["status"] == "applied"
    assert log_in(doors(), key).status_code == 401
    assert log_in(doors(), second).status_code == 200
    (left,) = client.get("/api/v1/me").json()["passkeys"]
    assert op(client, "remove_passkey", "passkey", left["id"], {})["code"] == "in_use"


def hours(settings: Settings) -> float:
    """For how long the newest invitation holds."""
    _, ends_at = invite(settings, "admin", "Ane")
    left = datetime.fromisoformat(ends_at) - datetime.now(UTC)
    return left.total_seconds() / 3600


def test_the_first_administrators_link_holds_one_hour_and_the_next_seven_days(doors: Doors, settings: Settings) -> None:
    assert 0.9 < hours(settings) <= 1
    come(doors(), code_for(settings, "admin"), Authenticator(HOME))
    assert 167 < hours(settings) <= 168
