"""/metrics: numbers for a program that looks after the server, told to nobody else."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest
from litestar import Litestar
from litestar.testing import TestClient

from server.app import create_app
from server.settings import Settings
from server.store import parcel
from server.store.database import local
from server.store.parcel import Settled
from tests.server.push.reached import now, reach, tell
from tests.server.push.standin import StandIn

TOKEN = "hemmeligt-og-langt-nok-1234"


class From:
    """The app as somebody at this address reaches it."""

    def __init__(self, app: Litestar, address: str) -> None:
        self.app, self.address = app, address

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] == "http":
            scope = {**scope, "client": (self.address, 4711)}
        await self.app(scope, receive, send)


@pytest.fixture
def at(settings: Settings, app_dir: Path) -> Iterator[Any]:
    app = create_app(msgspec.structs.replace(settings, trusted_proxies=("127.0.0.1",)), app_dir)
    with TestClient(app) as client:
        yield lambda address: TestClient(From(app, address), raise_server_exceptions=True) if address else client


@pytest.mark.parametrize("address", ["127.0.0.1", "::1"])
def test_a_program_of_the_machine_is_answered(at: Any, address: str) -> None:
    answer = at(address).get("/metrics")
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("text/plain")
    assert answer.headers["cache-control"] == "no-store"
    assert "moede_push_phones 0.0" in answer.text
    assert 'moede_push_waiting{when="due"} 0.0' in answer.text


@pytest.mark.parametrize(
    ("address", "headers"),
    [
        ("10.0.0.7", {}),
        ("203.0.113.7", {}),
        ("127.0.0.1", {"x-forwarded-for": "203.0.113.7"}),
        ("127.0.0.1", {"x-forwarded-for": "127.0.0.1"}),
        ("127.0.0.1", {"forwarded": "for=127.0.0.1"}),
        ("127.0.0.1", {"via": "1.1 caddy"}),
        ("testclient", {}),
        ("10.0.0.7", {"authorization": "Bearer "}),
        ("10.0.0.7", {"authorization": f"Bearer {TOKEN}x"}),
        ("10.0.0.7", {"authorization": TOKEN}),
    ],
)
def test_nobody_else_is_but_by_the_token(at: Any, settings: Settings, address: str, headers: dict[str, str]) -> None:
    file = settings.data_dir / "keys/metrics_token"
    file.parent.mkdir(exist_ok=True)
    file.write_text(f"{TOKEN}\n")
    file.chmod(0o600)
    client = at(address)
    answer = client.get("/metrics", headers=headers)
    assert (answer.status_code, answer.json()["code"]) == (403, "forbidden")
    assert "moede_" not in answer.text
    assert client.get("/metrics", headers={**headers, "authorization": f"Bearer {TOKEN}"}).status_code == 200


def test_a_token_that_others_can_read_or_that_is_short_opens_nothing(at: Any, settings: Settings) -> None:
    file = settings.data_dir / "keys/metrics_token"
    file.parent.mkdir(exist_ok=True)
    for token, mode in ((TOKEN, 0o640), ("kort", 0o600), ("", 0o600)):
        file.write_text(token)
        file.chmod(mode)
        assert at("10.0.0.7").get("/metrics", headers={"authorization": f"Bearer {token}"}).status_code == 403


def test_what_waits_and_what_is_refused_is_told_by_push_service_and_no_phone_can_be_known(
    at: Any, settings: Settings
) -> None:
    service = StandIn(port=4711)
    phones = [service.phone() for _ in range(3)]
    with local(settings.data_dir) as tx:
        rows = reach(tx, settings.data_dir, service, phones)
        tell(tx, rows, useful=7200)
        first, second, _ = parcel.take(tx, now(), 10)
        parcel.settle(tx, [Settled(first, "alarm", 403, reason="BadJwtToken"), Settled(second, "gone", 410)], now())
    told = at("127.0.0.1").get("/metrics").text
    assert "moede_push_phones 2.0" in told
    assert 'moede_push_alarm_phones{reason="BadJwtToken",service="other",status="403"} 1.0' in told
    for phone in phones:
        assert phone.token not in told
        assert phone.p256dh not in told
