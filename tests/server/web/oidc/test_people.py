"""Who comes in by the municipality's own login, with which role, and for how long."""

import sqlite3
import time
from pathlib import Path
from typing import Any, get_args

import pytest

from server.settings import Settings
from server.store.database import file_of
from server.web.oidc import BEGUN, Why
from server.web.signed_in import COOKIE
from tests.server.login.authenticator import Authenticator
from tests.server.login.browsers import HOME, Doors, code_for, come, log_in, op, say
from tests.server.login.provider import SECRET, Provider, back
from tests.server.web.oidc.conftest import Staff, away, came, me

ROOT = Path(__file__).resolve().parents[4]


def test_somebody_of_a_known_group_comes_in_with_its_role_and_is_the_same_person_next_time(
    doors: Doors, staff: Staff
) -> None:
    client = doors()
    assert client.get("/api/v1/login").json()["oidc"]["button"] == "Log ind med kommunens login"
    assert staff.come(client) == "/desk"
    first = me(client)
    assert (first["name"], first["role"], first["way"], first["passkeys"]) == ("Ane", "editor", "oidc", [])
    other = doors()
    assert staff.come(other, name="Ane Holm") == "/desk"
    assert (me(other)["id"], me(other)["name"], len(me(other)["sessions"])) == (first["id"], "Ane Holm", 2)


def test_the_session_is_strict_and_the_cookie_of_the_way_there_is_lax_for_ten_minutes(
    doors: Doors, provider: Provider
) -> None:
    client = doors()
    begun = say(client, "/login/oidc", {"device": "Bord"})
    cookie = {part.strip() for part in begun.headers["set-cookie"].split(";")}
    assert {"HttpOnly", "Secure", "SameSite=lax", "Path=/", "Max-Age=600"} <= cookie
    assert not any(part.startswith("Domain") for part in cookie)
    told = provider.person_at(begun.json()["url"])
    set_ = client.get(back(told), follow_redirects=False).headers.get_list("set-cookie")
    (session,) = [one for one in set_ if one.startswith(f"{COOKIE}=")]
    assert {"HttpOnly", "Secure", "SameSite=strict", "Path=/"} <= {part.strip() for part in session.split(";")}
    assert BEGUN not in client.cookies


def test_without_a_group_of_ours_nobody_comes_in_and_nobody_is_made(doors: Doors, own: Settings, staff: Staff) -> None:
    client = doors()
    others: list[Any] = [["kantinen"], [], None, {"redaktører": 1}, [["redaktører"]]]
    for groups in others:
        assert staff.come(client, groups=groups) == "/login#no_role"
    assert COOKIE not in client.cookies
    with sqlite3.connect(file_of(own.data_dir)) as tx:
        assert tx.execute("SELECT count(*) FROM person").fetchall() == [(0,)]


def test_the_highest_of_several_groups_counts_and_a_group_alone_may_come_as_itself(doors: Doors, staff: Staff) -> None:
    client = doors()
    staff.come(client, groups=["foreninger", "systemejere", "kantinen"])
    assert me(client)["role"] == "admin"
    staff.come(client, "bo", groups="foreninger")
    assert me(client)["role"] == "organiser"


def test_a_role_that_changed_in_the_groups_changes_here_at_the_next_login(doors: Doors, staff: Staff) -> None:
    staff.come(doors(), "chef", groups=["systemejere"])
    client, other = doors(), doors()
    staff.come(client)
    staff.come(other, groups=["foreninger"])
    assert me(other)["role"] == me(client)["role"] == "organiser", "in open windows too"


def test_who_lost_every_group_is_out_and_so_are_their_open_windows(doors: Doors, staff: Staff) -> None:
    client = doors()
    staff.come(client)
    assert staff.come(doors(), groups=["kantinen"]) == "/login#no_role"
    assert client.get("/api/v1/me").status_code == 401


def test_somebody_who_was_ended_here_stays_out(doors: Doors, staff: Staff) -> None:
    admin, client = doors(), doors()
    staff.come(admin, "chef", groups=["systemejere"])
    staff.come(client)
    assert op(admin, "end_person", "person", me(client)["id"], {})["status"] == "applied"
    assert client.get("/api/v1/me").status_code == 401
    assert staff.come(client) == "/login#ended"


def test_the_only_administrator_stays_one_whatever_the_groups_say_and_an_administrator_by_this_login_counts(
    doors: Doors, staff: Staff
) -> None:
    chef, other = doors(), doors()
    staff.come(chef, "chef", groups=["systemejere"])
    assert op(chef, "end_person", "person", me(chef)["id"], {})["code"] == "in_use"
    staff.come(doors(), "chef", groups=["redaktører"])
    assert me(chef)["role"] == "admin"
    staff.come(other, "next", groups=["systemejere"])
    staff.come(doors(), "chef", groups=["redaktører"])
    assert me(chef)["role"] == "editor"


def test_a_passkeys_administrator_may_go_where_another_comes_by_this_login(
    doors: Doors, own: Settings, staff: Staff
) -> None:
    local, chef = doors(), doors()
    come(local, code_for(own, "admin"), Authenticator(HOME))
    assert op(local, "set_role", "person", me(local)["id"], {"role": "editor"})["code"] == "in_use"
    staff.come(chef, "chef", groups=["systemejere"])
    assert op(local, "set_role", "person", me(local)["id"], {"role": "editor"})["status"] == "applied"


def test_the_role_of_somebody_of_the_groups_is_not_changed_here(doors: Doors, staff: Staff) -> None:
    admin, client = doors(), doors()
    staff.come(admin, "chef", groups=["systemejere"])
    staff.come(client)
    (listed,) = [one for one in admin.get("/api/v1/people").json() if one["name"] == "Ane"]
    assert (listed["oidc"], listed["passkeys"]) == (True, 0)
    refused = op(admin, "set_role", "person", me(client)["id"], {"role": "admin"})
    assert (refused["code"], "kommunens login" in refused["detail"]) == ("in_use", True)


def test_their_only_passkey_may_go_since_they_have_another_way_in(doors: Doors, own: Settings, staff: Staff) -> None:
    client, key = doors(), Authenticator(HOME)
    staff.come(client)
    begun = say(client, "/passkey/begin", {}).json()
    made = {"asking": begun["asking"], "credential": key.make(begun["options"]), "device": "Nøgle"}
    assert say(client, "/passkey", made).status_code == 204
    (passkey,) = me(client)["passkeys"]
    assert op(client, "remove_passkey", "passkey", passkey["id"], {})["status"] == "applied"


def test_a_login_is_fresh_only_if_the_person_proved_it_a_moment_ago(doors: Doors, staff: Staff) -> None:
    client, hour_ago = doors(), int(time.time()) - 3600
    staff.come(client, "chef", groups=["systemejere"], auth_time=hour_ago)
    assert not me(client)["fresh"]
    assert op(client, "end_person", "person", me(client)["id"], {})["code"] == "login_again"
    staff.come(client, "chef", groups=["systemejere"], auth_time=None)
    assert not me(client)["fresh"], "nobody told when"
    url = away(client, again=True)
    assert "prompt=login" in url
    assert "max_age=" in url
    assert staff.come(client, "chef", again=True, groups=["systemejere"], auth_time=hour_ago) == "/login#wrong_login"
    assert staff.come(client, "chef", again=True, groups=["systemejere"], auth_time=None) == "/login#wrong_login"
    assert staff.come(client, "chef", again=True, groups=["systemejere"]) == "/desk"
    assert me(client)["fresh"]


def test_a_new_login_begins_a_new_session_and_ends_the_one_that_the_browser_had(doors: Doors, staff: Staff) -> None:
    client = doors()
    client.cookies.set(COOKIE, "chosen-by-somebody-else", domain="moedesteder.test")
    staff.come(client)
    first = client.cookies.get(COOKIE, domain="moedesteder.test")
    staff.come(client)
    assert first not in ("chosen-by-somebody-else", client.cookies.get(COOKIE, domain="moedesteder.test"))
    assert len(me(client)["sessions"]) == 1


def test_who_says_no_at_the_municipality_is_told_so(doors: Doors, provider: Provider) -> None:
    client = doors()
    told = provider.person_at(away(client))
    assert came(client, {"error": "access_denied", "state": told["state"]}) == "/login#cancelled"
    told = provider.person_at(away(client))
    assert came(client, {"error": "server_error", "state": told["state"]}) == "/login#wrong_login"


@pytest.mark.parametrize("path", ["/.well-known/openid-configuration", "/token", "/keys"])
@pytest.mark.parametrize(
    "answer",
    [
        (302, {"location": "https://evil.test/"}, b"{}"),
        (500, {}, b"no"),
        (200, {"content-type": "application/json"}, b"[]"),
        (200, {"content-type": "text/html"}, b"<html>"),
        (200, {"content-type": "application/json"}, b'{"keys":7}'),
    ],
)
def test_an_issuer_that_answers_otherwise_lets_nobody_in_and_ends_in_words(
    doors: Doors, provider: Provider, path: str, answer: tuple[int, dict[str, str], bytes]
) -> None:
    client = doors()
    if path.startswith("/."):
        provider.answers[path] = answer
        assert say(client, "/login/oidc", {"device": "Bord"}).json()["code"] == "unreached"
        return
    told = provider.person_at(away(client))
    provider.answers[path] = answer
    assert came(client, told) in ("/login#unreached", "/login#wrong_login")
    assert COOKIE not in client.cookies


def test_a_name_that_can_not_be_read_is_none_and_a_long_one_is_cut(doors: Doors, staff: Staff) -> None:
    client = doors()
    staff.come(client, name="\u202eenA")
    assert me(client)["name"] == "Uden navn"
    staff.come(client, name="A" * 300)
    assert me(client)["name"] == "A" * 80
    staff.come(client, name=None, preferred_username="ane@kommune.dk")
    assert me(client)["name"] == "ane@kommune.dk"


def test_nothing_of_the_municipalitys_login_is_kept_but_who_it_says_that_it_was(
    doors: Doors, own: Settings, staff: Staff, provider: Provider
) -> None:
    client = doors()
    staff.come(client, email="ane@kommune.dk", phone_number="12345678")
    raw = b"".join(file.read_bytes() for file in own.data_dir.glob("moedesteder.db*"))
    for told in (*provider.access, "ane@kommune.dk", "12345678", SECRET, client.cookies[COOKIE]):
        assert told.encode() not in raw


def test_logging_out_ends_the_session_here(doors: Doors, staff: Staff) -> None:
    client = doors()
    staff.come(client)
    assert say(client, "/logout", {}).status_code == 204
    assert client.get("/api/v1/me").status_code == 401


@pytest.mark.parametrize("why", get_args(Why))
def test_the_desk_has_words_for_each_reason_to_come_back_without_a_login(why: str) -> None:
    assert f"  {why}: (" in (ROOT / "pwa/src/desk/municipal.ts").read_text(encoding="utf-8")


def test_a_passkey_works_beside_it(doors: Doors, own: Settings) -> None:
    key = Authenticator(HOME)
    come(doors(), code_for(own, "editor"), key)
    client = doors()
    assert log_in(client, key).status_code == 200
    assert me(client)["way"] == "passkey"
