"""An organiser hands over: when whoever follows has come in, the one before is out, in one step."""

import hashlib
import secrets
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from server.app import create_app
from server.settings import Settings
from server.store.database import file_of
from tests.server.login import browsers
from tests.server.login.authenticator import Authenticator
from tests.server.login.browsers import Client, Doors, code_for, come, log_in, op, say
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


def id_of(client: Client) -> str:
    return str(client.get("/api/v1/me").json()["id"])


def hand_over(client: Client, id: str, name: str = "Bo") -> tuple[Any, str]:
    """The reply, and the code of the link."""
    code = secrets.token_urlsafe(32)
    args = {"name": name, "code_sha256": hashlib.sha256(code.encode()).hexdigest()}
    return op(client, "hand_over", "person", id, args), code


def people(admin: Client) -> dict[str, tuple[str, bool]]:
    """Role, and whether they work here, by name."""
    return {one["name"]: (one["role"], one["ended_on"] is None) for one in admin.get("/api/v1/people").json()}


def test_whoever_follows_comes_in_and_the_one_before_is_out_with_every_key(comes: Comes, doors: Doors) -> None:
    admin, key = comes("admin", "Ane"), Authenticator(browsers.HOME)
    kirsten = comes("organiser", "Kirsten", key)
    reply, code = hand_over(kirsten, id_of(kirsten))
    assert (reply["status"], list(reply["result"])) == ("applied", ["ends_at"])
    assert kirsten.get("/api/v1/me").status_code == 200, "nothing is changed until then"
    bo = doors()
    assert come(bo, code, Authenticator(browsers.HOME)).json()["role"] == "organiser"
    assert kirsten.get("/api/v1/me").status_code == 401
    assert log_in(doors(), key).status_code == 401
    assert people(admin) == {"Ane": ("admin", True), "Bo": ("organiser", True), "Kirsten": ("organiser", False)}
    verbs = [(row["verb"], row["who"]["name"], row["name"]) for row in admin.get("/api/v1/audit").json()["rows"]]
    assert ("end_person", "Bo", "Kirsten") in verbs
    assert ("hand_over", "Kirsten", "Kirsten") in verbs


def test_a_passkey_that_does_not_fit_leaves_both_as_they_were(comes: Comes, doors: Doors) -> None:
    kirsten = comes("organiser")
    _, code = hand_over(kirsten, id_of(kirsten))
    assert come(doors(), code, Authenticator(browsers.HOME, verified=False)).status_code == 401
    assert kirsten.get("/api/v1/me").status_code == 200
    assert come(doors(), code, Authenticator(browsers.HOME)).status_code == 201


def test_naming_somebody_else_makes_the_first_link_void(comes: Comes, doors: Doors) -> None:
    admin, kirsten = comes("admin", "Ane"), comes("organiser")
    _, first = hand_over(kirsten, id_of(kirsten), "Bo")
    _, second = hand_over(kirsten, id_of(kirsten), "Jens")
    assert say(doors(), "/invitation/begin", {"code": first}).status_code == 404
    assert come(doors(), second, Authenticator(browsers.HOME)).status_code == 201
    assert people(admin)["Bo"] == ("organiser", False)


@pytest.mark.parametrize("role", ["admin", "editor", "moderator"])
def test_every_other_role_stays_where_it_is(comes: Comes, role: str) -> None:
    client = comes(role)
    reply, _ = hand_over(client, id_of(client))
    assert (reply["status"], reply["code"]) == ("refused", "forbidden")


def test_nobody_hands_over_for_another(comes: Comes) -> None:
    kirsten, other = comes("organiser", "Kirsten"), comes("organiser", "Jens")
    reply, _ = hand_over(other, id_of(kirsten))
    assert (reply["status"], reply["code"]) == ("refused", "unknown_subject")


def test_it_asks_for_a_login_of_a_moment_ago(comes: Comes, settings: Settings) -> None:
    kirsten = comes("organiser")
    with sqlite3.connect(file_of(settings.data_dir)) as tx:
        tx.execute("UPDATE session SET begun_at = strftime('%Y-%m-%dT%H:%M:%SZ', begun_at, '-1 hour')")
    assert hand_over(kirsten, id_of(kirsten))[0]["code"] == "login_again"


def test_whoever_has_become_an_administrator_meanwhile_is_not_let_go_by_anothers_login(
    comes: Comes, doors: Doors
) -> None:
    admin, kirsten = comes("admin", "Ane"), comes("organiser")
    _, code = hand_over(kirsten, id_of(kirsten))
    op(admin, "set_role", "person", id_of(kirsten), {"role": "admin"})
    assert come(doors(), code, Authenticator(browsers.HOME)).status_code == 201
    assert kirsten.get("/api/v1/me").status_code == 200


def test_whoever_is_let_go_takes_the_link_along(comes: Comes, doors: Doors) -> None:
    """Else somebody whom nobody trusts any more would have let in another."""
    admin, kirsten = comes("admin", "Ane"), comes("organiser")
    _, code = hand_over(kirsten, id_of(kirsten))
    op(admin, "end_person", "person", id_of(kirsten), {})
    assert say(doors(), "/invitation/begin", {"code": code}).status_code == 404


def test_a_link_that_got_too_old_and_is_made_anew_hands_over_all_the_same(
    comes: Comes, doors: Doors, settings: Settings
) -> None:
    admin, kirsten = comes("admin", "Ane"), comes("organiser")
    _, code = hand_over(kirsten, id_of(kirsten))
    with sqlite3.connect(file_of(settings.data_dir)) as tx:
        tx.execute("UPDATE invitation SET ends_at = '2020-01-01T00:00:00Z' WHERE used_at IS NULL")
    assert say(doors(), "/invitation/again", {"code": code}).status_code == 204
    (bo,) = [one for one in admin.get("/api/v1/people").json() if one["name"] == "Bo"]
    anew = secrets.token_urlsafe(32)
    args = {"name": "Bo", "role": "organiser", "code_sha256": hashlib.sha256(anew.encode()).hexdigest()}
    assert op(admin, "invite", "person", bo["id"], args)["status"] == "applied"
    assert come(doors(), anew, Authenticator(browsers.HOME)).status_code == 201
    assert kirsten.get("/api/v1/me").status_code == 401


@pytest.mark.parametrize("name", ["\u200b", "Bo\u202e"])
def test_a_name_that_can_not_be_read_is_refused(comes: Comes, name: str) -> None:
    kirsten = comes("organiser")
    reply, _ = hand_over(kirsten, id_of(kirsten), name)
    assert (reply["code"], reply["at"]) == ("invalid", "/args/name")


def test_whoever_follows_makes_events_for_the_same_association(comes: Comes, doors: Doors) -> None:
    admin, kirsten, krolf, name = (
        comes("admin", "Ane"),
        comes("organiser", "Kirsten"),
        new_id(),
        {"da": "Krolf for alle"},
    )
    assert op(admin, "save_organiser", "organiser", krolf, {"set": {"name": "Nykøbing Krolf"}})["status"] == "applied"
    op(admin, "set_organiser", "person", id_of(kirsten), {"organiser_id": krolf})
    _, code = hand_over(kirsten, id_of(kirsten))
    bo = doors()
    come(bo, code, Authenticator(browsers.HOME))
    event = new_id()
    assert op(bo, "save_event", "event", event, {"set": {"name": name}})["status"] == "applied"
    read = bo.get("/api/v1/organise").json()
    assert (read["organiser"]["id"], [one["organiser_id"] for one in read["events"]]) == (krolf, [krolf])
