"""Looks at a GeoJSON file before GDAL reads it: is it whole, how many features does it hold, and what sort is its `crs`. A `crs` that is
no name GDAL fetches from the network. Belongs inside the limits: the file is parsed here."""

from pathlib import Path

import msgspec

MAX_BYTES = (
    128 * 1024 * 1024
)  # of a file that is looked at; more does not go into the limits' memory together with its values


class Looked(msgspec.Struct, frozen=True):
    """A whole JSON document as far as it matters: its type, its features (None: it has no list of them), the sort of its `crs` in small
    letters (None: it has none), whether it says that all in it is made up."""

    type: str
    features: int | None
    crs: str | None
    demo: bool = False


class LookFailed(Exception):
    """No GeoJSON. `byte` is where it stops being UTF-8; None where the text is good and what it says is not."""

    def __init__(self, reason: Exception) -> None:
        super().__init__(str(reason))
        self.byte = reason.start if isinstance(reason, UnicodeDecodeError) else None


class _Crs(msgspec.Struct):
    type: str = ""


class _Document(msgspec.Struct):
    type: str
    features: list[msgspec.Raw] | None = None
    crs: _Crs | None = None
    demo: msgspec.Raw = msgspec.Raw(b"false")


def look(path: Path) -> Looked:
    """What the file is. The caller has seen to it that it has at most MAX_BYTES. Raises `LookFailed`."""
    raw = path.read_bytes().removeprefix(b"\xef\xbb\xbf")
    try:
        raw.decode()
        document = msgspec.json.decode(raw, type=_Document)
    except (UnicodeDecodeError, msgspec.MsgspecError, RecursionError) as reason:
        raise LookFailed(reason) from reason
    count = None if document.features is None else len(document.features)
    crs = None if document.crs is None else document.crs.type.lower()
    return Looked(document.type, count, crs, bytes(document.demo) == b"true")
