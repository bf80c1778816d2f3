"""What the import asks of a GeoJSON file before GDAL reads it. Runs inside the reader's fence."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

import msgspec

from fence.geojson import MAX_BYTES, LookFailed, look
from server.formats import broken
from server.formats.gdal.counted import TOLD, refuse_a_page
from server.formats.refusal import FileRefused

LONGEST_TEXT: Final = 10_000_000
"""Of GDAL, which calls a longer one a number of too many characters."""
NAMED: Final = 10
"""Rows that are named."""
GEOMETRIES: Final = frozenset(
    {"Point", "MultiPoint", "LineString", "MultiLineString", "Polygon", "MultiPolygon", "GeometryCollection"}
)


class _Feature(msgspec.Struct):
    type: str
    properties: Any = None
    geometry: Any = None
    id: Any = None


class _Document(msgspec.Struct, rename={name.lower(): name for name in TOLD}):
    features: list[msgspec.Raw] | None = None
    crs: dict[str, Any] | None = None
    numbermatched: msgspec.Raw = msgspec.Raw()
    numberreturned: msgspec.Raw = msgspec.Raw()
    numberoffeatures: msgspec.Raw = msgspec.Raw()
    totalfeatures: msgspec.Raw = msgspec.Raw()


def features(path: Path) -> tuple[int, str]:
    """(how many features, the coordinate system that the file names, "" where it names none). Raises `FileRefused`: also where a
    feature is none, because GDAL leaves those out without a word."""
    size = path.stat().st_size
    if size > MAX_BYTES:
        raise FileRefused(
            f"filen er på {size // 1024**2} MB, og GeoJSON læses til {MAX_BYTES // 1024**2} MB. Gem den som GeoPackage."
        )
    try:
        looked = look(path)
    except LookFailed as reason:
        raise FileRefused(broken.geojson(reason, path.read_bytes())) from reason
    if looked.demo:
        raise FileRefused(
            "filen er fra demoen: steder, ruter og tal i den er opdigtet og hører ikke til blandt rigtige. Vis demoen for sig: "
            "DEMO=1 DATA_DIR=var/demo python -m server run"
        )
    if looked.crs not in (None, "name"):
        raise FileRefused(
            f"filens crs er af slagsen {looked.crs[:40]!r} og henviser til et andet sted, som ikke hentes. "
            "Gem filen i EPSG:25832 eller WGS84, eller fjern crs og skriv --crs."
        )
    if looked.type == "Feature":
        return 1, _crs(path)[1]
    if looked.type != "FeatureCollection" or looked.features is None:
        raise FileRefused(_no_collection(looked.type))
    document, crs = _crs(path)
    rows = document.features or []
    _refuse_what_is_none(rows)
    says = {name: bytes(getattr(document, name.lower())).decode().strip('"') for name in TOLD}
    refuse_a_page(len(rows), says)
    return len(rows), crs


def _crs(path: Path) -> tuple[_Document, str]:
    """(the document with its features, the name of its coordinate system)."""
    document = msgspec.json.decode(path.read_bytes().removeprefix(b"\xef\xbb\xbf"), type=_Document)
    if document.crs is None:
        return document, ""
    properties = document.crs.get("properties")
    name = properties.get("name") if isinstance(properties, dict) else None
    return document, name if isinstance(name, str) and name.strip() else "(uden navn)"


def _longest(value: Any) -> int:
    """The letters of the longest text in it."""
    if isinstance(value, dict | list):
        return max(map(_longest, value.values() if isinstance(value, dict) else value), default=0)
    return len(value) if isinstance(value, str) else 0


def _refuse_what_is_none(rows: Sequence[msgspec.Raw]) -> None:
    decode, none = msgspec.json.Decoder(_Feature).decode, list[int]()
    for row, raw in enumerate(rows, 1):
        try:
            feature = decode(raw)
            if len(memoryview(raw)) > LONGEST_TEXT and _longest([feature.properties, feature.id]) > LONGEST_TEXT:
                raise FileRefused(
                    f"række {row} har et felt på over {LONGEST_TEXT // 10**6} millioner tegn. Forkort det i filen, eller slet rækken."
                )
            if feature.type == "Feature":
                continue
        except msgspec.ValidationError as reason:
            if "out of range" in str(reason):
                raise FileRefused(
                    f"række {row} har et tal, der er for stort til at læses. Ret det i filen, eller slet rækken."
                ) from reason
        none.append(row)
    if none:
        some = ", ".join(map(str, none[:NAMED])) + (f" og {len(none) - NAMED} til" if len(none) > NAMED else "")
        raise FileRefused(
            f"{len(none)} af filens {len(rows)} rækker er ikke en Feature: række {some}. Skriv dem om, eller slet dem i filen."
        )


def _no_collection(type: str) -> str:
    if type == "Topology":
        do = "Det er TopoJSON: gem laget som GeoJSON."
    elif type in GEOMETRIES:
        do = "Det er en geometri alene: gem laget som GeoJSON med dens kolonner, eller sæt den i en Feature i en FeatureCollection."
    else:
        do = "Gem laget som GeoJSON."
    return f"filen er JSON, men ikke en FeatureCollection (type {type[:40]!r}). {do}"
