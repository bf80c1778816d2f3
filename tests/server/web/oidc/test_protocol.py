"""Tokens that do not hold, answers that are another's, issuers that are not themselves (OpenID Connect Core 1.0; RFC 9207, 9700)."""

import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from joserfc.jwk import RSAKey
from litestar import Litestar

from server.app import create_app
from server.login import provider as asking
from server.settings import Settings
from server.store.refusal import StoreRefused
from server.web.oidc import BEGUN
from server.web.signed_in import COOKIE
from server.web.tries import WRONG_LOGINS
from tests.server.login import browsers
from tests.server.login.browsers import Doors, say
from tests.server.login.provider import CLIENT, SECRET, Provider, back, running
from tests.server.web.oidc.conftest import Staff, away, came, me


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
    "for another client, as if we had asked": lambda provider: setattr(
        provider, "spoil", lambda claims: claims.update(aud="another", azp=CLIENT)
    ),
    "for us among others, without saying who asked": spoiled("aud", [CLIENT, "another"]),
    "asked for by another": spoiled("azp", "another"),
    "over": spoiled("exp", int(time.time()) - 600),
    "not yet": spoiled("nbf", int(time.time()) + 86_400),
    "made in time to come": spoiled("iat", int(time.time()) + 86_400),
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


def test_what_goes_wrong_is_told_to_the_log_without_anybodys_name(
    doors: Doors, provider: Provider, staff: Staff, caplog: pytest.LogCaptureFixture
) -> None:
    told = b'{"error":"invalid_grant","error_description":"ane@kommune.dk is on holiday"}'
    provider.answers["/token"] = (400, {"content-type": "application/json"}, told)
    assert staff.come(doors()) == "/login#wrong_login"
    provider.answers.clear()
    provider.spoil = lambda claims: claims.update(aud="another")
    assert staff.come(doors()) == "/login#wrong_login"
    assert [record.getMessage() for record in caplog.records if record.name == "server.web.oidc"] == [
        "login by the municipality: invalid_grant",
        "login by the municipality: invalid_claim aud",
    ]
    assert "kommune.dk" not in caplog.text


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


@pytest.mark.parametrize("name", ["token_endpoint", "jwks_uri"])
def test_nobody_but_the_issuer_is_spoken_to(doors: Doors, provider: Provider, staff: Staff, name: str) -> None:
    with running() as other:
        provider.itself = {name: f"{other.issuer}/token"}
        assert staff.come(doors()) == "/login#unreached"
        assert other.paths == []


def test_who_has_no_groups_is_not_asked_about_elsewhere(doors: Doors, provider: Provider, staff: Staff) -> None:
    provider.spoil = lambda claims: claims.pop("groups", None)
    with running() as other:
        provider.itself = {"userinfo_endpoint": f"{other.issuer}/userinfo"}
        assert staff.come(doors()) == "/login#no_role"
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


def test_where_none_is_set_nobody_is_sent_anywhere(settings: Settings, app_dir: Path) -> None:
    with browsers.at(create_app(settings, app_dir)) as doors:
        client = doors()
        assert client.get("/api/v1/login").json() == {"oidc": None}
        assert say(client, "/login/oidc", {"device": "Bord"}).status_code == 404
        assert client.get("/login/oidc?code=a&state=b", follow_redirects=False).status_code == 404


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
