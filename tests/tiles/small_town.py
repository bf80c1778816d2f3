"""A municipality of a few square kilometres, made by hand for these tests: an island to the east, a neighbour to the west.

It lies where Guldborgsund does, 11.80–11.86 E and 54.70–54.74 N; the western edge is a border on land, the rest is coast.
"""

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from tiles.build import Asked, Built

NOON = datetime(2026, 4, 1, 12, 0, tzinfo=UTC)

Feature = tuple[str | None, Any, dict[str, Any]]


def box(west: float, south: float, east: float, north: float) -> list[list[list[float]]]:
    return [[[west, south], [east, south], [east, north], [west, north], [west, south]]]


def geojson(path: Path, features: list[Feature], crs: str | None = None) -> Path:
    body: dict[str, Any] = {
        "type": "FeatureCollection",
        "features": [
            {
                "type": "Feature",
                "properties": properties,
                "geometry": None if shape is None else {"type": shape, "coordinates": points},
            }
            for shape, points, properties in features
        ],
    }
    if crs:
        body["crs"] = {"type": "name", "properties": {"name": crs}}
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(body), encoding="utf-8")
    return path


def small_town(folder: Path) -> Asked:
    """Writes the municipality's files to a folder and says how they are asked for."""
    layers = folder / "layers"
    geojson(folder / "area.geojson", [("Polygon", box(11.80, 54.70, 11.86, 54.74), {"name": "Prøveby"})])
    land: list[Feature] = [
        ("Polygon", box(11.60, 54.60, 11.80, 54.80), {}),
        ("Polygon", box(11.80, 54.70, 11.86, 54.74), {}),
    ]
    geojson(folder / "land.geojson", land)
    roads: list[Feature] = [
        ("LineString", [[11.79, 54.72], [11.85, 54.72]], {"kind": "primary", "name": "Landevejen", "bridge": True}),
        ("LineString", [[11.82, 54.705], [11.82, 54.735]], {"kind": "residential"}),
        ("LineString", [[11.80, 54.73], [11.85, 54.731]], {"kind": "rail"}),
        ("LineString", [[11.86, 54.72], [11.90, 54.72]], {"kind": "ferry", "name": "Færgen"}),
        ("LineString", [[11.83, 54.71], [11.8300005, 54.71]], {"kind": "path"}),
        ("LineString", [[11.83, 54.71], [11.84, 54.71]], {"kind": "yellow brick road"}),
        (None, None, {"kind": "primary"}),
        ("Point", [11.83, 54.71], {"kind": "primary"}),
        ("LineString", [[44.0, 11.8], [44.1, 11.9]], {"kind": "primary"}),
    ]
    geojson(layers / "veje.geojson", roads)
    geojson(
        layers / "skov.geojson",
        [("Polygon", box(11.83, 54.722, 11.845, 54.73), {"kind": "forest", "name": "Prøveskov"})],
    )
    geojson(
        layers / "soe.geojson", [("Polygon", box(11.81, 54.705, 11.815, 54.708), {"kind": "lake", "name": "Prøvesø"})]
    )
    geojson(layers / "natur.geojson", [("Polygon", box(11.85, 54.701, 11.8500005, 54.739), {"kind": "meadow"})])
    geojson(layers / "vandnavne.geojson", [("Point", [11.88, 54.73], {"kind": "sound", "name": "Prøvesund"})])
    geojson(layers / "linestring_rute_vandre.geojson", [("LineString", [[11.81, 54.71], [11.82, 54.71]], {})])
    towns = [{"name": {"da": "Prøveby", "en": "Testtown"}, "point": [11.84, 54.715]}]
    (folder / "site.json").write_text(json.dumps({"name": {"da": "Prøveby"}, "towns": towns}), encoding="utf-8")
    return Asked(layers, folder / "area.geojson", folder / "land.geojson", folder / "site.json", folder / "out")


def silent(what: str, done: int, total: int) -> None:
    """Hears how far the build is, and says nothing."""


@dataclass(frozen=True)
class Municipality:
    """The small municipality, built once for all tests that only look."""

    asked: Asked
    built: Built
    manifest: dict[str, Any]

    def pack(self, name: str) -> Path:
        return next(pack.path for pack in self.built.packs if pack.plan.id == name)
