"""What every answer carries, and who may write: security headers, origin and type of what is sent."""

import ipaddress
from typing import Any
from urllib.parse import urlsplit

from litestar.types import Message, Scope

from server.web.errors import Asked, Refused
from server.web.signed_in import COOKIE

CSP = (
    "default-src 'none'; script-src 'self'; worker-src 'self'; style-src 'self'; img-src 'self' blob: data:; "
    "connect-src 'self'; font-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
HEADERS: tuple[tuple[bytes, bytes], ...] = (
    (b"content-security-policy", CSP.encode()),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
    (b"permissions-policy", b"geolocation=(self), camera=(self), microphone=()"),
    (b"cross-origin-opener-policy", b"same-origin"),
)

# What a route may state in its `opt`: the right that is needed and the credential that carries it.
PUBLIC = {"right": "public", "credential": "none"}
SIGNED_IN = {"right": "signed_in", "credential": "session"}
ORGANISE = {"right": "organise", "credential": "session"}
STAFF = {"right": "staff", "credential": "session"}
ADMIN = {"right": "admin", "credential": "session"}
METRICS = {"right": "metrics", "credential": "loopback or token"}
SCOPED = {"right": "scope", "credential": "session or guide"}


async def carry(message: Message, _: Scope) -> None:
    """Litestar's before_send: the headers of every answer, files and errors too (a worker obeys its own response)."""
    if message["type"] == "http.response.start":
        have: list[tuple[bytes, bytes]] = list(message["headers"])
        names = {name.lower() for name, _ in have}
        message["headers"] = [_with_head(h) for h in have] + [h for h in HEADERS if h[0] not in names]


def _with_head(header: tuple[bytes, bytes]) -> tuple[bytes, bytes]:
    """Litestar's Allow names the methods that it routes; head.py answers HEAD wherever GET is."""
    name, value = header
    methods = value.split(b", ")
    if name.lower() != b"allow" or b"GET" not in methods or b"HEAD" in methods:
        return header
    return name, b", ".join([*methods, b"HEAD"])


def same_origin(request: Asked, origin: str | None) -> None:
    """Refuses a write that another site sent (403). `origin` is the setting; without it the request's own Host counts.

    Browsers send Origin with every POST, also from a service worker; who sends none is no browser, and has no session."""
    if request.headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
        raise Refused(403, "foreign_origin", "Det kan kun sendes fra Mødesteder selv.")
    told = request.headers.get("origin")
    if told is None and COOKIE not in request.cookies:
        return
    if told is not None and (told == origin or (origin is None and _host_of(told) == request.headers.get("host"))):
        return
    raise Refused(403, "foreign_origin", "Det kan kun sendes fra Mødesteder selv.")


def origin_of(request: Asked, origin: str | None) -> str:
    """The origin that people use: the setting, else the one that the browser tells, which `same_origin` has seen to be this host."""
    return origin or request.headers.get("origin") or f"{request.url.scheme}://{request.headers.get('host', '')}"


def _host_of(origin: str) -> str | None:
    """Host and port of an Origin; None where it is none (`null`, an address that is cut)."""
    try:
        return urlsplit(origin).netloc or None
    except ValueError:
        return None


def of_type(request: Asked, wanted: str) -> None:
    """Refuses a body of another type or packed (415): a form or text/plain can come from any site without being asked for."""
    if request.headers.get("content-encoding", "identity").strip().lower() != "identity":
        raise Refused(415, "unsupported_type", "Send det, som det er, uden at pakke det.")
    if request.headers.get("content-type", "").split(";")[0].strip().lower() != wanted:
        raise Refused(415, "unsupported_type", f"Send det som {wanted}.")


def address(request: Asked, trusted: tuple[str, ...]) -> str:
    """The address that limits are counted for; kept in memory alone. A proxy is believed only where settings name it. One subscriber
    has a whole /64 of IPv6, which counts as one."""
    client = request.client.host if request.client else ""
    if client in trusted:
        told = ",".join(request.headers.getall("x-forwarded-for", []))
        hops = [hop.strip() for hop in told.split(",") if hop.strip()]
        client = next((hop for hop in reversed(hops) if hop not in trusted), client)
    try:
        ip = ipaddress.ip_address(client.partition("%")[0])
    except ValueError:
        return client
    if isinstance(ip, ipaddress.IPv6Address):
        return str(ip.ipv4_mapped or ipaddress.IPv6Network((ip, 64), strict=False))
    return str(ip)


def states_a_right(opt: dict[str, Any]) -> bool:
    """Whether a route says what it needs; a test asks this of all of them."""
    return "right" in opt and "credential" in opt
