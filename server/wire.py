"""What travels besides bodies and sync: the problem document (RFC 9457) and the packs' manifest (docs/wire.md)."""

import msgspec
from msgspec import UNSET, UnsetType

from server.model.values import Text


class FieldError(msgspec.Struct, omit_defaults=True):
    """One field that is wrong: `at` is a JSON Pointer (RFC 6901) into what was sent, or the name of a parameter."""

    at: str
    code: str
    detail: str
    limit: int | UnsetType = UNSET


class Problem(msgspec.Struct, omit_defaults=True):
    """RFC 9457. `code` is stable and what programs go by; `detail` is Danish and the fallback for people."""

    status: int
    title: str
    code: str
    detail: str
    type: str = "about:blank"
    errors: tuple[FieldError, ...] = ()
    limit: int | UnsetType = UNSET

    def encode(self) -> bytes:
        body = msgspec.to_builtins(self)
        body["type"] = self.type  # omit_defaults would drop it; the standard's examples carry it
        return msgspec.json.encode(body)


class PackManifest(msgspec.Struct):
    """One pack as `GET /api/v1/packs` tells of it: `pieces` are SHA-256 of each `piece_bytes` bytes of the archive."""

    id: str
    name: Text
    bounds: tuple[float, float, float, float]
    min_zoom: int
    max_zoom: int
    built_at: str
    bytes: int
    sha256: str
    piece_bytes: int
    pieces: tuple[str, ...]
    url: str
    style: int
    attribution: Text


class PackList(msgspec.Struct):
    """The body of `GET /api/v1/packs`."""

    packs: tuple[PackManifest, ...]
