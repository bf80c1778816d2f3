"""Where a phone may be reached, and nowhere else: the address comes from outside, and whoever sends it would have us speak to what they
name. So it is one of the known push services, over https, and what its name stands for is an address of the open net."""

import base64
import binascii
import ipaddress
import re
from collections.abc import Collection
from dataclasses import dataclass
from typing import Final, Literal
from urllib.parse import urlsplit

from cryptography.hazmat.primitives.asymmetric import ec

from server.model.pushing import HOST, LOOPBACK_HOST

LONGEST: Final = 1024
"""Characters of an endpoint."""
HOSTS: Final = (
    "fcm.googleapis.com",
    "updates.push.services.mozilla.com",
    "*.push.apple.com",
    "*.notify.windows.com",
)
"""The push services of the browsers that are supported; the setting push_hosts adds others. `*.`: any name below it, not itself."""
_SEEN: Final = re.compile(r"[!-~]+")
_CGNAT: Final = ipaddress.ip_network("100.64.0.0/10")
_GIVEN_OUT: Final = ipaddress.ip_network("2000::/3")
_NAT64: Final = ipaddress.ip_network("64:ff9b::/96")
Address = ipaddress.IPv4Address | ipaddress.IPv6Address


class EndpointRefused(Exception):
    """Not such an address. `code`: as an op's. `at`: the member of save_push's args. `detail`: what a person reads."""

    def __init__(self, code: Literal["invalid", "too_long"], at: str, detail: str) -> None:
        super().__init__(detail)
        self.code, self.at, self.detail = code, at, detail


@dataclass(frozen=True, slots=True)
class Target:
    """An endpoint that was looked at. `origin`: scheme, host, and port where it is not 443, as a token's `aud` has it."""

    origin: str
    host: str
    port: int
    loopback: bool


def check(endpoint: str, hosts: Collection[str] = ()) -> Target:
    """Where an endpoint leads, nothing being asked of anybody. `hosts`: the setting push_hosts. Raises EndpointRefused."""
    if len(endpoint) > LONGEST:
        raise EndpointRefused("too_long", "endpoint", f"Adressen er længere end {LONGEST} tegn.")
    # What is not plain ASCII, or holds a backslash, is read in one way here and in another by whoever connects.
    if not _SEEN.fullmatch(endpoint) or "\\" in endpoint:
        raise _refused("Adressen har tegn, som ikke hører til i en adresse.")
    try:
        parts = urlsplit(endpoint)
        port = parts.port
    except ValueError:
        raise _refused("Adressen kan ikke læses.") from None
    if "@" in parts.netloc:
        raise _refused("Adressen må ikke have et brugernavn i sig.")
    if not parts.path.startswith("/"):
        raise _refused("Adressen mangler det, der kommer efter navnet.")
    if parts.scheme == "http" and parts.netloc in hosts and (found := LOOPBACK_HOST.fullmatch(parts.netloc)):
        return Target(f"http://{parts.netloc}", found[1].strip("[]"), int(found[2]), loopback=True)
    if not endpoint.startswith("https://"):
        raise _refused("Adressen skal begynde med https://.")
    if port is not None or parts.netloc.endswith(":"):  # a browser does not write 443, and there is no other
        raise _refused("Adressen må ikke have en port i sig.")
    # The name as it stands: a browser writes it in small letters and without a dot at its end.
    host = parts.netloc
    if not HOST.fullmatch(host) or not any(_is_below(host, known) for known in (*HOSTS, *hosts)):
        raise _refused("Adressen hører ikke til en af de tjenester, som telefoner får beskeder fra.")
    return Target(f"https://{host}", host, 443, loopback=False)


def subscription_keys(p256dh: str, auth: str) -> tuple[str, str]:
    """The two keys of a subscription as they are kept: base64url without padding; a point of P-256 and 16 bytes. Takes standard base64
    and padding too. Raises EndpointRefused."""
    point, secret = _bytes("p256dh", p256dh), _bytes("auth", auth)
    try:
        if len(point) != 65 or point[0] != 4:
            raise ValueError("no uncompressed point")
        ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), point)
    except ValueError:
        raise EndpointRefused("invalid", "p256dh", "Telefonens nøgle kan ikke bruges.") from None
    if len(secret) != 16:
        raise EndpointRefused("invalid", "auth", "Telefonens hemmelighed har ikke den rigtige længde.")
    return _base64url(point), _base64url(secret)


def is_open(address: str) -> bool:
    """Whether an IP address is one of the open net: none of this machine, of a net behind it, of a link, or of many."""
    try:
        found: Address = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    for _ in range(2):  # one that stands within another is looked at itself
        inner = _within(found)
        if inner is None:
            break
        found = inner
    if found in _CGNAT if isinstance(found, ipaddress.IPv4Address) else found not in _GIVEN_OUT:
        return False
    return found.is_global and not (found.is_multicast or found.is_reserved)


def _within(address: Address) -> ipaddress.IPv4Address | None:
    """The address of IPv4 that one of IPv6 stands for: mapped, 6to4, Teredo or NAT64."""
    if isinstance(address, ipaddress.IPv4Address):
        return None
    if address in _NAT64 or (int(address) >> 32 == 0 and int(address) > 1):
        return ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    return address.ipv4_mapped or address.sixtofour or (address.teredo[1] if address.teredo else None)


def _is_below(host: str, known: str) -> bool:
    return host.endswith(known[1:]) if known.startswith("*.") else host == known


def _bytes(at: str, text: str) -> bytes:
    try:
        plain = text.rstrip("=").replace("+", "-").replace("/", "_")
        if not re.fullmatch(r"[A-Za-z0-9_-]+", plain):
            raise ValueError("no base64")
        return base64.urlsafe_b64decode(plain + "=" * (-len(plain) % 4))
    except (ValueError, binascii.Error):
        raise EndpointRefused("invalid", at, "Telefonens nøgle kan ikke læses.") from None


def _base64url(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def _refused(detail: str) -> EndpointRefused:
    return EndpointRefused("invalid", "endpoint", detail)
