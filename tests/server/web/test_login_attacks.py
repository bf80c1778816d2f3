"""Attacks at the door: links and challenges that are replayed, old, used, forged or another's; sessions that are planted, stolen or over;
other sites; guesses."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis
from hypothesis import strategies as st
from litestar import Litestar

from server.app import create_app
from server.login.challenges import HOLDS_S, Challenges
from server.login.out import Out
from server.model.person import PASSKEYS_MOST
from server.settings import Settings
from server.web.errors import Refused
from server.web.tries import HOUR_S, WRONG_LOGINS, WRONG_MOST, Tries
from tests.server.login import browsers
from tests.server.login.authenticator import Authenticator
from tests.server.login.browsers import HOME, Client, Doors, code_for, come, do, entered, log_in, op, say

CODE = "A" * 43
BENCH = {"set": {"form": "spot", "name": {"da": "Bænken"}}}
PLACE = "019d4000-0000-7000-8000-000000000001"


@pytest.fixture
def app(settings: Settings, app_dir: Path) -> Litestar:
    return create_app(msgspec.structs.replace(settings, origin=HOME), app_dir)


@pytest.fixture
def doors(app: Litestar) -> Iterator[Doors]:
    with browsers.at(app) as doors:
        yield doors


# Links


def test_opening_the_link_uses_nothing_up_however_often_and_by_whom(doors: Doors, settings: Settings) -> None:
    code = code_for(settings, "editor")
    for _ in range(3):
        assert doors().get("/invite").status_code == 200
        assert doors().head("/invite").status_code == 200
        assert say(doors(), "/invitation/begin", {"code": code}).status_code == 200
    assert come(doors(), code, Authenticator(HOME)).status_code == 201


def test_two_browsers_that_use_one_link_at_once_are_one_person(doors: Doors, settings: Settings) -> None:
    code = code_for(settings, "editor")
    answers = []
    for _ in range(6):
        client, key = doors(), Authenticator(HOME)
        begun = say(client, "/invitation/begin", {"code": code}).json()
        answers.append((client, begun["asking"], key.make(begun["options"])))

    def use(one: tuple[Client, str, Any]) -> Any:
        client, asking, made = one
        return say(client, "/invitation", {"asking": asking, "credential": made, "device": "Bord", "code": code})

    with ThreadPoolExecutor(6) as together:
        told = [(answer.status_code, answer.json().get("code")) for answer in together.map(use, answers)]
    assert sorted(told) == [(201, None), *[(410, "invitation_used")] * 5]
    assert do(settings, "SELECT count(*) FROM passkey") == [(1,)]
    assert do(settings, "SELECT count(*) FROM session") == [(1,)]


def test_an_old_a_used_a_void_and_a_forged_link_open_nothing(doors: Doors, settings: Settings) -> None:
    admin, _ = entered(doors, settings, "admin", "Ane")
    used = code_for(settings, "editor")
    come(doors(), used, Authenticator(HOME))
    old = code_for(settings, "editor", "Jens")
    do(settings, "UPDATE invitation SET ends_at = strftime('%Y-%m-%dT%H:%M:%SZ', 'now') WHERE used_at IS NULL")
    void = code_for(settings, "editor", "Bo")
    (bo,) = [one["id"] for one in admin.get("/api/v1/people").json() if one["name"] == "Bo"]
    again = {"name": "Bo", "role": "editor", "code_sha256": "b" * 64}
    assert op(admin, "invite", "person", bo, again)["status"] == "applied"
    for code, status, why in (
        (used, 410, "invitation_used"),
        (old, 410, "invitation_old"),
        (void, 404, "invitation_unknown"),
        (CODE, 404, "invitation_unknown"),
    ):
        looked = say(doors(), "/invitation/begin", {"code": code})
        assert (looked.status_code, looked.json()["code"]) == (status, why)
        forged = {"asking": "x", "credential": {}, "device": "Bord", "code": code}
        tried = say(doors(), "/invitation", forged)
        assert (tried.status_code, tried.json()["code"]) == (status, why)


def test_the_link_of_somebody_who_was_ended_is_like_one_that_never_was(doors: Doors, settings: Settings) -> None:
    code = code_for(settings, "editor")
    do(settings, "UPDATE person SET ended_on = '2026-01-01'")
    ended, unknown = (say(doors(), "/invitation/begin", {"code": one}) for one in (code, CODE))
    assert (ended.status_code, ended.json(), ended.headers.keys()) == (404, unknown.json(), unknown.headers.keys())
    asked = say(doors(), "/invitation/again", {"code": code})
    assert asked.status_code in (204, 404)


# Challenges


def test_a_challenge_of_one_thing_answers_nothing_else(doors: Doors, settings: Settings) -> None:
    client, key = entered(doors, settings)
    code, other = code_for(settings, "editor", "Jens"), code_for(settings, "editor", "Bo")
    new = Authenticator(HOME)
    of_login = say(client, "/login/begin", {}).json()
    of_passkey = say(client, "/passkey/begin", {}).json()
    of_other = say(doors(), "/invitation/begin", {"code": other}).json()
    options = of_passkey["options"] | {"challenge": of_login["options"]["challenge"]}
    for path, asking, made, more in (
        ("/passkey", of_login["asking"], new.make(options), {}),
        ("/invitation", of_passkey["asking"], new.make(of_passkey["options"]), {"code": code}),
        ("/invitation", of_other["asking"], new.make(of_other["options"]), {"code": code}),
        ("/login", say(client, "/passkey/begin", {}).json()["asking"], key.sign(of_login["options"]), {}),
        ("/login", "never-was", key.sign(of_login["options"]), {}),
    ):
        told = say(client, path, {"asking": asking, "credential": made, "device": "Bord"} | more)
        assert (told.status_code, told.json()["code"]) == (401, "too_old"), path


def test_a_challenge_for_another_passkey_is_of_the_login_that_asked(doors: Doors, settings: Settings) -> None:
    one, _ = entered(doors, settings)
    other, _ = entered(doors, settings, "admin", "Ane")
    begun = say(one, "/passkey/begin", {}).json()
    made = {"asking": begun["asking"], "credential": Authenticator(HOME).make(begun["options"]), "device": "Bord"}
    assert say(other, "/passkey", made).json()["code"] == "too_old"
    assert len(other.get("/api/v1/me").json()["passkeys"]) == 1


def test_an_answer_to_another_challenge_or_for_another_host_is_refused(doors: Doors, settings: Settings) -> None:
    _, key = entered(doors, settings)
    for change in ({"challenge": "AAAA"}, {"rpId": "evil.test"}):
        begun = say(doors(), "/login/begin", {}).json()
        signed = key.sign(begun["options"] | change)
        told = say(doors(), "/login", {"asking": begun["asking"], "credential": signed, "device": "Bord"})
        assert (told.status_code, told.json()["code"]) == (401, "wrong_passkey"), change


def test_a_challenge_holds_five_minutes() -> None:
    now = [0.0]
    challenges = Challenges(lambda: now[0])
    first, second = challenges.make("login")[0], challenges.make("login")[0]
    now[0] = HOLDS_S
    assert challenges.take(first, "login") is not None
    now[0] = HOLDS_S + 1
    assert challenges.take(second, "login") is None


def test_who_asks_for_challenges_without_end_pushes_out_their_own_and_nobody_elses() -> None:
    out: Out[int] = Out(600, most=50)
    mine = out.put(1, "192.0.2.1")
    first = out.put(2, "198.51.100.9")
    for number in range(500):
        out.put(number, "198.51.100.9")
    assert (out.take(mine), out.take(first)) == (1, None)


@given(
    credential=st.recursive(
        st.none() | st.booleans() | st.text(max_size=8), lambda c: st.dictionaries(st.text(max_size=6), c, max_size=4)
    )
)
@hypothesis(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_credential_of_anything_is_refused_in_words(doors: Doors, credential: Any) -> None:
    client = doors()
    begun = say(client, "/login/begin", {}).json()
    given = {"id": "AAAA", "rawId": "AAAA", "type": "public-key", "response": credential} if credential else credential
    told = say(client, "/login", {"asking": begun["asking"], "credential": given, "device": "Bord"})
    assert told.status_code in (401, 422, 429)
    assert told.json()["detail"]


# Passkeys


def test_no_more_passkeys_than_ten_are_kept_also_where_more_were_begun_at_once(
    doors: Doors, settings: Settings
) -> None:
    client, _ = entered(doors, settings)
    begun = [say(client, "/passkey/begin", {}).json() for _ in range(PASSKEYS_MOST + 2)]
    told = [
        say(
            client,
            "/passkey",
            {"asking": one["asking"], "credential": Authenticator(HOME).make(one["options"]), "device": "Nøgle"},
        )
        for one in begun
    ]
    assert [answer.status_code for answer in told] == [204] * (PASSKEYS_MOST - 1) + [422] * 3
    assert len(client.get("/api/v1/me").json()["passkeys"]) == PASSKEYS_MOST


def test_a_passkey_of_one_person_is_not_made_anothers(doors: Doors, settings: Settings) -> None:
    one, key = entered(doors, settings)
    other, _ = entered(doors, settings, "admin", "Ane")
    begun = say(other, "/passkey/begin", {}).json()
    made = {"asking": begun["asking"], "credential": key.make(begun["options"]), "device": "Bord"}
    assert say(other, "/passkey", made).json()["code"] == "wrong_passkey"
    client = doors()
    assert log_in(client, key).json()["id"] == one.get("/api/v1/me").json()["id"]


# Guesses


def test_one_answer_is_given_for_every_passkey_that_does_not_open(doors: Doors, settings: Settings) -> None:
    _, wrong = entered(doors, settings)
    _, ended = entered(doors, settings, "editor", "Jens")
    do(settings, "UPDATE person SET ended_on = '2026-01-01' WHERE name = 'Jens'")
    wrong.verified = False
    foreign = Authenticator(HOME)
    foreign.credential = wrong.credential
    told = [log_in(doors(), key) for key in (Authenticator(HOME), ended, wrong, foreign)]
    assert {answer.status_code for answer in told} == {401}
    assert len({answer.text for answer in told}) == 1
    assert len({tuple(sorted(name for name, _ in answer.headers.items())) for answer in told}) == 1


def test_nobody_is_asked_for_a_name_and_nobody_is_told_whose_passkeys_there_are(
    doors: Doors, settings: Settings
) -> None:
    empty = say(doors(), "/login/begin", {}).json()
    entered(doors, settings)
    known = say(doors(), "/login/begin", {}).json()
    assert known["options"].keys() == empty["options"].keys()
    assert not known["options"].get("allowCredentials")


def test_one_passkey_is_tried_ten_times_an_hour_from_wherever_it_is(
    doors: Doors, settings: Settings, app: Litestar
) -> None:
    _, key = entered(doors, settings)
    forged = Authenticator(HOME)
    forged.credential = key.credential
    for spelt in range(WRONG_MOST):
        client = doors()
        begun = say(client, "/login/begin", {}).json()
        signed = forged.sign(begun["options"])
        signed["id"] += "=" * (spelt % 3)  # the same, spelt otherwise
        told = say(client, "/login", {"asking": begun["asking"], "credential": signed, "device": "Bord"})
        assert told.status_code == 401
    assert log_in(doors(), forged).status_code == 429
    assert log_in(doors(), key).status_code == 429, "whoever it is that comes with its name"
    other, colleague = doors(), Authenticator(HOME)
    come(other, code_for(settings, "editor", "Jens"), colleague)
    assert log_in(doors(), colleague).status_code == 200, "a colleague behind the same address goes on"


def test_an_address_is_wrong_about_logins_sixty_times_an_hour(doors: Doors, settings: Settings, app: Litestar) -> None:
    for _ in range(WRONG_LOGINS):
        app.state.tries.wrong("login testclient", WRONG_LOGINS)
    assert log_in(doors(), Authenticator(HOME)).status_code == 429
    assert say(doors(), "/invitation/begin", {"code": CODE}).status_code == 404, "codes are counted by themselves"


def test_tries_are_let_go_of_when_their_hour_is_over() -> None:
    now = [0.0]
    tries = Tries(lambda: now[0])
    for _ in range(WRONG_MOST):
        tries.wrong("code 192.0.2.1")
    with pytest.raises(Refused, match="60 minutter"):
        tries.allow("code 192.0.2.1")
    tries.allow("code 192.0.2.2")
    now[0] = HOUR_S + 1
    tries.allow("code 192.0.2.1")
    assert tries.known() == 0
