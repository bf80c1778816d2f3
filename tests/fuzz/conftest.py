"""The demo on a server of its own, as a stranger on the net meets it. FUZZ_EXAMPLES: how much is tried of each (`python -m tests.fuzz`)."""

import os
from collections.abc import Iterator

import httpx
import pytest
from hypothesis import HealthCheck, settings

from tests.served import Server

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
    with Server(tmp_path_factory.mktemp("fuzz") / "data", {"DEMO": "1"}) as server:
        at = f"http://127.0.0.1:{server.ready().port}"
        yield at
        assert httpx.get(f"{at}/ready").status_code == 200
        assert "unexpected" not in server.said()


@pytest.fixture(scope="package")
def phone(url: str) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=url, headers={"origin": url}, timeout=30) as client:
        yield client
