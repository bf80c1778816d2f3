"""A server with Caddy in front, as deploy/ has it, both on loopback; without TLS, since nobody gives 127.0.0.1 a certificate."""

import hashlib
import http.client
import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import uuid_utils

from server import local
from server.model.place import FIVE
from server.prepare import prepare
from server.settings import Settings
from server.store import blobs, database
from tests.served import ROOT, Process, Server, free_port, listens
from tests.server.web.conftest import lines, op

CASES = ROOT / "tests" / "cases"
PACK = CASES / "pack-small.pmtiles"
PACK_PATH = f"/packs/{hashlib.sha256(PACK.read_bytes()).hexdigest()}.pmtiles"
PICTURE = "a" * 64
MEDIA_PATH = f"/media/{PICTURE}-320.webp"
ADDRESS = "127.0.0.7" if sys.platform == "linux" else "127.0.0.1"
"""Where the client of a request comes from, so that it can be told from all else of this machine."""


class Answer:
    """What came back, nothing unpacked. Names of headers are lower case."""

    def __init__(self, response: http.client.HTTPResponse) -> None:
        self.status, self.body = response.status, response.read()
        self.headers = {name.lower(): value for name, value in response.getheaders()}


def ask(
    port: int, path: str, headers: dict[str, str] | None = None, *, method: str = "GET", body: bytes | None = None
) -> Answer:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30, source_address=(ADDRESS, 0))
    try:
        connection.request(method, path, body, {"Accept-Encoding": "identity", **(headers or {})})
        return Answer(connection.getresponse())
    finally:
        connection.close()


@contextmanager
def caddy(folder: Path, data: Path, upstream: int, file: Path = ROOT / "deploy" / "Caddyfile") -> Iterator[int]:
    """Caddy by deploy/Caddyfile; the port it listens on. What it says is in folder/caddy.log."""
    if shutil.which("caddy") is None:
        pytest.skip("caddy is not here (apt-get install caddy)")
    port = free_port()
    folder.mkdir(exist_ok=True)
    env = {
        "PATH": os.environ["PATH"], "HOME": str(folder), "MOEDE_SITE": f"http://127.0.0.1:{port}",
        "MOEDE_UPSTREAM": f"127.0.0.1:{upstream}", "MOEDE_DATA": str(data), "MOEDE_CADDY_ADMIN": "off",
    }  # fmt: skip
    process = Process("caddy", "run", "--config", file, "--adapter", "caddyfile", env=env)
    try:
        process.until("caddy", lambda: listens(port))
        yield port
    finally:
        process.stop()
        (folder / "caddy.log").write_text(process.said(), encoding="utf-8")


@pytest.fixture(scope="session")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("deploy") / "data"
    prepare(folder, code="376", name="Guldborgsund Kommune")
    (folder / "packs").mkdir()
    shutil.copy(PACK, folder / PACK_PATH[1:])
    (folder / "media").mkdir()
    (folder / MEDIA_PATH[1:]).write_bytes(b"RIFF" + b"x" * 4000)
    _named(folder)
    return folder


def _named(folder: Path) -> None:
    """A public place has the picture: what none names does not stay where everybody reads."""
    with database.local(folder) as tx:
        blobs.put(tx, PICTURE, "picture", 4004, blobs.Picture(320, 240), datetime.now(UTC))
    id = str(uuid_utils.uuid7())
    fields: dict[str, Any] = {name: {"da": f"Om {name}."} for name in FIVE}
    photo = {"sha256": PICTURE, "w": 320, "h": 240, "alt": {"da": "En bænk"}, "credit": ""}
    fields |= {"form": "spot", "name": {"da": "Bænken"}, "point": [11.87, 54.77], "photos": [photo]}
    ops = [op("save_place", "place", id, {"set": fields})]
    ops += [op("move_state", "place", id, {"to": to}) for to in ("developing", "active")]
    replies = local.send(Settings(data_dir=folder), lines(*ops))
    assert all(b'"status":"applied"' in reply for reply in replies), replies


@pytest.fixture(scope="session")
def alone(data: Path) -> Iterator[int]:
    """The port of the server alone."""
    with Server(data, {"MOEDE_TRUSTED_PROXIES": "127.0.0.1", "MOEDE_OPS_AN_HOUR": "5"}) as server:
        yield server.ready().port


@pytest.fixture(scope="session")
def behind(alone: int, data: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """The port of Caddy in front of it."""
    with caddy(tmp_path_factory.mktemp("caddy"), data, alone) as port:
        yield port
