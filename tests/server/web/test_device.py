"""A phone without a name at the door: known by its secret alone, counted, forgotten; and what it may read is its own."""

import base64
import json
import logging
import os
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, generate_private_key
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from litestar.testing import TestClient

from server.app import create_app
from server.model.device import FOLLOWS_MOST
from server.settings import Settings
from server.store.database import file_of
from server.web import shares
from tests.server.web.conftest import Client, lines, new_id, op

TYPE = {"content-type": "application/x-ndjson"}
ALL = ("settings", "site")


def secret() -> str:
    """As a phone makes it."""
    return base64url(os.urandom(32))


def base64url(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def point() -> str:
    key = generate_private_key(SECP256R1()).public_key()
    return base64url(key.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint))


def send(client: Client, by: str | None, *ops: dict[str, Any], header: str = "Device {}") -> Any:
    headers = TYPE if by is None else {**TYPE, "authorization": header.format(by)}
    return client.post("/api/v1/ops", content=lines(*ops), headers=headers)


def one(client: Client, by: str, verb: str, kind: str, id: str, args: Any) -> dict[str, Any]:
    reply: dict[str, Any] = send(client, by, op(verb, kind, id, args)).json()["results"][0]
    return reply


def follow(*subject: str, when: tuple[str, ...] = ("evening",)) -> dict[str, Any]:
    kind, id = subject or ALL
    return op("follow", kind, id, {"when": list(when), "only": None})


def mine(client: Client, by: str) -> Any:
    return client.get("/api/v1/mine", headers={"authorization": f"Device {by}"})


def push_of(client: Client, by: str, **other: Any) -> dict[str, Any]:
    """What a browser says of a subscription."""
    key = mine(client, by).json()["vapid_key"]
    address = f"https://updates.push.services.mozilla.com/wpush/v2/{secret()}"
    return {
        "endpoint": address,
        "p256dh": point(),
        "auth": base64url(os.urandom(16)),
        "key": key,
        "lang": "da",
        **other,
    }


@pytest.fixture
def stored(settings: Settings) -> Callable[[str], list[Any]]:
    """Rows, as they lie in the file."""

    def rows(query: str) -> list[Any]:
        tx = sqlite3.connect(file_of(settings.data_dir))
        try:
            return tx.execute(query).fetchall()
        finally:
            tx.close()

    return rows


def test_what_a_phone_follows_it_reads_back_and_nobody_else_does(
    client: Client, active_bench: Callable[..., str]
) -> None:
    me, bench = secret(), active_bench()
    reply = one(client, me, "follow", "place", bench, {"when": ["hour", "evening", "hour"]})
    assert (reply["status"], reply["seq"]) == ("applied", {})
    row = reply["result"]["follow"]
    assert (row["kind"], row["id"], row["when"], row["only"]) == ("place", bench, ["evening", "hour"], None)
    answer = mine(client, me)
    assert answer.headers["cache-control"] == "no-store"
    assert answer.json()["follows"] == [row]
    assert {name: answer.json()[name] for name in ("skips", "met", "answers", "push", "push_key")} == {
        "skips": [], "met": [], "answers": [], "push": False, "push_key": None,
    }  # fmt: skip
    other = secret()
    send(client, other, follow())
    assert [row["kind"] for row in mine(client, other).json()["follows"]] == ["settings"]
    one(client, me, "follow", "place", bench, {"when": []})
    assert [row["when"] for row in mine(client, me).json()["follows"]] == [[]]
    assert one(client, me, "unfollow", "place", bench, {})["result"] == {}
    assert mine(client, me).json()["follows"] == []


@pytest.mark.parametrize(
    "header",
    [
        "Device",
        "Device ",
        "Device abc",
        "Device " + "a" * 44,
        "Device " + "a" * 42 + "B",
        "Device " + "a" * 42 + "=",
        "Bearer " + "a" * 43,
    ],
)
def test_a_header_that_is_none_of_ours_is_nobody(client: Client, header: str) -> None:
    answer = client.get("/api/v1/mine", headers={"authorization": header})
    assert (answer.status_code, answer.json()["code"]) == (401, "bad_credential")
    answer = client.post("/api/v1/ops", content=lines(follow()), headers={**TYPE, "authorization": header})
    assert (answer.status_code, answer.json()["code"]) == (401, "bad_credential")
    assert client.get("/api/v1/mine").json()["code"] == "bad_credential"


def test_a_guess_and_a_secret_that_was_forgotten_look_alike(client: Client) -> None:
    me = secret()
    send(client, me, follow())
    assert mine(client, me).status_code == 200
    assert one(client, me, "forget_device", "device", "mine", {})["status"] == "applied"
    gone, guessed = mine(client, me), mine(client, secret())
    assert (gone.status_code, gone.content) == (guessed.status_code, guessed.content)
    assert guessed.json()["code"] == "unknown_device"


def test_what_takes_away_is_done_also_for_a_phone_that_is_not_known_and_makes_none(
    client: Client, stored: Callable[[str], list[Any]]
) -> None:
    for verb, kind, id, args in (
        ("unfollow", *ALL, {}),
        ("forget_device", "device", "mine", {}),
        ("skip", "event", new_id(), {"day": "2026-04-07"}),
        ("skip", "event", new_id(), {"day": "2026-04-07", "skip": False}),
    ):
        assert one(client, secret(), verb, kind, id, args)["status"] == "applied"
    assert stored("SELECT * FROM device") == []


def test_a_batch_of_a_device_is_of_it_alone_and_an_anonymous_op_looks_at_no_header(
    client: Client, active_bench: Callable[..., str], stored: Callable[[str], list[Any]]
) -> None:
    fault = op("report_fault", "place", active_bench(), {"what": "broken"})
    mixed = send(client, secret(), follow(), fault)
    assert (mixed.status_code, mixed.json()["code"]) == (422, "mixed_credentials")
    staff = send(client, secret(), op("save_settings", *ALL, {"set": {}}))
    assert (staff.status_code, staff.json()["code"]) == (401, "login_needed")
    without = send(client, None, follow())
    assert (without.status_code, without.json()["code"]) == (401, "bad_credential")
    assert stored("SELECT * FROM device") == []
    assert send(client, secret(), fault).json()["results"][0]["status"] == "applied"
    assert stored("SELECT * FROM device") == []


def test_a_device_follows_200_things_and_no_more(
    client: Client, settings: Settings, active_bench: Callable[..., str]
) -> None:
    me = secret()
    send(client, me, follow())
    tx = sqlite3.connect(file_of(settings.data_dir))
    (row,) = tx.execute("SELECT id FROM device").fetchone()
    tx.executemany(
        "INSERT INTO follow (device, kind, id, whens, since) VALUES (?, 'place', ?, '[]', '2026-04-01')",
        [(row, str(n)) for n in range(FOLLOWS_MOST - 1)],
    )
    tx.commit()
    tx.close()
    assert one(client, me, "follow", *ALL, {"when": ["hour"]})["status"] == "applied", "what it follows it may say anew"
    bench = active_bench()
    more = one(client, me, "follow", "place", bench, {"when": []})
    assert (more["code"], more["limit"]) == ("too_many", 200)
    one(client, me, "unfollow", "place", "0", {})
    assert one(client, me, "follow", "place", bench, {"when": []})["status"] == "applied"
    assert len(mine(client, me).json()["follows"]) == FOLLOWS_MOST


def few(settings: Settings, app_dir: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.setattr(shares, "DEVICES_AN_HOUR", 2)
    monkeypatch.setattr(shares, "DEVICE_OPS_AN_HOUR", 3)
    return TestClient(create_app(Settings(data_dir=settings.data_dir, ops_an_hour=8), app_dir))


def test_an_address_makes_so_many_new_devices_in_an_hour_and_what_they_do_is_counted_by_themselves(
    settings: Settings, app_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with few(settings, app_dir, monkeypatch) as client:
        first, second, third = secret(), secret(), secret()
        assert one(client, first, "follow", *ALL, {"when": []})["status"] == "applied"
        refused = one(client, second, "follow", "place", new_id(), {"when": []})
        assert refused["code"] == "unknown_subject", "what makes no device takes nothing of the share"
        assert one(client, second, "follow", *ALL, {"when": []})["status"] == "applied"
        late = one(client, third, "follow", *ALL, {"when": []})
        assert (late["status"], late["code"]) == ("later", "rate_limited")
        assert 3500 < late["retry_after_s"] <= 3600
        again = [one(client, first, "follow", *ALL, {"when": ["hour"]}) for _ in range(4)]
        assert [reply.get("code", "") for reply in again] == ["", "", "", "rate_limited"]
        assert one(client, second, "unfollow", *ALL, {})["status"] == "applied", "each by itself"


def test_several_ops_of_a_new_device_are_one_device(
    settings: Settings, app_dir: Path, monkeypatch: pytest.MonkeyPatch, active_bench: Callable[..., str]
) -> None:
    bench = active_bench()
    with few(settings, app_dir, monkeypatch) as client:
        replies = send(client, secret(), follow("place", new_id()), follow("place", bench), follow()).json()["results"]
        assert [reply.get("code", "done") for reply in replies] == ["unknown_subject", "done", "done"]


def test_secrets_that_are_made_up_are_counted_by_their_address(
    settings: Settings, app_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with few(settings, app_dir, monkeypatch) as client:
        codes = [one(client, secret(), "unfollow", *ALL, {}).get("code") for _ in range(9)]
    assert codes == [None] * 8 + ["rate_limited"]


def test_where_a_phone_is_reached_is_told_to_nobody(
    client: Client, settings: Settings, caplog: pytest.LogCaptureFixture, stored: Callable[[str], list[Any]]
) -> None:
    caplog.set_level(logging.DEBUG)
    me = secret()
    send(client, me, follow())
    push = push_of(client, me)
    said = [send(client, me, op("save_push", "device", "mine", push))]
    assert said[0].json()["results"][0]["result"] == {"push": True}
    said += [
        mine(client, me),
        send(client, secret(), op("save_push", "device", "mine", {**push, "auth": base64url(os.urandom(16))})),
    ]
    said.append(send(client, me, op("save_push", "device", "mine", {**push, "endpoint": push["endpoint"] + "\\"})))
    assert [one["code"] for answer in said[2:] for one in answer.json()["results"]] == ["forbidden", "invalid"]
    assert (said[1].json()["push"], said[1].json()["push_key"]) == (True, push["key"])
    told = "\n".join(
        logging.Formatter("%(name)s %(message)s %(args)s").format(record)
        for record in caplog.records
        if not record.name.startswith(("httpx", "httpcore"))
    )
    kept = json.dumps(stored("SELECT id, hex(sha256), reply FROM inbox_device") + stored("SELECT * FROM audit"))
    for words in (push["endpoint"], push["auth"], push["p256dh"], me):
        assert words not in told
        assert words not in kept
        assert not any(words in answer.text for answer in said)
    assert stored("SELECT endpoint FROM push") == [(push["endpoint"],)]
    assert stored("SELECT * FROM audit WHERE verb IN ('follow', 'save_push')") == [], (
        "what phones do is not written down"
    )


def test_a_push_address_goes_to_another_device_with_the_same_auth_alone(
    client: Client, stored: Callable[[str], list[Any]]
) -> None:
    first, second = secret(), secret()
    for by in (first, second):
        send(client, by, follow())
    push = push_of(client, first)
    assert one(client, first, "save_push", "device", "mine", push)["status"] == "applied"
    foreign = one(client, second, "save_push", "device", "mine", {**push, "auth": base64url(os.urandom(16))})
    assert (foreign["code"], foreign["at"]) == ("forbidden", "/args/endpoint")
    assert (mine(client, first).json()["push"], mine(client, second).json()["push"]) == (True, False)
    assert one(client, second, "save_push", "device", "mine", push)["status"] == "applied"
    assert (mine(client, first).json()["push"], mine(client, second).json()["push"]) == (False, True)
    assert len(stored("SELECT * FROM push")) == 1
    assert one(client, second, "save_push", "device", "mine", {"endpoint": None})["result"] == {"push": False}
    assert stored("SELECT * FROM push") == []


WRONG: tuple[tuple[dict[str, Any], str, str], ...] = (
    ({"endpoint": "https://127.0.0.1/x"}, "invalid", "/args/endpoint"),
    ({"endpoint": "https://evil.example/x"}, "invalid", "/args/endpoint"),
    ({"endpoint": "http://fcm.googleapis.com/x"}, "invalid", "/args/endpoint"),
    ({"endpoint": "https://fcm.googleapis.com:8443/x"}, "invalid", "/args/endpoint"),
    ({"endpoint": "https://fcm.googleapis.com@evil.example/x"}, "invalid", "/args/endpoint"),
    ({"endpoint": "https://fcm.googleapis.com/" + "x" * 1024}, "too_long", "/args/endpoint"),
    ({"p256dh": base64url(b"\x04" + bytes(64))}, "invalid", "/args/p256dh"),
    ({"p256dh": None}, "invalid", "/args/p256dh"),
    ({"auth": base64url(bytes(15))}, "invalid", "/args/auth"),
    ({"auth": None}, "invalid", "/args/auth"),
    ({"key": None}, "invalid", "/args/key"),
    ({"key": "B" * 87}, "invalid", "/args/key"),
)


@pytest.mark.parametrize(("wrong", "code", "at"), WRONG, ids=lambda value: str(value)[:60])
def test_what_no_browser_says_of_itself_is_refused_with_its_place(
    client: Client, wrong: Any, code: str, at: str
) -> None:
    me = secret()
    send(client, me, follow())
    reply = one(client, me, "save_push", "device", "mine", push_of(client, me, **wrong))
    assert (reply["code"], reply["at"]) == (code, at), reply
    assert mine(client, me).json()["push"] is False


def test_a_forgotten_phone_leaves_nothing_behind(client: Client, stored: Callable[[str], list[Any]]) -> None:
    me = secret()
    send(client, me, follow())
    one(client, me, "save_push", "device", "mine", push_of(client, me))
    assert len(stored("SELECT * FROM follow")) == len(stored("SELECT * FROM push")) == 1
    forget = op("forget_device", "device", "mine", {})
    assert [send(client, me, forget).json()["results"][0]["again"] for _ in range(2)] == [False, True]
    for table in ("device", "follow", "push", "skipped", "met", "delivery"):
        assert stored(f"SELECT * FROM {table}") == [], table


def test_only_what_readers_know_is_followed(client: Client, active_bench: Callable[..., str]) -> None:
    me = secret()
    for kind, id in (
        ("event", new_id()), ("organiser", new_id()), ("place", new_id()), ("area", "ingen-by"), ("settings", "another"),
        ("route", new_id()), ("device", "mine"),
    ):  # fmt: skip
        reply = one(client, me, "follow", kind, id, {"when": []})
        assert (reply["code"], reply["at"]) == ("unknown_subject", "/subject"), kind
    wrong = one(client, me, "follow", "place", active_bench(), {"when": [], "only": "2026-04-07"})
    assert (wrong["code"], wrong["at"]) == ("invalid", "/args/only")
    assert mine(client, me).status_code == 401, "nothing was followed, and nothing is known"


def test_a_phone_is_heard_of_once_a_day_whatever_it_reads(
    client: Client, stored: Callable[[str], list[Any]], settings: Settings
) -> None:
    me = secret()
    send(client, me, follow())
    ((today,),) = stored("SELECT seen_on FROM device")
    tx = sqlite3.connect(file_of(settings.data_dir))
    tx.execute("UPDATE device SET seen_on = '2026-01-01'")
    tx.commit()
    tx.close()
    mine(client, me)
    ((seen_on,),) = stored("SELECT seen_on FROM device")
    assert seen_on == today != "2026-01-01"
    assert len(seen_on) == 10, "a day, and no hour"
