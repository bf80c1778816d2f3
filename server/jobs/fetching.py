"""Fetches a calendar from the open net: its address is what somebody wrote, so it is looked at before each step, asked for at most so much,
and never followed into a net behind the door."""

import asyncio
import ssl
from dataclasses import dataclass
from types import TracebackType
from typing import Final, Self
from urllib.parse import urljoin

import aiohttp
from aiohttp.abc import AbstractResolver

from server.domain.calendar import address
from server.domain.refusal import Refused
from server.model.calendar import BYTES_MOST
from server.push.open_net import KEPT_S, ClosedAddress, OpenNet

REDIRECTS_MOST: Final = 3
SECONDS: Final = 30.0
"""How long one calendar may take, redirects and all."""
_REDIRECTS: Final = frozenset({301, 302, 303, 307, 308})
_WORDS: Final = {
    401: "kalenderen kræver et login. Brug dens offentlige adresse",
    403: "kalenderen er ikke åben for andre. Gør den offentlig der, hvor den bor",
    404: "der er ingen kalender på adressen. Se efter, om den er flyttet",
    410: "kalenderen er nedlagt",
    429: "der er spurgt for tit. Der spørges igen senere",
}


class NotFetched(Exception):
    """`str()` is Danish: why, and what to do. `retry_after_s`: when its server wants to be asked again, where it said so."""

    def __init__(self, words: str, retry_after_s: int | None = None) -> None:
        super().__init__(words)
        self.retry_after_s = retry_after_s


@dataclass(frozen=True, slots=True)
class Fetched:
    """`data` None: it is as it was (304). `moved_to`: where it now lives for good."""

    data: bytes | None
    etag: str | None = None
    last_modified: str | None = None
    moved_to: str | None = None


class Fetcher:
    """`hosts`: those on this machine that the settings allow; `proxy`: through which others are reached; `resolver`, `tls`: of tests."""

    def __init__(
        self,
        hosts: tuple[str, ...] = (),
        proxy: str | None = None,
        resolver: AbstractResolver | None = None,
        tls: ssl.SSLContext | None = None,
        seconds: float = SECONDS,
    ) -> None:
        self._hosts, self._proxy, self._seconds = hosts, proxy, seconds
        # A name behind a proxy is looked up there: the proxy's own is the municipality's, and may lie in its net.
        looked_up = None if proxy else resolver or OpenNet()
        self._session = aiohttp.ClientSession(
            connector=aiohttp.TCPConnector(
                resolver=looked_up, ttl_dns_cache=KEPT_S, ssl=tls or ssl.create_default_context(), limit=4
            ),
            cookie_jar=aiohttp.DummyCookieJar(),
            trust_env=False,
            max_line_size=8190,
            headers={"User-Agent": "moedesteder", "Accept": "text/calendar, */*;q=0.1"},
        )

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._session.close()

    async def fetch(self, url: str, etag: str | None = None, last_modified: str | None = None) -> Fetched:
        """The calendar at an address, unless it still is as `etag` and `last_modified` say. Raises NotFetched."""
        headers = {
            name: value for name, value in (("If-None-Match", etag), ("If-Modified-Since", last_modified)) if value
        }
        try:
            async with asyncio.timeout(self._seconds):
                return await self._follow(url, headers)
        except TimeoutError:
            raise NotFetched(f"svaret tog over {self._seconds:.0f} sekunder") from None
        except ClosedAddress:
            raise NotFetched("adressen fører ind i et lukket net") from None
        except Refused as refused:
            raise NotFetched(refused.detail[:1].lower() + refused.detail[1:].rstrip(".")) from None
        except aiohttp.ClientConnectorCertificateError:
            raise NotFetched("dens certifikat kan ikke godkendes") from None
        except aiohttp.ClientConnectorError as error:
            if isinstance(error.os_error, ClosedAddress) or isinstance(error.__cause__, ClosedAddress):
                raise NotFetched("adressen fører ind i et lukket net") from None
            raise NotFetched("der er ingen forbindelse til dens server") from None
        except (aiohttp.ClientError, OSError, ValueError) as error:
            raise NotFetched(f"svaret kan ikke læses ({type(error).__name__})") from error

    async def _follow(self, url: str, headers: dict[str, str]) -> Fetched:
        moved_to, for_good = None, True
        for _ in range(REDIRECTS_MOST + 1):
            here = address(url, self._hosts)
            is_local = here.startswith("http://")
            async with self._session.get(
                here, headers=headers, allow_redirects=False, proxy=None if is_local else self._proxy
            ) as answer:
                if answer.status in _REDIRECTS:
                    to = answer.headers.get("Location", "")
                    if not to:
                        raise NotFetched("den er flyttet, men siger ikke hvorhen")
                    url = urljoin(here, to)
                    for_good = for_good and answer.status in (301, 308)
                    moved_to = url if for_good else moved_to
                    continue
                return await self._read(answer, moved_to)
        raise NotFetched(f"den viser videre mere end {REDIRECTS_MOST} gange")

    async def _read(self, answer: aiohttp.ClientResponse, moved_to: str | None) -> Fetched:
        etag, last_modified = (answer.headers.get(name, "")[:500] or None for name in ("ETag", "Last-Modified"))
        if answer.status == 304:
            return Fetched(None, etag, last_modified, moved_to)
        if answer.status != 200:
            words = _WORDS.get(answer.status, f"dens server svarede {answer.status}")
            raise NotFetched(words, _retry_after(answer.headers.get("Retry-After")))
        data = bytearray()
        async for piece in answer.content.iter_chunked(65_536):  # unpacked: a small answer may become a large one
            data += piece
            if len(data) > BYTES_MOST:
                raise NotFetched(f"kalenderen fylder over {BYTES_MOST // 1024**2} MB")
        return Fetched(bytes(data), etag, last_modified, moved_to)


def _retry_after(said: str | None) -> int | None:
    return min(int(said), 86_400) if said is not None and said.isascii() and said.isdigit() and len(said) < 9 else None
