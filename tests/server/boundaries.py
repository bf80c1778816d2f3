"""Files of made-up municipalities' boundaries."""

import json
from pathlib import Path
from typing import Any


def square(west: float, south: float, side: float = 0.1) -> dict[str, Any]:
    east, north = round(west + side, 6), round(south + side, 6)
    ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    return {"type": "Polygon", "coordinates": [ring]}


def feature(code: Any, name: str, geometry: dict[str, Any] | None, /, **columns: str) -> dict[str, Any]:
    given = {columns.get("code", "lau_1"): code, columns.get("name", "label_dk"): name}
    return {"type": "Feature", "properties": given, "geometry": geometry}


THREE = [
    feature("0901", "Vestby", square(11.0, 55.0)),
    feature("0901", "Vestby", square(11.02, 55.12, 0.01)),  # an island of its own
    feature("0902", "Østby", square(11.10003, 55.0)),  # shares a border with Vestby, drawn by another hand
    feature("0903", "Øen", square(11.25, 55.0, 0.05)),  # has water between
    feature("0904", "Langt Væk", square(12.5, 56.0)),
]


def written(
    folder: Path, features: list[dict[str, Any]] = THREE, name: str = "kommuner.geojson", **members: Any
) -> Path:
    """A FeatureCollection in `folder`."""
    path = folder / name
    path.write_text(json.dumps({"type": "FeatureCollection", **members, "features": features}), encoding="utf-8")
    return path
