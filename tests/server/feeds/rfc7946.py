"""What RFC 7946 asks of a FeatureCollection, as a list of what is wrong with it."""

import itertools
import json
from collections.abc import Iterator
from typing import Any

DEEP = {"Point": 0, "MultiPoint": 1, "LineString": 1, "MultiLineString": 2, "Polygon": 2, "MultiPolygon": 3}
OF_OTHERS = ("coordinates", "geometries", "geometry", "properties")


def wrong(raw: bytes) -> list[str]:
    """Empty where nothing is. `raw` must be UTF-8 without a mark (§11, RFC 8259)."""
    if raw.startswith(b"\xef\xbb\xbf"):
        return ["begins with a mark"]
    return list(_collection(json.loads(raw.decode("utf-8"), parse_constant=lambda name: {"no number": name})))


def _collection(document: Any) -> Iterator[str]:
    if document.get("type") != "FeatureCollection" or not isinstance(document.get("features"), list):
        yield "no FeatureCollection (§3.3)"
        return
    if "crs" in document:
        yield "names a crs (§4)"
    yield from (f"a collection has {name} (§7.1)" for name in OF_OTHERS if name in document)
    every = []
    ids = [feature.get("id") for feature in document["features"] if "id" in feature]
    if len(ids) != len(set(ids)):
        yield "two features have one id"
    for n, feature in enumerate(document["features"]):
        at = f"feature {n}: "
        if feature.get("type") != "Feature" or not isinstance(feature.get("properties"), dict | None):
            yield f"{at}no Feature (§3.2)"
        if "id" in feature and not isinstance(feature["id"], str | int | float):
            yield f"{at}its id is no string and no number (§3.2)"
        yield from (f"{at}has {name} (§7.1)" for name in ("coordinates", "geometries", "features") if name in feature)
        if "geometry" not in feature:
            yield f"{at}no member geometry, not even null (§3.2)"
            continue
        if (geometry := feature["geometry"]) is None:
            continue
        points = list(_geometry(geometry))
        yield from (f"{at}{point}" for point in points if isinstance(point, str))
        positions = [point for point in points if not isinstance(point, str)]
        every += positions
        if "bbox" in feature and feature["bbox"] != _box(positions):
            yield f"{at}its box is not round it (§5)"
    if every and document.get("bbox") != _box(every):
        yield "the box is not round all of it (§5)"


def _geometry(geometry: Any) -> Iterator[Any]:
    if geometry.get("type") not in DEEP:
        yield f"no geometry: {geometry.get('type')} (§1.4)"
        return
    yield from _positions(geometry["type"], geometry.get("coordinates"), DEEP[geometry["type"]])


def _positions(type: str, found: Any, deep: int) -> Iterator[Any]:
    if deep == 0:
        numbers = isinstance(found, list) and all(isinstance(n, int | float) and not isinstance(n, bool) for n in found)
        if not numbers or len(found) not in (2, 3):
            yield f"no position: {found!r} (§3.1.1)"
        elif not (-180 <= found[0] <= 180 and -90 <= found[1] <= 90):
            yield f"no longitude and latitude: {found!r} (§4)"
        else:
            yield found
        return
    if not isinstance(found, list) or (deep == 1 and type != "MultiPoint" and len(found) < 2):
        yield "a line of fewer than two positions (§3.1.4)"
        return
    if deep == 1 and "Polygon" in type and (len(found) < 4 or found[0] != found[-1]):
        yield "a ring that is not closed (§3.1.6)"
    if deep == 2 and "Polygon" in type:
        yield from (
            "a ring turns the wrong way (§3.1.6)" for n, ring in enumerate(found) if (_area(ring) > 0) != (n == 0)
        )
    for inner in found:
        yield from _positions(type, inner, deep - 1)


def _area(ring: list[list[float]]) -> float:
    return sum(a[0] * b[1] - b[0] * a[1] for a, b in itertools.pairwise(ring))


def _box(points: list[list[float]]) -> list[float]:
    lons, lats = [p[0] for p in points], [p[1] for p in points]
    return [min(lons), min(lats), max(lons), max(lats)]
