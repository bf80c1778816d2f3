"""Before a map is opened: what stands at the app's addresses, who sees the app all the same, and what is asked without cookies."""

import base64
import hashlib
import json
import secrets
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec
import pytest
from litestar import Litestar
from litestar.testing import TestClient

from server import local
from server.app import create_app
from server.invite import invite
from server.model.site import BEGINS
from server.settings import Settings
from server.store.database import file_of
from server.web import soon, words
from server.web.launch import COOKIE
from tests.server.login.authenticator import Authenticator
from tests.server.login.browsers import HOME, code_for, come
from tests.server.web.conftest import lines, op

Client = TestClient[Litestar]
PAGES = [
    "/",
    "/kort",
    "/hjaelp",
    "/gemt",
    "/steder/baenken-ved-aaen",
    "/steder/findes-ikke",
    "/ruter/x",
    "/steder/x/fejl",
]


@pytest.fixture
def closed(settings: Settings) -> Settings:
    """A DATA_DIR as a municipality begins with it."""
    begun = msgspec.to_builtins(BEGINS)
    with sqlite3.connect(file_of(settings.data_dir)) as tx:  # as prepare writes it; no verb shuts what is open
        tx.execute("UPDATE site SET body = json_set(body, '$.launch', json(?))", [json.dumps(begun)])
    tx.close()
    save(settings, help=[{"what": "municipality", "name": {"da": "Ring til os"}, "phone": "54 73 10 00"}])
    return settings


@pytest.fixture
def client(closed: Settings, app_dir: Path) -> Iterator[Client]:
    with TestClient(create_app(closed, app_dir), base_url=HOME) as client:
        yield client


def save(settings: Settings, **given: object) -> None:
    reply = local.send(settings, lines(op("save_settings", "settings", "site", {"set": given})))[0]
    assert b'"applied"' in reply, reply


def trial(settings: Settings) -> str:
    """The code of a trial that has begun."""
    code = secrets.token_urlsafe(32)
    args = {"code_sha256": hashlib.sha256(code.encode()).hexdigest()}
    assert b'"applied"' in local.send(settings, lines(op("open_trial", "settings", "site", args)))[0]
    return code


def tap(client: Client, code: str, **headers: str) -> int:
    answer = client.post("/api/v1/trial", json={"code": code}, headers={"origin": HOME, **headers})
    return answer.status_code


@pytest.mark.parametrize("path", PAGES)
def test_every_page_of_the_app_says_that_it_opens_soon_and_whom_to_ring(
    client: Client, active_bench: Callable[..., str], path: str
) -> None:
    active_bench("Bænken ved åen")
    answer = client.get(path, headers={"sec-fetch-mode": "navigate"})
    assert (answer.status_code, answer.headers["x-robots-tag"]) == (200, "noindex")
    assert answer.headers["cache-control"] == "no-store"
    for word in ("Mødesteder åbner snart", 'href="tel:54731000"', 'href="tel:112"', "Guldborgsund Kommune"):
        assert word in answer.text
    for word in ("Bænken", "<script", 'aria-label="Mødesteder"'):
        assert word not in answer.text


def test_a_program_that_names_no_mode_is_a_visitor(client: Client) -> None:
    assert "åbner snart" in client.get("/").text


@pytest.mark.parametrize(("language", "says"), [("en-GB", "opens soon"), ("de", "öffnet bald"), ("fr", "åbner snart")])
def test_it_says_so_in_the_language_of_the_browser(client: Client, language: str, says: str) -> None:
    answer = client.get("/", headers={"accept-language": language})
    assert says in answer.text
    assert "accept-language" in answer.headers["vary"]


def test_the_words_are_there_in_all_languages() -> None:
    assert soon.SOON.keys() == {"da", *words.OTHERS}
    assert len({frozenset(said) for said in soon.SOON.values()}) == 1


def test_the_desk_the_login_and_the_list_itself_are_there(client: Client, active_bench: Callable[..., str]) -> None:
    active_bench("Bænken ved åen")
    assert "åbner snart" not in client.get("/desk").text + client.get("/login").text
    assert "Bænken ved åen" in client.get("/api/v1/sync/public").text, "no secret"


def test_a_tap_on_the_link_opens_the_app_and_every_page_says_that_it_is_a_trial(
    client: Client, closed: Settings, active_bench: Callable[..., str]
) -> None:
    active_bench("Bænken ved åen")
    code = trial(closed)
    page = client.get("/proeve")
    assert "Åbn prøven" in page.text
    assert '<script src="/proeve.js" defer></script>' in page.text
    assert "åbner snart" in client.get("/").text, "a GET uses nothing up, and opens nothing"
    assert tap(client, code) == 204
    text = client.get("/").text
    assert "Bænken ved åen" in text
    assert "Mødesteder er ikke åbnet endnu." in text
    assert "ikke åbnet endnu" in client.get("/steder/baenken-ved-aaen").text


def test_the_cookie_is_the_browsers_own_and_comes_along_from_a_mail(client: Client, closed: Settings) -> None:
    answer = client.post("/api/v1/trial", json={"code": trial(closed)}, headers={"origin": HOME})
    told = answer.headers["set-cookie"].lower()
    assert told.startswith(COOKIE.lower())
    for part in ("httponly", "secure", "samesite=lax", "path=/"):
        assert part in told
    assert "domain" not in told


def test_several_people_use_one_link(client: Client, closed: Settings, app_dir: Path) -> None:
    code = trial(closed)
    assert [tap(client, code), tap(client, code)] == [204, 204]
    other = TestClient(client.app, base_url=HOME)
    other.blocking_portal = client.blocking_portal
    assert tap(other, code) == 204


def test_the_code_is_kept_as_its_hash_alone(client: Client, closed: Settings) -> None:
    code = trial(closed)
    with sqlite3.connect(file_of(closed.data_dir)) as tx:
        rows = tx.execute("SELECT sha256 FROM trial").fetchall()
    tx.close()
    assert rows == [(hashlib.sha256(code.encode()).digest(),)]


@pytest.mark.parametrize("end", [{"state": "closed"}, None])
def test_a_trial_that_was_ended_or_has_another_link_opens_nothing_more(
    client: Client, closed: Settings, end: dict[str, str] | None
) -> None:
    code = trial(closed)
    assert tap(client, code) == 204
    if end:
        save(closed, launch=end)
    else:
        trial(closed)
    assert "åbner snart" in client.get("/").text
    assert tap(client, code) == 404


def test_once_it_is_open_everybody_sees_it_and_an_old_link_leads_there(
    client: Client, closed: Settings, active_bench: Callable[..., str]
) -> None:
    active_bench("Bænken ved åen")
    code = trial(closed)
    save(closed, launch={"state": "open", "needed": 1})
    text = client.get("/").text
    assert "Bænken ved åen" in text
    assert "ikke åbnet endnu" not in text
    moved = client.get("/proeve", follow_redirects=False)
    assert (moved.status_code, moved.headers["location"]) == (303, "/")
    answer = client.post("/api/v1/trial", json={"code": code}, headers={"origin": HOME})
    assert (answer.status_code, "set-cookie" in answer.headers) == (204, False)


def test_who_works_with_the_map_sees_it(client: Client, closed: Settings) -> None:
    come(client, code_for(closed, "admin"), Authenticator(HOME))
    assert "åbner snart" not in client.get("/").text
    client.post("/api/v1/logout", json={}, headers={"origin": HOME})
    assert "åbner snart" in client.get("/").text


@pytest.mark.parametrize("cookie", ["", "x", "a" * 43, "æøå"])
def test_a_cookie_of_ones_own_making_opens_nothing(client: Client, closed: Settings, cookie: str) -> None:
    trial(closed)
    raw = f"{COOKIE}={cookie}".encode()
    answer = client.get("/", headers=[(b"cookie", raw)])
    assert "åbner snart" in answer.text


def test_the_service_worker_keeps_the_app_of_a_trial_though_it_asks_without_cookies(
    client: Client, closed: Settings
) -> None:
    trial(closed)
    kept = client.get("/hjaelp", headers={"sec-fetch-mode": "cors"}).text
    assert "åbner snart" not in kept
    assert "<div id=app>" in kept


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"{", 422),
        (b'{"code":1}', 422),
        (b'{"code":"short"}', 422),
        (json.dumps({"code": "a" * 44}).encode(), 422),
        (json.dumps({"code": "a" * 43, "more": 1}).encode(), 422),
        (b'{"code":"' + b"a" * 20_000 + b'"}', 413),
        (json.dumps({"code": base64.urlsafe_b64encode(bytes(32)).decode().rstrip("=")}).encode(), 404),
    ],
)
def test_what_is_no_code_is_refused_in_words(client: Client, closed: Settings, body: bytes, status: int) -> None:
    trial(closed)
    answer = client.post("/api/v1/trial", content=body, headers={"content-type": "application/json", "origin": HOME})
    assert answer.status_code == status
    assert answer.json()["detail"]
    assert "set-cookie" not in answer.headers


def test_another_site_can_not_open_it_for_somebody(client: Client, closed: Settings) -> None:
    code = trial(closed)
    assert tap(client, code, origin="https://evil.example") == 403
    assert tap(client, code, **{"sec-fetch-site": "cross-site"}) == 403


def test_search_engines_wait_until_it_is_open(client: Client, closed: Settings) -> None:
    assert "Disallow: /\n" in client.get("/robots.txt").text
    for path in ("/feeds", "/feeds/places.csv"):
        assert client.get(path).headers["x-robots-tag"] == "noindex"
    save(closed, launch={"state": "open", "needed": 0})
    assert client.get("/robots.txt").text == "User-agent: *\nDisallow:\n"
    for path in ("/", "/feeds", "/feeds/places.csv"):
        assert "x-robots-tag" not in client.get(path).headers


def test_an_invitation_is_used_before_the_map_is_open(client: Client, closed: Settings) -> None:
    link, _ = invite(closed, "admin", "Kirsten")
    assert "/invite#" in link
    assert client.get("/invite").status_code == 200


def test_a_head_is_answered_as_the_page_would_be(client: Client) -> None:
    answer = client.head("/")
    assert (answer.status_code, answer.text, answer.headers["x-robots-tag"]) == (200, "", "noindex")
