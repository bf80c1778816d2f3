"""What holds for all routes at once: each states its right, each answer carries the headers, each error is a problem."""

import sqlite3
from pathlib import Path

import pytest
from litestar import Litestar
from litestar.testing import TestClient

from server.app import create_app
from server.settings import Settings
from server.web import guard

Client = TestClient[Litestar]


def test_every_route_states_the_right_and_the_credential_that_it_needs(settings: Settings, app_dir: Path) -> None:
    app = create_app(settings, app_dir)
    silent = []
    for route in app.routes:
        for handler in getattr(route, "route_handlers", None) or [route.route_handler]:  # type: ignore[union-attr]
            if getattr(handler, "http_methods", set()) == {"OPTIONS"}:
                continue  # Litestar's own: it says which methods there are, and does nothing
            if not guard.states_a_right(handler.opt):
                silent.append(f"{route.path} {handler.handler_name}")
    assert silent == []


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/kort",
        "/live",
        "/ready",
        "/api/v1/sync/public",
        "/api/v1/packs",
        "/sw.js",
        "/nowhere",
        "/assets/main-abc123.js",
    ],
)
def test_every_answer_carries_the_security_headers(client: Client, path: str) -> None:
    headers = client.get(path).headers
    for name, value in guard.HEADERS:
        assert headers[name.decode()] == value.decode()


def test_the_policy_has_no_inline_and_no_other_host() -> None:
    assert "unsafe" not in guard.CSP
    assert "http" not in guard.CSP
    assert "*" not in guard.CSP


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [("GET", "/nowhere", 404), ("GET", "/api/v1/nothing", 404), ("POST", "/", 405), ("DELETE", "/api/v1/ops", 405)],
)
def test_every_error_is_a_problem_document_with_a_code(client: Client, method: str, path: str, status: int) -> None:
    answer = client.request(method, path)
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["code"]
    assert answer.headers["cache-control"] == "no-store"


def test_the_app_itself_is_asked_for_anew_and_its_assets_are_kept_for_ever(client: Client) -> None:
    assert client.get("/").headers["cache-control"] == "no-cache"
    assert client.get("/sw.js").headers["cache-control"] == "no-cache"
    assert "immutable" in client.get("/assets/main-abc123.js").headers["cache-control"]
    tag = client.get("/sw.js").headers["etag"]
    assert client.get("/sw.js", headers={"if-none-match": tag}).status_code == 304


def test_without_a_map_the_list_of_packs_is_empty(client: Client) -> None:
    assert client.get("/api/v1/packs").json() == {"packs": []}


def test_what_is_built_is_served_at_its_own_type(client: Client) -> None:
    assert client.get("/manifest.webmanifest").headers["content-type"].startswith("application/manifest+json")
    assert client.get("/sw.js").headers["content-type"].startswith("text/javascript")


def test_ready_is_a_503_while_somebody_else_holds_the_database(client: Client, settings: Settings) -> None:
    other = sqlite3.connect(settings.data_dir / "moedesteder.db", isolation_level=None)
    try:
        other.execute("BEGIN IMMEDIATE")
        answer = client.get("/ready")
        assert (answer.status_code, answer.json()["code"]) == (503, "busy")
        assert int(answer.headers["retry-after"]) > 0
    finally:
        other.rollback()
        other.close()
    assert client.get("/ready").status_code == 200
