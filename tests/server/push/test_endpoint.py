"""Where a phone may be reached: the known push services, and nothing that somebody else names."""

import json
from pathlib import Path
from typing import Any

import pytest

from server.push.endpoint import EndpointRefused, check, is_open, subscription_keys

CASES = Path(__file__).parents[2] / "cases"
SUBSCRIPTIONS: list[dict[str, Any]] = json.loads((CASES / "push-subscriptions.json").read_bytes())
FCM = "https://fcm.googleapis.com"


@pytest.mark.parametrize("case", SUBSCRIPTIONS, ids=[case["name"] for case in SUBSCRIPTIONS])
def test_each_subscription_of_the_cases_is_taken_or_refused_in_danish(case: dict[str, Any]) -> None:
    body = case["body"]
    keys = body.get("keys") or {"p256dh": "", "auth": ""}
    endpoint = body["endpoint"] if isinstance(body["endpoint"], str) else str(body["endpoint"])
    if case["expect"] == "accept":
        check(endpoint)
        kept = subscription_keys(keys["p256dh"], keys["auth"])
        assert not set("+/=") & set("".join(kept))
        return
    with pytest.raises(EndpointRefused) as refused:
        check(endpoint)
        subscription_keys(keys["p256dh"], keys["auth"])
    assert refused.value.code in ("invalid", "too_long")
    assert refused.value.detail.startswith(("Adressen", "Telefonens"))


def test_keys_in_standard_base64_are_kept_as_the_same_bytes_in_base64url() -> None:
    keys = next(case["body"]["keys"] for case in SUBSCRIPTIONS if case["name"] == "standard_base64_with_padding")
    assert subscription_keys(**keys) == (
        keys["p256dh"].rstrip("=").replace("+", "-").replace("/", "_"),
        keys["auth"].rstrip("=").replace("+", "-").replace("/", "_"),
    )


@pytest.mark.parametrize(
    "endpoint",
    [
        "",
        "fcm.googleapis.com/x",
        "HTTPS://fcm.googleapis.com/x",
        "https://FCM.googleapis.com/x",
        "https://fcm.googleapis.com./x",
        "https://fcm.googleapis.com:8443/x",
        "https://fcm.googleapis.com:443/x",
        "https://fcm.googleapis.com:/x",
        "https://fcm.googleapis.com",
        "https://fcm.googleapis.com?x",
        "https://fcm.googleapis.com:0443/x",
        "https://fcm.googleapis.com:99999/x",
        "https://kirsten@fcm.googleapis.com/x",
        "https://kirsten:ord@fcm.googleapis.com/x",
        "https://fcm.googleapis.com@127.0.0.1/x",
        "https://@fcm.googleapis.com/x",
        "https://127.0.0.1#@fcm.googleapis.com/x",
        "https://127.0.0.1\\@fcm.googleapis.com/x",
        "https://fcm.googleapis.com\\.fremmed.example/x",
        "https://fcm。googleapis。com/x",
        "https://ｆcm.googleapis.com/x",
        "https://xn--cm-7ka.googleapis.com/x",
        "https://fcm.googleapis.com%2e/x",
        "https://fcm.googleapis.com\n.fremmed.example/x",
        "https://fcm.googleapis.com/x\r\nHost: fremmed.example",
        "https://fcm.googleapis.com /x",
        "https://push.apple.com/x",
        "https://.push.apple.com/x",
        "https://evilpush.apple.com/x",
        "https://-.push.apple.com/x",
        "https://web.push.apple.com.fremmed.example/x",
        "https://notify.windows.com/x",
        "https://[::1]/x",
        "https://[::ffff:127.0.0.1]/x",
        "https://2130706433/x",
        "https://0x7f.1/x",
        "https://127.1/x",
        "http://127.0.0.1:8123/x",
        "https://127.0.0.1:443/x",
        "ftp://fcm.googleapis.com/x",
        "https:fcm.googleapis.com/x",
        "https:///fcm.googleapis.com/x",
        "https://[fcm.googleapis.com]/x",
        f"{FCM}/{'x' * 1000}",
    ],
)
def test_what_only_looks_like_a_push_service_is_refused(endpoint: str) -> None:
    with pytest.raises(EndpointRefused):
        check(endpoint)


def test_an_endpoint_of_1024_characters_is_the_longest() -> None:
    longest = f"{FCM}/{'x' * (1024 - len(FCM) - 1)}"
    assert check(longest).origin == FCM
    with pytest.raises(EndpointRefused) as refused:
        check(f"{longest}x")
    assert refused.value.code == "too_long"


def test_the_origin_is_what_a_token_is_signed_for() -> None:
    assert check(f"{FCM}/fcm/send/a?b=c").origin == FCM
    found = check("https://wns2-am3p.notify.windows.com/w/?token=a")
    assert (found.origin, found.host, found.port) == (
        "https://wns2-am3p.notify.windows.com",
        "wns2-am3p.notify.windows.com",
        443,
    )


def test_a_setting_adds_a_host_or_one_on_this_machine_and_that_alone() -> None:
    hosts = ("push.kommune.example", "*.push.andre.example", "127.0.0.1:8123")
    assert check("https://push.kommune.example/x", hosts).host == "push.kommune.example"
    assert check("https://a.push.andre.example/x", hosts).host == "a.push.andre.example"
    found = check("http://127.0.0.1:8123/wpush/v2/abc", hosts)
    assert (found.origin, found.host, found.port, found.loopback) == (
        "http://127.0.0.1:8123",
        "127.0.0.1",
        8123,
        True,
    )
    for other in (
        "http://127.0.0.1:8124/x",
        "http://127.0.0.1/x",
        "http://localhost:8123/x",
        "http://push.kommune.example/x",
        "http://kirsten@127.0.0.1:8123/x",
        "https://127.0.0.1:8123/x",
        "https://x.push.kommune.example/x",
    ):
        with pytest.raises(EndpointRefused):
            check(other, hosts)


@pytest.mark.parametrize(
    ("address", "opened"),
    [
        ("142.250.74.106", True),
        ("2a00:1450:400f:80d::200a", True),
        ("127.0.0.1", False),
        ("127.8.9.1", False),
        ("0.0.0.0", False),
        ("10.0.0.7", False),
        ("172.16.0.1", False),
        ("192.168.1.1", False),
        ("169.254.169.254", False),
        ("100.64.0.1", False),
        ("192.0.2.1", False),
        ("198.18.0.1", False),
        ("224.0.0.1", False),
        ("240.0.0.1", False),
        ("255.255.255.255", False),
        ("::", False),
        ("::1", False),
        ("fe80::1", False),
        ("fe80::1%eth0", False),
        ("fc00::1", False),
        ("fec0::1", False),
        ("ff02::1", False),
        ("2001:db8::1", False),
        ("::ffff:127.0.0.1", False),
        ("::ffff:10.0.0.7", False),
        ("::ffff:142.250.74.106", True),
        ("::7f00:1", False),
        ("64:ff9b::7f00:1", False),
        ("64:ff9b::8efa:4a6a", True),
        ("2002:7f00:1::", False),
        ("2002:a00:7::1", False),
        ("fcm.googleapis.com", False),
        ("", False),
    ],
)
def test_an_address_is_open_or_it_is_not(address: str, opened: bool) -> None:
    assert is_open(address) is opened
