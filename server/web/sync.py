"""GET /api/v1/sync/{scope}: pages of the feed (PROTOCOL.md, F), compressed once and kept by what they are of."""

import gzip
import sqlite3
from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import dataclass
from threading import Lock
from typing import Annotated, Literal

import brotli
from litestar import Response, get
from litestar.datastructures import State
from litestar.openapi.datastructures import ResponseSpec
from litestar.params import FromPath, QueryParameter

from server.model.person import RIGHTS
from server.store.database import Database
from server.web.asked import codings, still_has
from server.web.errors import Asked, Refused
from server.web.guard import SCOPED
from server.web.openapi_answers import problems
from server.web.signed_in import must_be_signed_in
from sync import feed
from sync.wire import SCOPES, Page

KEPT_BYTES = 64 * 1024 * 1024
BROTLI_LEVEL = 9  # measured: 10 ms a page; 11 takes 1.5 s
Coding = Literal["br", "gzip", "identity"]


@dataclass(frozen=True, slots=True)
class Sent:
    """A page as it leaves: what it is of (the ETag) and its compressed bytes."""

    etag: str
    body: bytes


class Pages:
    """Compressed pages by scope, cursor, epoch, head and coding; the least lately used go when they are over `most` bytes."""

    def __init__(self, most: int = KEPT_BYTES) -> None:
        self._kept: OrderedDict[tuple[str, ...], Sent] = OrderedDict()
        self._bytes, self._most = 0, most
        self._lock = Lock()  # readers run in threads of their own

    def get(self, tx: sqlite3.Connection, scope: str, since: str | None, coding: Coding) -> Sent:
        """The page after `since`, head and rows read in one transaction. Raises BadCursor, Resync."""
        mark = feed.mark(tx, scope, since)
        key = (scope, since or "", mark.epoch, str(mark.head), coding)
        return self.kept(key) or self.keep(key, mark.etag, packed(feed.page(tx, scope, since).encode(), coding))

    def kept(self, key: tuple[str, ...]) -> Sent | None:
        """The page of that key, where it is kept."""
        with self._lock:
            if (found := self._kept.get(key)) is not None:
                self._kept.move_to_end(key)
            return found

    def keep(self, key: tuple[str, ...], etag: str, body: bytes) -> Sent:
        """Keeps the page, and lets go of what was used longest ago."""
        sent = Sent(etag, body)
        with self._lock:
            if key not in self._kept:
                self._kept[key] = sent
                self._bytes += len(body)
            while self._bytes > self._most:
                self._bytes -= len(self._kept.popitem(last=False)[1].body)
        return sent


def packed(body: bytes, coding: Coding, level: int = BROTLI_LEVEL) -> bytes:
    """The body in that coding; `level` is brotli's."""
    if coding == "br":
        return bytes(brotli.compress(body, quality=level))
    return gzip.compress(body, 9, mtime=0) if coding == "gzip" else body


def coding_of(accepts: Iterable[str]) -> Coding:
    """The best coding that the lines of Accept-Encoding take."""
    taken = codings(accepts)
    return "br" if "br" in taken else "gzip" if "gzip" in taken else "identity"


@get(
    "/api/v1/sync/{name:str}",
    opt=SCOPED,
    summary="The feed after a cursor",
    responses={
        200: ResponseSpec(Page, generate_examples=False, description="One page; `more` says whether to ask again."),
        304: ResponseSpec(None, generate_examples=False, description="The ETag still stands."),
        **problems(401, 403, 404, 410, 422, 503),
    },
)
async def sync_page(
    request: Asked,
    state: State,
    name: FromPath[str],
    since: Annotated[
        str | None, QueryParameter(description="The cursor of the page before; none for a first read.")
    ] = None,
) -> Response[bytes]:
    """One page of the feed of the scope `name`; 304 where the phone's ETag still stands."""
    if name not in SCOPES:
        raise Refused(404, "not_found", "Den liste findes ikke.")
    if name != "public":
        found, _ = await must_be_signed_in(request, state)
        if "staff" not in RIGHTS[found.role]:
            raise Refused(403, "forbidden", "Den liste må du ikke læse.")
    database: Database = state.database
    pages: Pages = state.pages
    coding = coding_of(request.headers.getall("accept-encoding", []))
    sent = await database.read(lambda tx: pages.get(tx, name, since, coding))
    headers = {
        "etag": sent.etag,
        "cache-control": "public, no-cache" if name == "public" else "no-store",
        "vary": "accept-encoding",
    }
    if still_has(request.headers.getall("if-none-match", []), sent.etag):
        return Response(b"", status_code=304, headers=headers, media_type="application/json")
    if coding != "identity":
        headers["content-encoding"] = coding
    return Response(sent.body, headers=headers, media_type="application/json")
