"""A server with Caddy in front, as deploy/ has it, both on loopback; without TLS, since nobody gives 127.0.0.1 a certificate."""

import hashlib
import http.client
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from server.prepare import prepare
from server.web.built import NotBuilt, app_dir

ROOT = Path(__file__).resolve().parents[2]
CASES = ROOT / "tests" / "cases"
PACK = CASES / "pack-small.pmtiles"
PACK_PATH = f"/packs/{hashlib.sha256(PACK.read_bytes()).hexdigest()}.pmtiles"
MEDIA_PATH = f"/media/{'a' * 64}-320.webp"
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


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def until(what: str, process: "subprocess.Popen[bytes]", there: Callable[[], bool]) -> None:
    end = time.monotonic() + 30
    while not there():
        if process.poll() is not None:
            raise AssertionError(f"{what} ended with {process.returncode}")
        if time.monotonic() > end:
            raise AssertionError(f"waited 30 s for {what}")
        time.sleep(0.05)


def listens(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


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
    with (folder / "caddy.log").open("wb") as log:
        process = subprocess.Popen(
            ["caddy", "run", "--config", file, "--adapter", "caddyfile"],
            env=env, stdout=log, stderr=log,
        )  # fmt: skip
    try:
        until("caddy", process, lambda: listens(port))
        yield port
    finally:
        process.terminate()
        try:
            process.wait(15)
        finally:
            process.kill()
            process.wait()


@pytest.fixture(scope="session")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("deploy") / "data"
    prepare(folder, code="376", name="Guldborgsund Kommune")
    (folder / "packs").mkdir()
    shutil.copy(PACK, folder / PACK_PATH[1:])
    (folder / "media").mkdir()
    (folder / MEDIA_PATH[1:]).write_bytes(b"RIFF" + b"x" * 4000)
    return folder


@pytest.fixture(scope="session")
def alone(data: Path) -> Iterator[int]:
    """The port of the server alone."""
    try:
        app_dir()
    except NotBuilt as missing:
        pytest.fail(str(missing))
    port = free_port()
    env = {
        **os.environ, "PORT": str(port), "DATA_DIR": str(data), "DEMO": "0",
        "MOEDE_TRUSTED_PROXIES": "127.0.0.1", "MOEDE_OPS_AN_HOUR": "5",
    }  # fmt: skip
    process = subprocess.Popen(
        [sys.executable, "-m", "server", "run"],
        cwd=ROOT, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        until("the server", process, lambda: listens(port))
        yield port
    finally:
        process.terminate()
        process.wait(10)


@pytest.fixture(scope="session")
def behind(alone: int, data: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """The port of Caddy in front of it."""
    with caddy(tmp_path_factory.mktemp("caddy"), data, alone) as port:
        yield port
