"""Files with Range, If-Range and 304: Starlette's StaticFiles under names that are hashes (Litestar's own have neither)."""

import os
import re
from pathlib import Path

from litestar import asgi
from litestar.handlers import ASGIRouteHandler
from litestar.types import Receive, Scope, Send
from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.responses import FileResponse, RangeNotSatisfiable, Response
from starlette.staticfiles import NotModifiedResponse, StaticFiles
from starlette.types import Scope as FileScope

from server.web.asked import codings
from server.web.guard import PUBLIC
from server.web.head import as_sent

IMMUTABLE = "public, max-age=31536000, immutable"
FRESH = "no-cache"
PACKED = ((".br", "br"), (".gz", "gzip"))

# One range that a resumed download may ask for. Anything else is answered with the whole file (RFC 9110 §14.2: a server may ignore it).
# 18 digits are more than any file has, and fewer than Python refuses to read.
ONE_RANGE = re.compile(rb"bytes=(?:(\d{1,18})-(\d{0,18})|-(\d{1,18}))")

TYPES = {
    ".pmtiles": "application/vnd.pmtiles",
    ".webmanifest": "application/manifest+json",
    ".js": "text/javascript",
    ".css": "text/css",
    ".svg": "image/svg+xml",
    ".woff2": "font/woff2",
    ".webp": "image/webp",
    ".json": "application/json",
    ".png": "image/png",
    ".ico": "image/x-icon",
    ".wasm": "application/wasm",
}


class HashedFiles(StaticFiles):
    """Files whose name carries their hash: the ETag is the name, and what is kept is kept for ever.

    `allowed` is the whole pattern of a name; another name is not there (404). With `packed`, a `.br` or `.gz` beside the file is
    sent to who takes it; never for a pack, whose ranges are of the bytes as they lie."""

    def __init__(self, directory: Path, allowed: str, *, packed: bool = False, cache: str = IMMUTABLE) -> None:
        super().__init__(directory=directory, check_dir=False)
        self.config_checked = True  # a folder that is not there yet holds no file: 404
        self._allowed, self._packed, self._cache = re.compile(allowed), packed, cache

    async def get_response(self, path: str, scope: FileScope) -> Response:
        name = path.replace(os.sep, "/")
        if not self._allowed.fullmatch(name):
            raise HTTPException(404)
        _plain_range(scope)
        return await super().get_response(path, scope)

    def file_response(
        self, full_path: str | os.PathLike[str], stat_result: os.stat_result, scope: FileScope, status_code: int = 200
    ) -> Response:
        path = Path(full_path)
        headers = {
            "cache-control": self._cache,
            "etag": f'"{path.stem if self._cache == IMMUTABLE else _tag(stat_result)}"',
        }
        ending = ""
        if self._packed:
            headers["vary"] = "accept-encoding"
            taken = codings(Headers(scope=scope).getlist("accept-encoding"))
            ending = next((e for e, coding in PACKED if coding in taken and _there(path, e)), "")
        if ending:
            path = Path(f"{path}{ending}")
            headers |= {
                "content-encoding": "br" if ending == ".br" else "gzip",
                "etag": f'{headers["etag"][:-1]}{ending}"',
            }
            stat_result = path.stat()
        kind = TYPES.get(Path(full_path).suffix, "application/octet-stream")
        response = _Ranged(path, status_code, headers, kind, stat_result=stat_result)
        if self.is_not_modified(response.headers, Headers(scope=scope)):
            return NotModifiedResponse(response.headers)
        return response


class _Ranged(FileResponse):
    """A range that lies outside the file is a problem document like every other error."""

    @classmethod
    def _parse_range_header(cls, http_range: str, file_size: int) -> list[tuple[int, int]]:
        try:
            return super()._parse_range_header(http_range, file_size)
        except RangeNotSatisfiable:
            raise HTTPException(416, headers={"content-range": f"bytes */{file_size}"}) from None


def _there(path: Path, ending: str) -> bool:
    return Path(f"{path}{ending}").is_file()


def _tag(stat: os.stat_result) -> str:
    return f"{stat.st_mtime_ns:x}-{stat.st_size:x}"


def _plain_range(scope: FileScope) -> None:
    """Drops a Range that is not exactly one of `a-b`, `a-`, `-n`: many ranges or an unknown unit get the whole file."""
    kept = []
    for name, value in scope["headers"]:
        if name == b"range":
            found = ONE_RANGE.fullmatch(value)
            if not found or (found[2] and int(found[1]) > int(found[2])):
                continue
        kept.append((name, value))
    scope["headers"] = kept


def mount(path: str, files: StaticFiles) -> ASGIRouteHandler:
    """The files under `path` of the app."""

    @asgi(path, is_mount=True, copy_scope=True, opt=PUBLIC)
    async def serve(scope: Scope, receive: Receive, send: Send) -> None:
        scope["root_path"] = ""
        as_sent(scope)
        await files(scope, receive, send)  # type: ignore[arg-type]

    return serve


def fresh_names(app_dir: Path) -> list[str]:
    """The files of the built app that keep their name from build to build: the service worker, the manifest, icons."""
    names = [
        f.relative_to(app_dir).as_posix() for f in app_dir.rglob("*") if f.is_file() and f.suffix not in (".br", ".gz")
    ]
    return sorted(name for name in names if name != "index.html" and not name.startswith(("assets/", ".")))


def one(path: str, app_dir: Path) -> ASGIRouteHandler:
    """One file of the built app at its own address, asked for anew each time (a 304 where it is the same)."""
    name = path.removeprefix("/")
    files = HashedFiles(app_dir, re.escape(name), packed=True, cache=FRESH)

    @asgi(path, copy_scope=True, opt=PUBLIC)
    async def serve(scope: Scope, receive: Receive, send: Send) -> None:
        scope["root_path"], scope["path"] = "", path
        as_sent(scope)
        await files(scope, receive, send)  # type: ignore[arg-type]

    return serve
