"""The municipality's own login at our door, by a provider on loopback (OpenID Connect Core 1.0, 3.1; RFC 9207; RFC 9700)."""

import os
import sqlite3
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, get_args

import msgspec
import pytest
from joserfc.jwk import RSAKey
from litestar import Litestar

from server.app import create_app
from server.login import provider as asking
from server.settings import Oidc, Settings
from server.store.database import file_of
from server.store.refusal import StoreRefused
from server.web.oidc import BEGUN, Why
from server.web.signed_in import COOKIE
from server.web.tries import WRONG_LOGINS
from tests.server.login import browsers
from tests.server.login.authenticator import Authenticator
from tests.server.login.browsers import HOME, Client, Doors, code_for, come, log_in, op, say
from tests.server.login.provider import CLIENT, SECRET, Provider, back, running

ROOT = Path(__file__).resolve().parents[3]
ROLES = {"systemejere": "admin", "redaktører": "editor", "foreninger": "organiser"}


@pytest.fixture
def provider() -> Iterator[Provider]:
    with running() as provider:
        yield provider


@pytest.fixture
def own(settings: Settings, provider: Provider) -> Settings:
    """Settings with that provider's login."""
    keys = settings.data_dir / "keys"
    keys.mkdir(exist_ok=True)
    (keys / "oidc_secret").write_text(f"{SECRET}\n", encoding="utf-8")
    (keys / "oidc_secret").chmod(0o600)
    oidc = Oidc(issuer=provider.issuer, client_id=CLIENT, roles=ROLES)  # type: ignore[arg-type]
    return msgspec.structs.replace(settings, origin=HOME, oidc=oidc)


@pytest.fixture
def app(own: Settings, app_dir: Path) -> Litestar:
    return create_app(own, app_dir)


@pytest.fixture
def doors(app: Litestar) -> Iterator[Doors]:
    with browsers.at(app) as doors:
        yield doors


def away(client: Client, **more: Any) -> str:
    """Where the person goes to log in."""
    answer = say(client, "/login/oidc", {"device": "Bord"} | more)
    assert answer.status_code == 200, answer.text
    return str(answer.json()["url"])


def came(client: Client, told: dict[str, str]) -> str:
    """Comes back with that, and where it ends."""
    answer = client.get(back(told), follow_redirects=False)
    assert answer.status_code == 303
    assert answer.headers["cache-control"] == "no-store"
    return str(answer.headers["location"])


@dataclass
class Staff:
    """People at the provider's page."""

    provider: Provider

    def come(self, client: Client, sub: str = "ane", *, again: bool = False, **claims: Any) -> str:
        return came(client, self.provider.person_at(away(client, again=again), sub, **claims))


@pytest.fixture
def staff(provider: Provider) -> Staff:
    return Staff(provider)


def me(client: Client) -> Any:
    return client.get("/api/v1/me").json()


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


def test_one_comes_back_to_where_one_was_at_the_desk_and_nowhere_else(doors: Doors, provider: Provider) -> None:
    client = doors()
    assert came(client, provider.person_at(away(client, to="/desk/folk"))) == "/desk/folk"
    for to in (
        "https://evil.test",
        "//evil.test",
        "/desk/../login",
        "/desk/%2e",
        "/deskevil",
        "/desk\n",
        "/desk//evil.test",
    ):
        assert say(client, "/login/oidc", {"device": "Bord", "to": to}).status_code == 422
    told = provider.person_at(away(client))
    for name in ("to", "next", "redirect_uri", "return"):
        told[name] = "https://evil.test"
    assert came(client, told) == "/desk"


def spoiled(key: str, value: Any) -> Callable[[Provider], None]:
    def spoil(provider: Provider) -> None:
        provider.spoil = lambda claims: claims.update({key: value})

    return spoil


def without(key: str) -> Callable[[Provider], None]:
    def spoil(provider: Provider) -> None:
        provider.spoil = lambda claims: claims.pop(key, None)

    return spoil


def foreign_key(provider: Provider) -> None:
    """Signed by a key of the same name that the issuer does not have."""
    provider.key = RSAKey.generate_key(2048, parameters={"kid": provider.known[0].kid or ""})


def unknown_key(provider: Provider) -> None:
    provider.key = RSAKey.generate_key(2048, parameters={"kid": "nobody's"})


def unsigned(provider: Provider) -> None:
    provider.alg = "none"


FORGED: dict[str, Callable[[Provider], None]] = {
    "another issuer's": spoiled("iss", "https://evil.test"),
    "for another client": spoiled("aud", "another"),
    "for us among others, without saying who asked": spoiled("aud", [CLIENT, "another"]),
    "asked for by another": spoiled("azp", "another"),
    "over": spoiled("exp", int(time.time()) - 600),
    "not yet": spoiled("nbf", int(time.time()) + 600),
    "made in time to come": spoiled("iat", int(time.time()) + 600),
    "of another login": spoiled("nonce", "another"),
    "of no login": without("nonce"),
    "without an end": without("exp"),
    "without an audience": without("aud"),
    "without an issuer": without("iss"),
    "of nobody": without("sub"),
    "of an empty name": spoiled("sub", ""),
    "of a number": spoiled("sub", 7),
    "proved tomorrow": spoiled("auth_time", int(time.time()) + 86_400),
    "another token's hash": spoiled("at_hash", "AAAAAAAAAAAAAAAAAAAAAA"),
    "signed by a foreign key": foreign_key,
    "signed by an unknown key": unknown_key,
    "not signed": unsigned,
}


@pytest.mark.parametrize("how", FORGED)
def test_an_id_token_that_does_not_hold_lets_nobody_in(
    doors: Doors, staff: Staff, provider: Provider, how: str
) -> None:
    client = doors()
    FORGED[how](provider)
    assert staff.come(client) == "/login#wrong_login"
    assert COOKIE not in client.cookies


def test_a_token_that_is_signed_with_what_both_sides_have_is_none(
    doors: Doors, provider: Provider, staff: Staff
) -> None:
    client = doors()
    provider.answers["/token"] = (200, {"content-type": "application/json"}, b'{"id_token":"' + hs256(provider) + b'"}')
    assert staff.come(client) == "/login#wrong_login"


def hs256(provider: Provider) -> bytes:
    from joserfc import jwt
    from joserfc.jwk import OctKey

    claims = {
        "iss": provider.issuer,
        "aud": CLIENT,
        "sub": "ane",
        "exp": int(time.time()) + 60,
        "iat": int(time.time()),
    }
    return jwt.encode({"alg": "HS256"}, claims, OctKey.import_key(SECRET * 2)).encode()


def test_a_clock_that_is_half_a_minute_off_is_no_forgery(doors: Doors, staff: Staff, provider: Provider) -> None:
    provider.spoil = lambda claims: claims.update(iat=int(time.time()) + 30, exp=int(time.time()) - 30)
    assert staff.come(doors()) == "/desk"


def test_new_keys_of_the_issuer_are_asked_for_and_old_ones_are_not_asked_for_again(
    doors: Doors, staff: Staff, provider: Provider
) -> None:
    client = doors()
    staff.come(client)
    staff.come(client)
    assert provider.paths.count("/keys") == 1
    provider.new_key()
    assert staff.come(client) == "/desk"
    assert provider.paths.count("/keys") == 2


def test_what_comes_back_is_good_once_and_in_its_own_browser_alone(doors: Doors, provider: Provider) -> None:
    client, other = doors(), doors()
    told = provider.person_at(away(client))
    away(other)
    assert came(other, told) == "/login#too_old", "another browser's cookie"
    assert came(doors(), told) == "/login#too_old", "no cookie"
    assert came(client, told) == "/desk"
    assert came(client, told) == "/login#too_old", "again"
    away(client)
    fresh = provider.person_at(away(client)) | {"code": told["code"]}
    assert came(client, fresh) == "/login#wrong_login", "an old code with a new login"


@pytest.mark.parametrize("state", ["", "another", None])
def test_a_state_that_is_not_that_logins_is_refused(doors: Doors, provider: Provider, state: str | None) -> None:
    client = doors()
    told = provider.person_at(away(client))
    told.pop("state")
    assert came(client, told if state is None else told | {"state": state}) == "/login#too_old"


def test_a_code_of_another_login_is_worth_nothing_without_its_verifier(doors: Doors, provider: Provider) -> None:
    client, attacker = doors(), doors()
    stolen = provider.person_at(away(client))
    mine = provider.person_at(away(attacker))
    assert came(attacker, mine | {"code": stolen["code"]}) == "/login#wrong_login"


@pytest.mark.parametrize("iss", ["https://evil.test", None])
def test_an_answer_that_names_another_issuer_or_none_is_a_mix_up(
    doors: Doors, provider: Provider, iss: str | None
) -> None:
    client = doors()
    told = provider.person_at(away(client))
    told.pop("iss")
    assert came(client, told if iss is None else told | {"iss": iss}) == "/login#wrong_login"
    assert "/token" not in provider.paths


def test_an_issuer_that_never_names_itself_in_its_answers_need_not(doors: Doors, provider: Provider) -> None:
    provider.itself = {"authorization_response_iss_parameter_supported": False}
    client = doors()
    told = provider.person_at(away(client))
    told.pop("iss")
    assert came(client, told) == "/desk"


def test_a_parameter_that_is_there_twice_or_is_a_book_is_none(doors: Doors, provider: Provider) -> None:
    client = doors()
    told = provider.person_at(away(client))
    twice = client.get(f"{back(told)}&state={told['state']}", follow_redirects=False)
    assert twice.headers["location"] == "/login#too_old"
    told = provider.person_at(away(client))
    assert came(client, told | {"code": "x" * 5000}) == "/login#wrong_login"


def test_who_says_no_at_the_municipality_is_told_so(doors: Doors, provider: Provider) -> None:
    client = doors()
    told = provider.person_at(away(client))
    assert came(client, {"error": "access_denied", "state": told["state"]}) == "/login#cancelled"
    told = provider.person_at(away(client))
    assert came(client, {"error": "server_error", "state": told["state"]}) == "/login#wrong_login"


def test_a_look_at_the_address_of_the_way_back_uses_nothing_up(doors: Doors, provider: Provider) -> None:
    client = doors()
    told = provider.person_at(away(client))
    assert client.head(back(told), follow_redirects=False).headers["location"] == "/login#too_old"
    other = doors()
    other.get(back(told), follow_redirects=False)
    again = doors()
    again.cookies.set(BEGUN, "guessed", domain="moedesteder.test")
    assert came(again, told) == "/login#too_old"


BROKEN: dict[str, Any] = {
    "names itself otherwise": {"issuer": "https://evil.test"},
    "sends people elsewhere": {"authorization_endpoint": "https://evil.test/authorize"},
    "has no door": {"authorization_endpoint": None},
}


@pytest.mark.parametrize("how", BROKEN)
def test_an_issuer_that_is_not_itself_is_not_gone_to(doors: Doors, provider: Provider, how: str) -> None:
    provider.itself = BROKEN[how]
    answer = say(doors(), "/login/oidc", {"device": "Bord"})
    assert (answer.status_code, answer.json()["code"]) == (503, "unreached")


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


@pytest.mark.parametrize("name", ["token_endpoint", "jwks_uri"])
def test_nobody_but_the_issuer_is_spoken_to(doors: Doors, provider: Provider, staff: Staff, name: str) -> None:
    with running() as other:
        provider.itself = {name: f"{other.issuer}/token"}
        assert staff.come(doors()) == "/login#unreached"
        assert other.paths == []


def test_an_issuer_that_is_gone_is_told_as_that(doors: Doors, provider: Provider) -> None:
    client = doors()
    away(client)
    provider.answers["/.well-known/openid-configuration"] = (500, {}, b"")
    assert say(client, "/login/oidc", {"device": "Bord"}).status_code == 200, "what it said of itself holds for an hour"


def test_an_issuer_that_is_silent_is_waited_for_so_long_and_no_longer(
    doors: Doors, provider: Provider, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(asking, "ANSWERS_S", 0.2)
    client = doors()
    told = provider.person_at(away(client))
    provider.speaks.clear()
    assert came(client, told) == "/login#unreached"
    provider.speaks.set()


def test_groups_that_stand_where_who_somebody_is_stands_are_read_there(
    doors: Doors, provider: Provider, staff: Staff
) -> None:
    provider.spoil = lambda claims: claims.pop("groups", None)
    provider.more = {"groups": ["systemejere"]}
    client = doors()
    assert staff.come(client) == "/desk"
    assert me(client)["role"] == "admin"
    provider.more = {"groups": ["systemejere"], "sub": "somebody else"}
    assert staff.come(client) == "/login#wrong_login"


def test_an_address_that_was_wrong_too_often_waits(doors: Doors, provider: Provider, app: Litestar) -> None:
    client = doors()
    for _ in range(WRONG_LOGINS):
        app.state.tries.wrong("login testclient", WRONG_LOGINS)
    assert came(client, provider.person_at(away(client))) == "/login#too_many_tries"


def test_another_site_begins_no_login(doors: Doors) -> None:
    evil = {"origin": "https://evil.test", "sec-fetch-site": "cross-site"}
    assert say(doors(), "/login/oidc", {"device": "Bord"}, **evil).json()["code"] == "foreign_origin"


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


def test_where_none_is_set_nobody_is_sent_anywhere(settings: Settings, app_dir: Path) -> None:
    with browsers.at(create_app(settings, app_dir)) as doors:
        client = doors()
        assert client.get("/api/v1/login").json() == {"oidc": None}
        assert say(client, "/login/oidc", {"device": "Bord"}).status_code == 404
        assert client.get("/login/oidc?code=a&state=b", follow_redirects=False).status_code == 404


def test_a_passkey_works_beside_it(doors: Doors, own: Settings) -> None:
    key = Authenticator(HOME)
    come(doors(), code_for(own, "editor"), key)
    client = doors()
    assert log_in(client, key).status_code == 200
    assert me(client)["way"] == "passkey"


@pytest.mark.parametrize("wrong", ["missing", "open", "empty"])
def test_a_secret_that_others_may_read_or_that_is_not_there_ends_the_start(
    own: Settings, app_dir: Path, wrong: str
) -> None:
    file = own.data_dir / "keys" / "oidc_secret"
    if wrong == "missing":
        file.unlink()
    elif wrong == "open":
        os.chmod(file, 0o640)
    else:
        file.write_text("\n", encoding="utf-8")
    with pytest.raises(StoreRefused, match="oidc_secret"):
        create_app(own, app_dir)
