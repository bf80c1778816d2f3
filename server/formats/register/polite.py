"""Asks a foreign service on the network, politely and with limits: a time for each request, a size for each answer, waiting longer each
time that it does not answer, and never another host than the one that was named."""

import http.client
import ipaddress
import re
import ssl
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Mapping
from email.utils import parsedate_to_datetime
from typing import IO, Any, Final, TypeVar
from urllib.parse import SplitResult, quote, urlencode, urlsplit, urlunsplit

from server.formats.refusal import FileRefused

T = TypeVar("T")

TRIES: Final = 5
QUIET_S: Final = 30.0
"""How long it may say nothing."""
REQUEST_S: Final = 180.0
"""How long one answer may take in all."""
WAIT_MOST_S: Final = 120.0
"""How long it may ask us to wait (Retry-After); told to wait longer, we give up and say so."""
PAGE_MOST: Final = 32 * 1024**2
CHUNK: Final = 1 << 16
TOLD_MOST: Final = 64 * 1024
PASSING: Final = frozenset({408, 429, 500, 502, 503, 504})
KEPT: Final = "/%:@!$&'()*+,;=?~"
"""What stands in a path or a question as it was typed; all else is written as the network has it."""
HOST: Final = re.compile(r"[A-Za-z0-9.\-]+(:[0-9]+)?|\[[0-9a-fA-F:]+\](:[0-9]+)?")
AGENT: Final = "Moedesteder/0.1"
Wait = Callable[[float], None]
Say = Callable[[str], object]


class Broken(Exception):
    """An answer that came, and is not whole: to be asked for again."""


class _SameHost(urllib.request.HTTPRedirectHandler):
    """Follows an answer that points elsewhere on the same host, and no other."""

    def redirect_request(
        self,
        req: urllib.request.Request,
        fp: IO[bytes],
        code: int,
        msg: str,
        headers: http.client.HTTPMessage,
        newurl: str,
    ) -> urllib.request.Request | None:
        here, there = urlsplit(req.full_url), urlsplit(newurl)
        if (here.scheme, here.hostname, here.port) != (there.scheme, there.hostname, there.port):
            fp.close()
            raise FileRefused(f"tjenesten viser videre til en anden adresse ({newurl[:100]}), og den følges ikke.")
        return super().redirect_request(req, fp, code, msg, headers, newurl)


class Polite:
    """One service: `service` is its address, perhaps with a query of its own. Raises `FileRefused` for one that is not https (http is
    for this machine alone) or holds a name and password."""

    def __init__(self, service: str, *, wait: Wait = time.sleep, say: Say | None = None) -> None:
        self._at = checked(service)
        self._wait, self._say = wait, say
        handlers: list[urllib.request.BaseHandler] = [_SameHost()]
        if _is_here(self._at):
            handlers.append(urllib.request.ProxyHandler({}))
        self._opener = urllib.request.build_opener(*handlers)

    def ask(self, what: Mapping[str, str | int], read: Callable[[bytes], T]) -> T:
        """The answer to one question, as `read` makes it out of its bytes; `read` raises Broken for one that is to be asked for again.
        Raises `FileRefused` where it will not come."""
        own = f"{self._at.query}&" if self._at.query else ""
        url = urlunsplit(self._at._replace(query=own + urlencode(what)))
        for attempt in range(1, TRIES + 1):
            try:
                return read(self._once(url))
            except _Later as later:
                why, pause = later.why, later.pause
            except Broken as broken:
                why, pause = str(broken), None
            if attempt == TRIES:
                raise FileRefused(f"{why} Det er prøvet {TRIES} gange. Det, der er hentet, er gemt: prøv igen senere.")
            pause = min(2.0 ** (attempt - 1), 30.0) if pause is None else pause
            if pause > WAIT_MOST_S:
                raise FileRefused(f"{why} Tjenesten beder om at vente i {pause:.0f} sekunder. Prøv igen derefter.")
            if self._say:
                self._say(f"{why} Prøver igen om {pause:.0f} sekunder ({attempt + 1} af {TRIES}).")
            self._wait(pause)
        raise AssertionError  # the last attempt returns or raises

    def _once(self, url: str) -> bytes:
        begun = time.monotonic()
        request = urllib.request.Request(url, headers={"User-Agent": AGENT, "Accept-Encoding": "identity"})  # noqa: S310  checked
        try:
            with self._opener.open(request, timeout=QUIET_S) as answer:
                return _whole(answer, begun)
        except urllib.error.HTTPError as error:
            with error:
                told = said(error.read(TOLD_MOST))
            words = f"tjenesten svarer {error.code}" + (f": {told}" if told else "") + "."
            if error.code in PASSING:
                raise _Later(words, _pause(error.headers.get("Retry-After"))) from error
            raise FileRefused(f"{words} Se efter, om adressen er rigtig (--service).") from error
        except urllib.error.URLError as error:
            if isinstance(error.reason, ssl.SSLCertVerificationError):
                raise FileRefused(
                    f"tjenestens certifikat kan ikke godtages ({error.reason.verify_message})."
                ) from error
            raise _Later(f"tjenesten kan ikke nås ({error.reason}).", None) from error
        except http.client.IncompleteRead as error:
            raise _Later(f"svaret blev skåret over efter {len(error.partial)} byte.", None) from error
        except (http.client.HTTPException, OSError) as error:
            raise _Later(f"svaret kom ikke helt ({error or type(error).__name__}).", None) from error


class _Later(Exception):
    def __init__(self, why: str, pause: float | None) -> None:
        super().__init__(why)
        self.why, self.pause = why, pause


def checked(service: str) -> SplitResult:
    """The parts of an address that may be asked. Raises `FileRefused`."""
    try:
        at = urlsplit(service.strip())
        at.port  # noqa: B018  raises where it is no number
    except ValueError as error:
        raise FileRefused(f"{service[:100]!r} er ikke en adresse ({error}).") from error
    if at.username or at.password:
        raise FileRefused("adressen må ikke have et brugernavn eller en adgangskode i sig. GeoFA kan læses uden.")
    named = at.hostname and HOST.fullmatch(at.netloc) and service.strip().isprintable()
    if not named or at.scheme not in ("https", "http"):
        raise FileRefused(f"{service[:100]!r} er ikke en adresse. Skriv den, som den begynder: https://…")
    if at.scheme == "http" and not _is_here(at):
        raise FileRefused(f"{service[:100]} er uden kryptering. Skriv adressen med https.")
    return at._replace(path=quote(at.path, safe=KEPT), query=quote(at.query, safe=KEPT), fragment="")


def said(raw: bytes) -> str:
    """What an answer that is no page says in words, as one short line."""
    text = raw.decode(errors="replace")
    for begin, end in (("ExceptionText>", "<"), ("<title>", "<")):
        if begin in text:
            text = text.partition(begin)[2].partition(end)[0]
            break
    else:
        if "<" in text[:200]:
            return ""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())[:200]


def _is_here(at: SplitResult) -> bool:
    if at.hostname == "localhost":
        return True
    try:
        return ipaddress.ip_address(at.hostname or "").is_loopback
    except ValueError:
        return False


def _whole(answer: Any, begun: float) -> bytes:
    found = bytearray()
    while chunk := answer.read1(CHUNK):
        found += chunk
        if len(found) > PAGE_MOST:
            raise FileRefused(f"et svar er på over {PAGE_MOST >> 20} MB, og så meget læses ikke på én gang.")
        if time.monotonic() - begun > REQUEST_S:
            raise _Later(f"et svar tog over {REQUEST_S:.0f} sekunder.", None)
    if answer.length:  # read1 ends in silence where the connection does
        raise _Later(f"svaret blev skåret over efter {len(found)} byte.", None)
    return bytes(found)


def _pause(told: str | None) -> float | None:
    """Retry-After in seconds: a number of them, or a moment."""
    if not told:
        return None
    if told.strip().isdigit():
        return float(told.strip()[:9])
    try:
        return max(0.0, parsedate_to_datetime(told).timestamp() - time.time())
    except (ValueError, TypeError):
        return None
