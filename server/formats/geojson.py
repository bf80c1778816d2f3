"""Looks at a GeoJSON file before GDAL reads it: is it whole, how many features does it hold, and is its `crs` a name (GDAL fetches
an address from the network). Runs inside the reader's fence."""

from pathlib import Path

import msgspec

from server.formats.refusal import FileRefused

MAX_BYTES = 128 * 1024 * 1024


class _Crs(msgspec.Struct):
    type: str = ""


class _Document(msgspec.Struct):
    type: str
    features: list[msgspec.Raw] | None = None
    crs: msgspec.Raw = msgspec.Raw(b"null")


def features(path: Path) -> tuple[int, bool]:
    """(how many features, whether the file names a coordinate system). Raises `FileRefused`."""
    size = path.stat().st_size
    if size > MAX_BYTES:
        raise FileRefused(
            f"filen er på {size // 1024**2} MB, og GeoJSON læses til {MAX_BYTES // 1024**2} MB. Gem den som GeoPackage."
        )
    raw = path.read_bytes().removeprefix(b"\xef\xbb\xbf")
    try:
        raw.decode()
        document = msgspec.json.decode(raw, type=_Document)
        named = _named(document.crs)
    except UnicodeDecodeError as reason:
        raise FileRefused(f"filen er ikke UTF-8 (byte {reason.start}). Gem den igen som UTF-8.") from reason
    except (msgspec.MsgspecError, RecursionError) as reason:
        raise FileRefused(f"filen er ikke hel GeoJSON ({reason}). Hent eller gem den igen, og prøv så.") from reason
    if document.type == "FeatureCollection" and document.features is not None:
        return len(document.features), named
    if document.type == "Feature":
        return 1, named
    raise FileRefused(f"filen er JSON, men ikke en FeatureCollection (type {document.type[:40]!r}).")


def _named(crs: msgspec.Raw) -> bool:
    if bytes(crs) == b"null":
        return False
    kind = msgspec.json.decode(crs, type=_Crs).type
    if kind.lower() != "name":
        raise FileRefused(
            f"filens crs er af slagsen {kind[:40]!r} og henviser til et andet sted, som ikke hentes. "
            "Gem filen i EPSG:25832 eller WGS84, eller fjern crs og skriv --crs."
        )
    return True
