"""save_push at the door, as a browser posts it: a phone says where it is reached, and nobody has us speak to an address of theirs."""

import asyncio
import base64
import json
import os
import socket
from pathlib import Path
from typing import Any

import pytest

from server.push import vapid
from server.settings import Settings
from server.store.database import local
from tests.server.web.conftest import Client, lines, op

CASES: list[dict[str, Any]] = json.loads((Path(__file__).parents[2] / "cases/push-subscriptions.json").read_bytes())


class Phone:
    """A phone with a secret of its own at the door of a server."""

    def __init__(self, client: Client) -> None:
        self._client = client
        secret = base64.urlsafe_b64encode(os.urandom(32)).rstrip(b"=").decode()
        self._headers = {"authorization": f"Device {secret}", "content-type": "application/x-ndjson"}

    def saves(self, **args: Any) -> dict[str, Any]:
        """What it is answered when it says where it is reached."""
        sent = op("save_push", "device", "mine", args)
        answer = self._client.post("/api/v1/ops", content=lines(sent), headers=self._headers)
        assert answer.status_code == 200, answer.text
        reply: dict[str, Any] = answer.json()["results"][0]
        return reply

    def mine(self) -> dict[str, Any]:
        found: dict[str, Any] = self._client.get("/api/v1/mine", headers=self._headers).json()
        return found


def kept(settings: Settings) -> list[tuple[str, str, str]]:
    with local(settings.data_dir) as tx:
        found: list[tuple[str, str, str]] = tx.execute("SELECT endpoint, p256dh, auth FROM push").fetchall()
    return found


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """Whom the process looked up or connected to."""
    found: list[object] = []

    def look_up(*told: object, **_: object) -> list[object]:
        found.append(told)
        raise OSError("nobody is to be asked")

    async def connect(*told: object, **_: object) -> None:
        found.append(told)
        raise OSError("nobody is to be asked")

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    monkeypatch.setattr(asyncio.BaseEventLoop, "create_connection", connect)
    return found


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_each_subscription_of_the_cases_is_kept_or_refused_in_danish_and_nobody_is_asked(
    client: Client, settings: Settings, asked: list[object], case: dict[str, Any]
) -> None:
    body, phone = case["body"], Phone(client)
    keys = body.get("keys", {})
    args = {"endpoint": body["endpoint"], **keys, "key": vapid.public_key(settings.data_dir), "lang": "da"}
    reply = phone.saves(**args)
    assert asked == []
    if case["expect"] == "accept":
        assert (reply["status"], reply["result"]) == ("applied", {"push": True})
        ((endpoint, p256dh, auth),) = kept(settings)
        assert endpoint == body["endpoint"]
        assert not set("+/=") & set(p256dh + auth)
        assert phone.mine()["push"] is True
        assert body["endpoint"] not in json.dumps(phone.mine())
        return
    assert reply["status"] == "refused"
    assert reply["code"] in ("invalid", "too_long")
    assert reply["at"].startswith("/args/")
    assert len(reply["detail"]) > 10
    assert kept(settings) == []


@pytest.mark.parametrize(
    "endpoint",
    [
        "http://127.0.0.1:8000/live",
        "https://127.0.0.1/x",
        "https://[::1]/x",
        "https://169.254.169.254/latest",
        "https://kirsten@fcm.googleapis.com/x",
        "https://fcm.googleapis.com:8443/x",
        "https://fcm.googleapis.com./x",
        "https://fcm.googleapis.com#@127.0.0.1/x",
        "https://fcm.googleapis.com\\@127.0.0.1/x",
        "https://ｆcm.googleapis.com/x",
        "file:///etc/passwd",
        "https://fcm.googleapis.com/x\r\nHost: 127.0.0.1",
    ],
)
def test_a_hostile_endpoint_is_refused_with_words_and_nobody_is_asked(
    client: Client, settings: Settings, asked: list[object], endpoint: str
) -> None:
    keys = CASES[0]["body"]["keys"]
    reply = Phone(client).saves(endpoint=endpoint, **keys, key=vapid.public_key(settings.data_dir))
    assert (reply["status"], reply["code"], reply["at"]) == ("refused", "invalid", "/args/endpoint")
    assert reply["detail"].startswith("Adressen ")
    assert (kept(settings), asked) == ([], [])


def test_a_subscription_under_a_key_that_is_not_ours_is_refused_and_the_present_one_is_told(
    client: Client, settings: Settings
) -> None:
    body, phone = CASES[0]["body"], Phone(client)
    reply = phone.saves(endpoint=body["endpoint"], **body["keys"], key="B" + "A" * 86)
    assert (reply["status"], reply["code"], reply["at"]) == ("refused", "invalid", "/args/key")
    old = vapid.public_key(settings.data_dir)
    assert phone.saves(endpoint=body["endpoint"], **body["keys"], key=old)["status"] == "applied"
    new = vapid.rotate(settings.data_dir).public
    mine = phone.mine()
    assert (mine["vapid_key"], mine["push_key"]) == (new, old)
    assert phone.saves(endpoint=body["endpoint"] + "2", **body["keys"], key=new)["status"] == "applied"
    assert phone.mine()["push_key"] == new
