"""PUT and GET /api/v1/blobs: pictures and files that go before the op that names them, each named by the hash of what was sent.

A body is written to the disk as it comes and never held whole. A picture is decoded and encoded anew by a fenced process; the answer to
who is not logged in is the same whether it was known or not, so the work is done each time."""

import asyncio
import hashlib
import logging
import os
import re
import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from litestar import Response, get, put
from litestar.datastructures import State
from litestar.exceptions import InternalServerException
from litestar.exceptions.http_exceptions import RequestEntityTooLarge
from litestar.params import FromPath

from server.formats.fenced import NoRoom
from server.formats.picture import made
from server.formats.refusal import FileRefused
from server.ops import AFTER_BUSY_S
from server.settings import Settings
from server.store import blobs
from server.store.blobs import Kind, Picture
from server.store.database import Database
from server.store.refusal import folder
from server.web.errors import WORDS, Asked, Refused
from server.web.guard import STAFF, address, same_origin
from server.web.limits import Limits
from server.web.openapi_answers import BytesOperation, problems
from server.web.signed_in import credential_of, must_be_signed_in

log = logging.getLogger(__name__)
PICTURE_BYTES: Final = 12 * 1024 * 1024
"""The largest picture."""
FILE_BYTES: Final = 64 * 1024 * 1024
"""The largest file for import."""
HEARD_BYTES: Final = 2 * FILE_BYTES
"""What is larger is cut off before its end; what is not is told how large it may be."""
PICTURES_AN_HOUR: Final = 30
"""Pictures that one address may send in an hour without a login."""
SECONDS: Final = 600.0
"""How long a body may take: a file over a slow line."""
PICTURE_SECONDS: Final = 120.0
"""How long that of whoever is not logged in: a phone gives up then (PROTOCOL.md)."""
AT_ONCE: Final = 2
"""Pictures that are decoded at the same time; each takes up to half a gigabyte of memory."""
WAITING: Final = 24
"""Requests without a login that may be under way, and so many of one address, so that one that is slow on purpose keeps out nobody else."""
WAITING_EACH: Final = 4
INCOMING: Final = ".incoming-"
NAME: Final = re.compile("[0-9a-f]{64}")
SIZE: Final = re.compile(r"([0-9a-f]{64})-(320|1280)\.webp")
NOT_A_PICTURE: Final = "Det er ikke et billede, der kan vises. Vælg et billede af formen JPEG, PNG eller WebP."


class Blobs:
    """What requests with blobs share: the limits of addresses, and how many are under way."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.decoding = asyncio.Semaphore(AT_ONCE)
        self.under_way: Counter[str] = Counter()

    @contextmanager
    def beginning(self, who: str) -> Iterator[None]:
        """One more of an address is under way. Refused 503 where there are too many."""
        if self.under_way.total() >= WAITING or self.under_way[who] >= WAITING_EACH:
            raise Refused(503, "busy", WORDS[503][2], wait_s=AFTER_BUSY_S)
        self.under_way[who] += 1
        try:
            yield
        finally:
            self.under_way -= Counter([who])  # no address stays that has nothing under way


@put(
    "/api/v1/blobs/{sha256:str}",
    status_code=204,
    opt={"right": "public", "credential": "none or session"},
    summary="A picture or a file, named by its SHA-256",
    request_max_body_size=HEARD_BYTES,
    responses=problems(403, 408, 413, 415, 422, 429, 503, 507),
    operation_class=BytesOperation,
)
async def take_blob(request: Asked, state: State, sha256: FromPath[str]) -> None:
    """Without a login pictures alone (JPEG, PNG, WebP; 12 MiB, 40 million pixels). With a staff login files for import too (64 MiB)."""
    settings: Settings = state.settings
    shared: Blobs = state.blobs
    same_origin(request, settings.origin)
    if not NAME.fullmatch(sha256):
        raise Refused(422, "invalid", "Navnet er SHA-256 af det, der sendes, i 64 små tegn.")
    if "staff" in (await credential_of(request, state)).rights:
        await _take(request, state, sha256, staff=True)
        return
    who = address(request, settings.trusted_proxies)
    with shared.beginning(who):
        share = shared.limits.take(who, 1)
        try:
            if share is not None and not share.left:
                raise Refused(429, "rate_limited", _later(share.wait_s), wait_s=share.wait_s)
            await _take(request, state, sha256, staff=False)
        finally:
            shared.limits.settle(who, share, share.taken if share else 0)


@get(
    "/api/v1/blobs/{name:str}",
    opt=STAFF,
    summary="A picture that was sent, for staff",
    responses=problems(401, 403, 404),
)
async def give_blob(request: Asked, state: State, name: FromPath[str]) -> Response[bytes]:
    """`<sha256>-320.webp` or `-1280.webp`, also of what nobody has accepted yet. Nobody keeps it."""
    await must_be_signed_in(request, state, "staff")
    found, data_dir = SIZE.fullmatch(name), state.settings.data_dir
    places = (blobs.size_of, blobs.shown_at) if found else ()
    for path in (place(data_dir, found[1], int(found[2])) for place in places if found):
        if path.is_file():
            picture = await asyncio.to_thread(path.read_bytes)
            return Response(picture, media_type="image/webp", headers={"cache-control": "no-store"})
    raise Refused(404, "not_found", WORDS[404][2])


async def _take(request: Asked, state: State, sha256: str, *, staff: bool) -> None:
    database: Database = state.database
    data_dir: Path = state.settings.data_dir.absolute()
    _closed(data_dir / "blobs")
    with tempfile.TemporaryDirectory(prefix=INCOMING, dir=data_dir / "blobs") as inside:
        sent = Path(inside) / "sent"
        limits = (FILE_BYTES, SECONDS) if staff else (PICTURE_BYTES, PICTURE_SECONDS)
        head, size = await _written(request, sent, sha256, *limits)
        kind = _kind(request, head, staff)
        if kind == "picture" and size > PICTURE_BYTES:
            raise _too_large(PICTURE_BYTES, "Billedet fylder for meget.")
        if await database.read(lambda tx: blobs.is_full(tx, kind)):
            raise Refused(507, "full", "Der er ikke plads til flere billeder og filer lige nu. Prøv igen i morgen.")
        picture: Picture | None = None
        if kind == "picture":
            shared: Blobs = state.blobs
            async with shared.decoding:
                picture = await asyncio.to_thread(_made, sent)
        size = await asyncio.to_thread(_kept, data_dir, sha256, sent, kind)
        now = datetime.now(UTC)
        await database.write(lambda tx: blobs.put(tx, sha256, kind, size, picture, now))
        await asyncio.to_thread(blobs.without_moment, data_dir, sha256, now)


def _closed(data: Path) -> None:
    """The folder, which nobody else on the machine looks into: most of what lies there is for staff alone."""
    folder(data)
    data.chmod(0o700)


async def _written(request: Asked, to: Path, sha256: str, limit: int, seconds: float) -> tuple[bytes, int]:
    """Writes the body as it comes; returns how it begins, and its length. Refused where it is larger, broken off or another.

    What is too large is heard to its end and not kept: who is cut off in the middle does not hear why."""
    hashed, head, size = hashlib.sha256(), b"", 0
    try:
        async with asyncio.timeout(seconds):
            with to.open("xb") as file:
                async for piece in request.stream():
                    size += len(piece)
                    if size > limit:
                        continue
                    if len(head) < made.SIGN_BYTES:
                        head = (head + piece)[: made.SIGN_BYTES]
                    hashed.update(piece)
                    file.write(piece)
    except TimeoutError:
        raise Refused(408, "too_slow", WORDS[408][2]) from None
    except RequestEntityTooLarge:
        raise _too_large(limit) from None
    except InternalServerException:  # what Litestar says of a client that hung up
        raise Refused(400, "cut_off", "Det blev afbrudt, før det hele var sendt.") from None
    except OSError as error:
        raise _no_room(error) from error
    if size > limit:
        raise _too_large(limit)
    if hashed.hexdigest() != sha256:
        raise Refused(422, "invalid", "Det, der kom, er ikke det, som navnet siger. Send det igen.")
    return head, size


def _kind(request: Asked, head: bytes, staff: bool) -> Kind:
    """A picture by what it is, not by what it says; what says that it is one and is none is refused, as is every drawing with code."""
    if made.is_picture(head):
        return "picture"
    says = request.headers.get("content-type", "").strip().lower()
    if not staff or says.startswith("image/") or b"<svg" in head.lower():
        raise Refused(415, "unsupported_type", NOT_A_PICTURE)
    return "file"


def _made(sent: Path) -> Picture:
    try:
        found = made.make(sent, blobs.SIZES)
    except NoRoom as error:
        raise Refused(507, "full", "Der er ikke plads hos os lige nu. Prøv igen senere.") from error
    except made.TooManyPixels as refused:
        raise Refused(413, "too_large", str(refused), limit=made.PIXELS_MOST) from refused
    except FileRefused as refused:
        words = str(refused)
        raise Refused(
            422, "invalid", words if words[:1].isupper() else f"Billedet kan ikke bruges: {words}"
        ) from refused
    return Picture(found.w, found.h)


def _kept(data_dir: Path, sha256: str, sent: Path, kind: Kind) -> int:
    """Moves what is kept into its place, safe on the disk; returns its bytes."""
    both = [(sent.with_name(f"{wide}.webp"), blobs.size_of(data_dir, sha256, wide)) for wide in blobs.SIZES]
    moves = both if kind == "picture" else [(sent, blobs.path(data_dir, sha256))]
    size = 0
    try:
        for source, to in moves:
            with source.open("rb") as file:
                os.fsync(file.fileno())
            size += source.stat().st_size
            os.replace(source, to)
    except OSError as error:
        raise _no_room(error) from error
    return size


def _no_room(error: OSError) -> Refused:
    log.error("a blob could not be kept: %s", error.strerror)
    return Refused(507, "full", "Der er ikke plads hos os lige nu. Prøv igen senere.")


def _too_large(limit: int, what: str = "Det fylder for meget.") -> Refused:
    return Refused(413, "too_large", f"{what} Højst {limit // 1024**2} MB.", limit=limit)


def _later(wait_s: int) -> str:
    return f"Der er sendt mange billeder herfra. Prøv igen om {max(1, round(wait_s / 60))} minutter."
