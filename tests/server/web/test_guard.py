"""Whom a limit is counted for: who sent it, as far as that can be believed."""

from typing import Any

import pytest
from litestar import Request

from server.web.guard import address

PROXY = "10.0.0.1"


def asked(client: str, *forwarded: str) -> Any:
    headers = [(b"x-forwarded-for", told.encode()) for told in forwarded]
    return Request({"type": "http", "client": (client, 1), "headers": headers, "state": {}})  # type: ignore[arg-type]


def test_a_stranger_can_not_say_that_he_is_another() -> None:
    assert address(asked("192.0.2.7", "192.0.2.99"), (PROXY,)) == "192.0.2.7"


@pytest.mark.parametrize(
    "forwarded", [["192.0.2.7"], ["198.51.100.1, 192.0.2.7"], ["198.51.100.1", "192.0.2.7"], ["192.0.2.7, 10.0.0.1"]]
)
def test_a_trusted_proxy_is_believed_for_the_last_hop_that_is_none_of_ours(forwarded: list[str]) -> None:
    assert address(asked(PROXY, *forwarded), (PROXY,)) == "192.0.2.7"


def test_a_whole_subscription_of_ipv6_is_one_address() -> None:
    first, second = (address(asked(f"2001:db8:1:2::{n}"), ()) for n in (1, 2))
    assert first == second == "2001:db8:1:2::/64"
    assert address(asked("2001:db8:1:3::1"), ()) != first


def test_ipv4_within_ipv6_is_the_same_address() -> None:
    assert address(asked("::ffff:192.0.2.7"), ()) == "192.0.2.7"


def test_what_is_no_address_counts_as_it_stands() -> None:
    assert address(asked(PROXY, "unknown"), (PROXY,)) == "unknown"
    assert address(asked("testclient"), ()) == "testclient"
