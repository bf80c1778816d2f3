"""HEAD wherever GET is: the same status and headers, no body (RFC 9110 §9.3.2)."""

from collections.abc import Callable

import pytest
from litestar import Litestar
from litestar.testing import TestClient

Client = TestClient[Litestar]
PATHS = ["/", "/kort", "/live", "/ready", "/api/v1/sync/public", "/api/v1/packs", "/api/v1/openapi.json", "/sw.js"]
PATHS += [
    "/assets/main-abc123.js",
    "/nowhere",
    "/steder/findes-ikke",
    "/api/v1/sync/staff",
    "/api/v1/sync/public?since=x",
]


@pytest.mark.parametrize("path", PATHS)
def test_head_answers_as_get_does_without_the_body(client: Client, path: str) -> None:
    get, head = client.get(path), client.head(path)
    assert head.content == b""
    assert head.status_code == get.status_code
    assert dict(head.headers) == dict(get.headers)


def test_a_place_answers_head_and_so_does_its_old_address(client: Client, active_bench: Callable[..., str]) -> None:
    active_bench("Bænken ved åen")
    answer = client.head("/steder/baenken-ved-aaen")
    assert (answer.status_code, answer.content) == (200, b"")
    assert int(answer.headers["content-length"]) > 0


def test_head_is_no_way_to_write(client: Client) -> None:
    answer = client.head("/api/v1/ops")
    assert (answer.status_code, answer.headers["allow"]) == (405, "POST, OPTIONS")


def test_allow_names_head_beside_get(client: Client) -> None:
    assert set(client.post("/live").headers["allow"].split(", ")) == {"GET", "HEAD", "OPTIONS"}
