"""The demo on a server of its own, as a stranger on the net meets it. FUZZ_EXAMPLES: how much is tried of each (`python -m tests.fuzz`)."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from hypothesis import HealthCheck, settings

ROOT = Path(__file__).resolve().parent.parent.parent
READY_S = 120

MANY = settings(
    max_examples=int(os.environ.get("FUZZ_EXAMPLES", "700")),
    deadline=None,
    suppress_health_check=list(HealthCheck),
    database=None,
)
"""Stands above each test."""


@pytest.fixture(scope="package")
def url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where the server is; at the end it still answers, and said nothing of an error that it did not expect."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    data = tmp_path_factory.mktemp("fuzz")
    environment = {**os.environ, "PORT": str(port), "DATA_DIR": str(data / "data"), "DEMO": "1"}
    said = (data / "said").open("w+")
    server = subprocess.Popen(
        [sys.executable, "-m", "server", "run"],
        cwd=ROOT,
        env=environment,
        stdout=said,
        stderr=said,
        start_new_session=True,
    )
    at = f"http://127.0.0.1:{port}"
    try:
        _ready(server, at)
        yield at
        assert httpx.get(f"{at}/ready").status_code == 200
        said.seek(0)
        assert "unexpected" not in said.read()
    finally:
        os.killpg(server.pid, signal.SIGTERM)
        server.wait(20)
        said.close()


def _ready(server: "subprocess.Popen[bytes]", at: str) -> None:
    end = time.monotonic() + READY_S
    while True:
        assert server.poll() is None, f"the server ended with {server.returncode}"
        try:
            if httpx.get(f"{at}/ready").status_code == 200:
                return
        except httpx.TransportError:
            assert time.monotonic() < end, "the server did not become ready"
            time.sleep(0.1)


@pytest.fixture(scope="package")
def phone(url: str) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=url, headers={"origin": url}, timeout=30) as client:
        yield client
