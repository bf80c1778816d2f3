"""What the sender does with each answer, and whom it speaks to at all."""

import asyncio
import json
import socket
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from server.push import open_net, vapid
from server.push.open_net import ClosedAddress, OpenNet
from server.push.sender import Sender
from server.store.parcel import Parcel, Settled
from tests.server.push.reached import CONTACT, TAG, sender
from tests.server.push.standin import Phone, Say, StandIn, base64url

LONG: dict[str, Any] = json.loads((Path(__file__).parents[2] / "cases/push-long-notice.json").read_bytes())


def parcel(data_dir: Path, endpoint: str, phone: Phone, **more: Any) -> Parcel:
    origin = "/".join(endpoint.split("/")[:3])
    about, what, revision = TAG.split("/")
    told = {
        "delivery": 1, "device": 1, "tries": 0, "endpoint": endpoint, "origin": origin, "p256dh": phone.p256dh,
        "auth": base64url(phone.auth), "vapid": vapid.public_key(data_dir), "lang": "da", "message": 1, "about": about, "what": what,
        "revision": int(revision), "title": "Kaffe", "body": "I morgen.", "open": "/det-sker/kaffe#20260312", "urgency": "normal",
        "useful_until": datetime.now(UTC) + timedelta(hours=2),
    }  # fmt: skip
    return Parcel(**{**told, **more})


def told(data_dir: Path, *says: Say, **more: Any) -> tuple[Settled, Phone, StandIn]:
    """What becomes of one parcel, and what its phone saw."""
    with StandIn() as service:
        phone = service.phone(says)

        async def run() -> Settled:
            sends = sender(data_dir, service)
            try:
                return await sends.send(parcel(data_dir, service.endpoint(phone), phone, **more))
            finally:
                await sends.close()

        settled = asyncio.run(run())
    assert service.wrong == []
    return settled, phone, service


def seconds(settled: Settled) -> float:
    assert settled.again_at is not None
    return (settled.again_at - datetime.now(UTC)).total_seconds()


@pytest.mark.parametrize("status", [200, 201, 202, 204])
def test_taken_is_sent(data_dir: Path, status: int) -> None:
    settled, phone, _ = told(data_dir, status)
    assert (settled.outcome, settled.status, list(phone.shown)) == ("sent", status, [TAG])


@pytest.mark.parametrize("status", [404, 410])
def test_a_subscription_that_is_gone_is_told_as_gone(data_dir: Path, status: int) -> None:
    settled, _, _ = told(data_dir, status)
    assert (settled.outcome, settled.status) == ("gone", status)


def test_too_large_is_sent_once_more_and_shorter(data_dir: Path) -> None:
    settled, phone, service = told(data_dir, 413, title=LONG["title"], body=LONG["body"])
    assert (settled.outcome, service.asked) == ("sent", 2)
    assert phone.sizes[1] < phone.sizes[0] / 3
    (shown,) = phone.shown.values()
    assert shown["body"].endswith("…")


def test_too_large_twice_is_an_alarm_and_keeps_the_phone(data_dir: Path) -> None:
    settled, _, service = told(data_dir, 413, 413, 201)
    assert (settled.outcome, settled.status, service.asked) == ("refused", 413, 2)


@pytest.mark.parametrize("say", [500, 502, 503, "reset"])
def test_what_is_broken_is_tried_again_in_some_seconds_and_later_each_time(data_dir: Path, say: Say) -> None:
    settled, _, _ = told(data_dir, say)
    assert settled.outcome == "again"
    assert 4 < seconds(settled) <= 5.1
    third, _, _ = told(data_dir, say, tries=2)
    assert 44 < seconds(third) <= 45.1
    late, _, _ = told(data_dir, say, tries=40)
    assert 890 < seconds(late) <= 900.1


def test_a_push_service_that_says_how_long_is_believed(data_dir: Path) -> None:
    settled, _, _ = told(data_dir, (429, {"Retry-After": "120"}, ""))
    assert (settled.outcome, settled.status) == ("again", 429)
    assert 119 < seconds(settled) < 121


@pytest.mark.parametrize("status", [401, 403])
def test_where_we_are_not_believed_there_is_an_alarm_and_it_is_tried_again_with_another_token(
    data_dir: Path, status: int
) -> None:
    settled, _, _ = told(data_dir, (status, {}, '{"reason":"BadJwtToken"}'))
    assert (settled.outcome, settled.status, settled.reason) == ("alarm", status, "BadJwtToken")
    assert 590 < seconds(settled) <= 601
    last, _, _ = told(data_dir, status, tries=3)
    assert (last.outcome, last.reason) == ("refused", str(status))


def test_a_key_that_it_was_not_made_with_is_not_tried_again(data_dir: Path) -> None:
    settled, _, _ = told(data_dir, (400, {}, '{"reason":"VapidPkHashMismatch"}'))
    assert (settled.outcome, settled.status, settled.reason) == ("wrong_key", 400, "VapidPkHashMismatch")


def test_under_a_key_that_is_not_ours_nothing_is_asked(data_dir: Path) -> None:
    for key in ("", "B" + "A" * 86):
        settled, _, service = told(data_dir, vapid=key)
        assert (settled.outcome, settled.status, service.asked) == ("wrong_key", None, 0)


@pytest.mark.parametrize("status", [301, 302, 307, 308])
def test_a_redirect_is_not_followed(data_dir: Path, status: int) -> None:
    with StandIn() as other:
        elsewhere = other.endpoint(other.phone())
        settled, _, service = told(data_dir, (status, {"Location": elsewhere}, ""))
    assert (settled.outcome, settled.status, settled.reason) == ("alarm", status, "redirect")
    assert (service.asked, other.asked) == (1, 0)


def test_of_an_answer_without_end_four_kib_are_read(data_dir: Path) -> None:
    settled, _, _ = told(data_dir, "drip")
    assert (settled.outcome, settled.status) == ("again", 500)


def test_taken_is_sent_also_where_the_answer_never_ends(data_dir: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("server.push.sender.ANSWERS_S", 0.5)
    settled, phone, _ = told(data_dir, "stall")
    assert (settled.outcome, settled.status, list(phone.shown)) == ("sent", 201, [TAG])


def test_a_connection_is_used_again_also_where_a_push_service_says_something(data_dir: Path) -> None:
    with StandIn() as service:
        phone = service.phone(ever=(201, {}, '{"message":"taken"}'))

        async def run() -> None:
            sends = sender(data_dir, service)
            for _ in range(5):
                assert (await sends.send(parcel(data_dir, service.endpoint(phone), phone))).outcome == "sent"
            await sends.close()

        asyncio.run(run())
    assert (service.asked, len(service.connections)) == (5, 1)


def test_a_push_service_that_says_nothing_is_given_up(data_dir: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("server.push.sender.ANSWERS_S", 0.3)
    settled, _, _ = told(data_dir, "hang")
    assert (settled.outcome, settled.status, settled.reason) == ("again", None, "silent")


def test_what_is_said_of_it_is_on_every_push(data_dir: Path) -> None:
    _, phone, _ = told(data_dir, urgency="high")
    (headers,) = phone.headers
    assert 7190 <= int(headers["TTL"]) <= 7200
    assert headers["Urgency"] == "high"
    assert (len(headers["Topic"]), headers["Content-Encoding"]) == (22, "aes128gcm")
    assert "Cookie" not in headers
    assert "python" not in headers["User-Agent"].lower()


def test_a_phone_whose_language_has_no_words_gets_the_danish_ones(data_dir: Path) -> None:
    _, phone, _ = told(data_dir, lang="da")
    assert next(iter(phone.shown.values()))["lang"] == "da"


@pytest.mark.parametrize(
    "endpoint",
    [
        "http://127.0.0.1:{other}/x",
        "https://127.0.0.1:{port}/x",
        "http://kirsten@127.0.0.1:{port}/x",
        "https://localhost/x",
        "https://10.0.0.7/x",
        "https://push.fremmed.example/x",
        "https://fcm.googleapis.com:{port}/x",
    ],
)
def test_an_endpoint_that_settings_do_not_allow_is_asked_nothing(
    data_dir: Path, endpoint: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also one that was kept when they did."""
    asked: list[object] = []
    monkeypatch.setattr(asyncio.BaseEventLoop, "sock_connect", lambda *told: asked.append(told))
    monkeypatch.setattr(open_net, "_look_up", lambda *told: asked.append(told))
    with StandIn() as service, StandIn() as other:

        async def run() -> Settled:
            sends = sender(data_dir, service)
            phone = service.phone()
            to = endpoint.format(port=service.port, other=other.port)
            try:
                return await sends.send(parcel(data_dir, to, phone))
            finally:
                await sends.close()

        settled = asyncio.run(run())
    assert (settled.outcome, settled.reason) == ("refused", "not_allowed")
    assert (service.asked, other.asked, asked) == (0, 0, [])


Lookup = Callable[[str, int, socket.AddressFamily], Awaitable[list[tuple[socket.AddressFamily, str]]]]


def stub(*answers: list[str]) -> tuple[Lookup, list[str]]:
    """A resolver that says each of these in turn, the last one for ever; and what it was asked."""
    left, asked = list(answers), []

    async def look_up(host: str, port: int, family: socket.AddressFamily) -> list[tuple[socket.AddressFamily, str]]:
        asked.append(host)
        found = left.pop(0) if len(left) > 1 else left[0]
        return [(socket.AF_INET6 if ":" in address else socket.AF_INET, address) for address in found]

    return look_up, asked


@pytest.mark.parametrize(
    "addresses",
    [
        ["127.0.0.1"],
        ["10.0.0.7"],
        ["169.254.169.254"],
        ["100.64.0.1"],
        ["::1"],
        ["::ffff:127.0.0.1"],
        ["fe80::1"],
        ["142.250.74.106", "127.0.0.1"],
    ],
)
def test_a_known_name_that_leads_behind_the_door_is_not_connected_to(
    data_dir: Path, addresses: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    connected: list[object] = []
    monkeypatch.setattr(
        "aiohttp.connector.aiohappyeyeballs.start_connection", lambda *told, **_: connected.append(told)
    )
    look_up, asked = stub(addresses)

    async def run() -> Settled:
        sends = Sender(lambda: vapid.by_public(data_dir), contact=CONTACT, resolver=OpenNet(look_up))
        try:
            return await sends.send(parcel(data_dir, "https://fcm.googleapis.com/fcm/send/x", Phone("x")))
        finally:
            await sends.close()

    settled = asyncio.run(run())
    assert (settled.outcome, settled.status, settled.reason) == ("again", None, "closed_address")
    assert asked == ["fcm.googleapis.com"]
    assert connected == []


def test_exactly_the_address_that_was_looked_at_is_connected_to(
    data_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A name that stands for an open address when it is looked at, and for this machine when it is connected to."""
    connected: list[str] = []

    async def start(addr_infos: Any, **_: Any) -> socket.socket:
        connected.extend(info[4][0] for info in addr_infos)
        raise OSError("nobody there")

    monkeypatch.setattr("aiohttp.connector.aiohappyeyeballs.start_connection", start)
    look_up, asked = stub(["142.250.74.106"], ["127.0.0.1"])

    async def run() -> list[Settled]:
        sends = Sender(lambda: vapid.by_public(data_dir), contact=CONTACT, resolver=OpenNet(look_up))
        try:
            one = parcel(data_dir, "https://fcm.googleapis.com/fcm/send/x", Phone("x"))
            return [await sends.send(one) for _ in range(3)]
        finally:
            await sends.close()

    settled = asyncio.run(run())
    assert [one.outcome for one in settled] == ["again"] * 3
    assert set(connected) == {"142.250.74.106"}
    assert len(asked) >= 1


def test_a_closed_address_says_so() -> None:
    look_up, _ = stub(["127.0.0.1"])
    with pytest.raises(ClosedAddress):
        asyncio.run(OpenNet(look_up).resolve("fcm.googleapis.com", 443))


def test_without_a_contact_nothing_is_asked_of_a_push_service_of_others_and_it_waits(data_dir: Path) -> None:
    look_up, asked = stub(["142.250.74.106"])

    async def run() -> Settled:
        sends = Sender(lambda: vapid.by_public(data_dir), contact=None, resolver=OpenNet(look_up))
        try:
            return await sends.send(parcel(data_dir, "https://web.push.apple.com/x", Phone("x")))
        finally:
            await sends.close()

    settled = asyncio.run(run())
    assert (settled.outcome, settled.reason, asked) == ("again", "no_contact", [])


def test_no_address_of_a_phone_stands_in_what_an_error_would_print(data_dir: Path) -> None:
    one = parcel(data_dir, "https://fcm.googleapis.com/fcm/send/secret", Phone("x"))
    assert "secret" not in repr(Settled(one, "again"))
