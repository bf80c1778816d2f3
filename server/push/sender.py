"""Sends a parcel to the push service of its phone, and says what became of it. One session for all, so that connections stay open."""

import base64
import ssl
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Final

import aiohttp
from aiohttp.abc import AbstractResolver

from server.push import payload
from server.push.answer import READ_MOST, Answer, meaning
from server.push.endpoint import EndpointRefused, Target, check
from server.push.open_net import KEPT_S, ClosedAddress, OpenNet
from server.push.origins import Origins, retry_after
from server.push.vapid import Tokens, Vapid
from server.store.parcel import Parcel, Settled

ANSWERS_S: Final = 10.0
"""How long one request may take, from the name to the last byte."""
AGAIN_S: Final = 5.0
AGAIN_MOST_S: Final = 15 * 60.0
"""A parcel that did not come through waits so long, three times as long each time, and at most."""
MEND_S: Final = 10 * 60.0
MENDS: Final = 3
"""Where a push service does not believe who we are: so long, and so often. Whoever looks after the server has an alarm meanwhile."""
NO_CONTACT: Final = "no_contact"
NO_CONTACT_S: Final = 3600.0
TTL_MOST_S: Final = 28 * 86400
"""The longest that push services keep anything."""
NOBODY: Final = "mailto:nobody@moedesteder.example"
"""Whom a push service on this machine writes to."""


class Sender:
    """`contact`: mailto: or https:, None where there is none yet. `hosts`: push services that settings add. `proxy`: through which others
    are reached. `keys`: what is signed with, by public key. `origin`: the address that people use, before paths. `resolver`, `tls`: of
    tests. Close it."""

    def __init__(
        self,
        keys: Callable[[], Mapping[str, Vapid]],
        *,
        contact: str | None,
        hosts: tuple[str, ...] = (),
        proxy: str | None = None,
        origin: str = "",
        origins: Origins | None = None,
        wall: Callable[[], datetime] = lambda: datetime.now(UTC),
        resolver: AbstractResolver | None = None,
        tls: ssl.SSLContext | None = None,
    ) -> None:
        self._keys, self._contact, self._hosts, self._proxy, self._origin = keys, contact, hosts, proxy, origin
        self._wall = wall
        self.origins = origins or Origins(wall=wall)
        self._tokens = Tokens(contact or NOBODY, lambda: wall().timestamp())
        self._resolver, self._tls = resolver, tls
        self._open: dict[bool, aiohttp.ClientSession] = {}
        self._plain: dict[tuple[int, str, bool], bytes] = {}

    async def close(self) -> None:
        """Lets go of the connections."""
        for session in self._open.values():
            await session.close()
        self._open.clear()

    def _session(self, *, proxied: bool) -> aiohttp.ClientSession:
        """Made when it is first needed: most servers begin with nobody to send to. A name behind a proxy is looked up there: the proxy's
        own is the municipality's, and may lie in its net."""
        if proxied not in self._open:
            tls = self._tls or ssl.create_default_context()
            resolver = None if proxied else self._resolver or OpenNet()
            self._open[proxied] = aiohttp.ClientSession(
                connector=aiohttp.TCPConnector(limit=0, resolver=resolver, ttl_dns_cache=KEPT_S, ssl=tls),
                timeout=aiohttp.ClientTimeout(total=ANSWERS_S),
                cookie_jar=aiohttp.DummyCookieJar(),
                auto_decompress=False,
                trust_env=False,
                headers={"User-Agent": "moedesteder"},
            )
        return self._open[proxied]

    async def send(self, parcel: Parcel, wanted: Callable[[], bool] = lambda: True) -> Settled:
        """Sends it, waiting for its turn, if it is `wanted` when that comes; never raises for what others do."""
        try:
            target = check(parcel.endpoint, self._hosts)
        except EndpointRefused:  # a push service that settings no longer name
            return Settled(parcel, "refused", reason="not_allowed")
        key = self._keys().get(parcel.vapid)
        if key is None:
            return Settled(parcel, "wrong_key", reason="not_our_key")
        if not await self.origins.enter(target.origin):
            return Settled(parcel, "back")
        if not wanted():
            self.origins.left(target.origin)
            return Settled(parcel, "back")
        try:
            if self._contact is None and not target.loopback:
                answer = Answer("broken", None, NO_CONTACT, NO_CONTACT_S)
            else:
                answer = await self._post(parcel, target, key, shrunk=False)
                if answer.meaning == "too_large":
                    answer = await self._post(parcel, target, key, shrunk=True)
        except BaseException:
            self.origins.left(target.origin)
            raise
        return self._settled(parcel, target, key, answer)

    async def _post(self, parcel: Parcel, target: Target, key: Vapid, *, shrunk: bool) -> Answer:
        left = int((parcel.useful_until - self._wall()).total_seconds())
        p256dh, auth = (
            base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)) for text in (parcel.p256dh, parcel.auth)
        )
        body = payload.encrypted(self._words(parcel, shrunk=shrunk), p256dh, auth)
        headers = {
            "Authorization": self._tokens.authorization(target.origin, key),
            "Content-Encoding": "aes128gcm",
            "Content-Type": "application/octet-stream",
            "TTL": str(min(max(left, 1), TTL_MOST_S)),
            "Topic": payload.topic(parcel.tag),
            "Urgency": parcel.urgency,
        }
        proxied = self._proxy is not None and not target.loopback
        session = self._session(proxied=proxied)
        try:
            async with session.post(
                parcel.endpoint,
                data=body,
                headers=headers,
                allow_redirects=False,
                proxy=self._proxy if proxied else None,
            ) as response:
                status, told = response.status, response.headers.get("Retry-After")
                read = await _beginning(response)
        except ClosedAddress:
            return Answer("broken", None, "closed_address")
        except TimeoutError:
            return Answer("broken", None, "silent")
        except aiohttp.ClientError as error:
            closed = isinstance(getattr(error, "os_error", None), ClosedAddress) or isinstance(
                error.__cause__, ClosedAddress
            )
            return Answer("broken", None, "closed_address" if closed else "unreached")
        except (OSError, ValueError):
            return Answer("broken", None, "unreached")
        what, why = meaning(status, read)
        return Answer(what, status, why, retry_after(told, self._wall()))

    def _words(self, parcel: Parcel, *, shrunk: bool) -> bytes:
        """The same for all who get a message in one language: made once, and kept for the few that are being sent."""
        kept = (parcel.message, parcel.lang, shrunk)
        if kept not in self._plain:
            if len(self._plain) >= 64:
                self._plain.clear()
            said = payload.Said(
                parcel.about, parcel.what, parcel.revision, parcel.title, parcel.body, parcel.lang, parcel.open, self._origin
            )  # fmt: skip
            self._plain[kept] = payload.plain(said, shrunk=shrunk)
        return self._plain[kept]

    def _settled(self, parcel: Parcel, target: Target, key: Vapid, answer: Answer) -> Settled:
        origin, status, why = target.origin, answer.status, answer.why
        match answer.meaning:
            case "sent" | "gone" | "wrong_key":
                self.origins.well(origin)
                return Settled(parcel, answer.meaning, status, reason=why)
            case "too_large" | "refused":
                self.origins.well(origin)
                return Settled(parcel, "refused", status, reason=why or str(status))
            case "busy":
                closed = self.origins.failed(origin, why or "429", answer.after_s, busy=True)
                return Settled(parcel, "again", status, self._wall() + timedelta(seconds=closed), why)
            case "broken":
                closed = self.origins.failed(origin, why or str(status), answer.after_s)
                return self._again(parcel, status, why, closed)
            case "not_us" | "redirect":
                self._tokens.forget(origin, key)
                closed = self.origins.failed(origin, why or str(status), answer.after_s)
                if parcel.tries >= MENDS:
                    return Settled(parcel, "refused", status, reason=why or str(status))
                again = self._wall() + timedelta(seconds=max(closed, MEND_S * 2**parcel.tries))
                return Settled(parcel, "alarm", status, again, why or str(status))

    def _again(self, parcel: Parcel, status: int | None, why: str, closed: float) -> Settled:
        own = min(AGAIN_S * 3 ** min(parcel.tries, 10), AGAIN_MOST_S)
        return Settled(parcel, "again", status, self._wall() + timedelta(seconds=max(closed, own)), why)


async def _beginning(response: aiohttp.ClientResponse) -> bytes:
    """The first 4 KiB of an answer, or all of it: then its connection is used again. What breaks off after a status that says enough
    (taken, gone) is no trouble."""
    read = b""
    try:
        while len(read) < READ_MOST and (more := await response.content.read(READ_MOST - len(read))):
            read += more
    except (TimeoutError, aiohttp.ClientError):
        if response.status >= 300 and response.status not in (404, 410):
            raise
    if not response.content.at_eof():
        response.close()  # what else it would say is not waited for
    return read
