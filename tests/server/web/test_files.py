"""Files as they leave: ranges by the table of RFC 9110 §14, names that are hashes, what is packed and what never is."""

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import brotli
import pytest
from litestar import Litestar
from litestar.testing import TestClient

from server.web import errors, files, guard

CASES = Path(__file__).resolve().parents[2] / "cases"
TABLE = json.loads((CASES / "range-requests.json").read_text(encoding="utf-8"))
PACK = (CASES / "pack-small.pmtiles").read_bytes()
SHA = hashlib.sha256(PACK).hexdigest()
Client = TestClient[Litestar]


@pytest.fixture
def client(tmp_path: Path) -> Iterator[Client]:
    (tmp_path / "packs").mkdir()
    (tmp_path / "packs" / f"{SHA}.pmtiles").write_bytes(PACK)
    (tmp_path / "packs" / "packs.json").write_text("{}", encoding="utf-8")
    (tmp_path / "keys").write_text("secret", encoding="utf-8")
    assets = tmp_path / "assets"
    assets.mkdir()
    (assets / "main-abc.js").write_bytes(b"let x = 1;" * 50)
    (assets / "main-abc.js.br").write_bytes(brotli.compress(b"let x = 1;" * 50))
    (assets / "font-abc.woff2").write_bytes(b"wOF2")
    app = Litestar(
        [
            files.mount("/packs", files.HashedFiles(tmp_path / "packs", r"[0-9a-f]{64}\.pmtiles")),
            files.mount("/assets", files.HashedFiles(assets, r"[A-Za-z0-9_.-]+", packed=True)),
        ],
        exception_handlers=errors.HANDLERS,
        before_send=[guard.carry],
        openapi_config=None,
    )
    with TestClient(app) as client:
        yield client


@pytest.mark.parametrize("case", TABLE["requests"], ids=lambda case: case["name"])
def test_a_pack_answers_each_row_of_the_table(client: Client, case: dict[str, Any]) -> None:
    asked = {"accept-encoding": "identity"} | {k.lower(): v for k, v in case["request"].items()}
    answer = client.request(case["method"], f"/packs/{SHA}.pmtiles", headers=asked)
    assert answer.status_code == case["status"]
    assert answer.headers.get("content-range") == case["content_range"]
    if case["body_bytes"] is not None:
        assert len(answer.content) == case["body_bytes"]
    if "content_length" in case:
        assert answer.headers["content-length"] == str(case["content_length"])
    assert "content-encoding" not in answer.headers
    if answer.status_code < 300:
        assert answer.headers["etag"] == TABLE["etag"]


@pytest.mark.parametrize(
    "odd",
    [
        "bytes=5-2",
        "bytes=0-1,4-5",
        "bytes=",
        "bytes=-",
        "bytes=a-b",
        "0-5",
        "bytes=0-" + "9" * 5000,
        "bytes=-" + "9" * 5000,
    ],
)
def test_a_range_that_is_none_gets_the_whole_file(client: Client, odd: str) -> None:
    answer = client.get(f"/packs/{SHA}.pmtiles", headers={"range": odd})
    assert (answer.status_code, answer.content) == (200, PACK)


@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_a_range_outside_the_file_is_a_problem_that_tells_its_length(client: Client, method: str) -> None:
    answer = client.request(method, f"/packs/{SHA}.pmtiles", headers={"range": f"bytes={len(PACK)}-"})
    assert answer.status_code == 416
    assert answer.headers["content-range"] == f"bytes */{len(PACK)}"
    assert answer.headers["content-type"] == errors.TYPE
    assert method == "HEAD" or answer.json()["code"] == "bad_range"


def test_a_pack_is_kept_for_ever_and_carries_the_security_headers(client: Client) -> None:
    answer = client.get(f"/packs/{SHA}.pmtiles")
    assert answer.headers["cache-control"] == files.IMMUTABLE
    assert answer.headers["content-type"] == "application/vnd.pmtiles"
    assert answer.headers["content-security-policy"] == guard.CSP
    assert answer.headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize(
    "path",
    [
        "/packs/packs.json",
        "/packs/../keys",
        "/packs/%2e%2e%2fkeys",
        "/packs/" + "0" * 64 + ".pmtiles",
        "/packs/",
        "/packs/a%00b",
    ],
)
def test_another_name_is_not_there_and_says_so_as_a_problem(client: Client, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 404
    assert answer.headers["content-type"] == errors.TYPE
    assert answer.json()["code"] == "not_found"


def test_a_method_that_is_none_is_a_problem_too(client: Client) -> None:
    answer = client.post(f"/packs/{SHA}.pmtiles")
    assert (answer.status_code, answer.json()["code"]) == (405, "method_not_allowed")


def test_code_leaves_packed_for_who_takes_it_and_plain_for_who_does_not(client: Client) -> None:
    packed = client.get("/assets/main-abc.js", headers={"accept-encoding": "gzip, br"})
    plain = client.get("/assets/main-abc.js", headers={"accept-encoding": "br;q=0"})
    assert packed.headers["content-encoding"] == "br"
    assert packed.headers["content-type"].startswith("text/javascript")
    assert packed.headers["vary"] == "accept-encoding"
    assert "content-encoding" not in plain.headers
    assert packed.content == plain.content
    assert packed.headers["etag"] != plain.headers["etag"]


def test_a_file_that_has_no_packed_twin_leaves_as_it_is(client: Client) -> None:
    assert "content-encoding" not in client.get("/assets/font-abc.woff2").headers
