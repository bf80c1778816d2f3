"""What another site's page can make a browser send, with the session of whoever sits there."""

from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
from litestar import Litestar

from server.app import create_app
from server.settings import Settings
from tests.server.login import browsers
from tests.server.login.browsers import HOME, Doors, do, entered, line

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


EVIL: dict[str, dict[str, str]] = {
    "another host": {"origin": "https://evil.test"},
    "a host that begins alike": {"origin": f"{HOME}.evil.test"},
    "a host below ours": {"origin": "https://x.moedesteder.test"},
    "our host without https": {"origin": "http://moedesteder.test"},
    "our host at another port": {"origin": f"{HOME}:8443"},
    "no origin that can be told": {"origin": "null"},
    "an empty origin": {"origin": ""},
    "what the browser calls another site": {"origin": HOME, "sec-fetch-site": "cross-site"},
    "what the browser calls a neighbour": {"origin": HOME, "sec-fetch-site": "same-site"},
    "no origin at all": {},
}


def writes(app: Litestar) -> list[tuple[str, str]]:
    """Every address that takes what is sent."""
    found = set()
    for route in app.routes:
        for handler in getattr(route, "route_handlers", ()):
            found |= {(method, route.path) for method in handler.http_methods & {"POST", "PUT", "PATCH", "DELETE"}}
    return sorted(found)


@pytest.mark.parametrize("how", EVIL)
def test_another_site_writes_nothing_with_somebodys_session(
    app: Litestar, doors: Doors, settings: Settings, how: str
) -> None:
    client, _ = entered(doors, settings, "admin")
    assert len(writes(app)) >= 13
    for method, path in writes(app):
        is_lines = path == "/api/v1/ops"
        body = line("save_place", "place", PLACE, BENCH) if is_lines else b"{}"
        kind = "application/x-ndjson" if is_lines else "application/json"
        answer = client.request(
            method, path.replace("{sha256:str}", "a" * 64), content=body, headers={"content-type": kind} | EVIL[how]
        )
        assert (answer.status_code, answer.json()["code"]) == (403, "foreign_origin"), path
    assert client.get("/api/v1/me").status_code == 200, "not even logged out"
    assert do(settings, "SELECT count(*) FROM inbox WHERE id NOT IN (SELECT op FROM audit WHERE op IS NOT NULL)") == [
        (0,)
    ]


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data", ""])
def test_what_a_form_of_another_site_can_send_is_of_another_type(
    app: Litestar, doors: Doors, settings: Settings, kind: str
) -> None:
    client, _ = entered(doors, settings, "admin")
    for method, path in writes(app):
        if method == "POST":
            answer = client.post(path, content=b"{}", headers={"content-type": kind, "origin": HOME})
            assert answer.status_code == 415, path


def test_nothing_is_changed_by_a_get(app: Litestar) -> None:
    for method, path in writes(app):
        assert method in ("POST", "PUT"), path
    for path in ("/api/v1/logout", "/api/v1/invitation", "/api/v1/passkey"):
        assert not any(path == route.path and "GET" in str(getattr(route, "methods", "")) for route in app.routes)
