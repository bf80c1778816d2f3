"""`python -m bench.register_files THINGS FOLDER`: a made-up register of as many objects, in every sort of file that offices hand over.

A process of its own: it writes with pyogrio, which can not share one with SpatiaLite. Nine of ten objects are points of GeoFA's table
5800, each tenth a line of 5802; ids, codes, states, dates and measures as the register has them, the same every time."""

import csv
import json
import sys
import uuid
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pyogrio
import shapely

WEST, SOUTH, STEP_M = 680_000.0, 6_060_000.0, 60.0
ACROSS = 400
CRS = "EPSG:25832"
SORTS: dict[str, tuple[str, str]] = {
    "gpkg": ("GPKG", ".gpkg"),
    "geojson": ("GeoJSON", ".geojson"),
    "shapefile, zipped": ("ESRI Shapefile", ".shp"),
    "mif": ("MapInfo File", ".mif"),
    "gml": ("GML", ".gml"),
    "flatgeobuf": ("FlatGeobuf", ".fgb"),
}
"""Sort of file: GDAL's driver that writes it, and its ending."""


def point(n: int) -> tuple[float, float]:
    return WEST + n % ACROSS * STEP_M, SOUTH + n // ACROSS * STEP_M


def of_5800(n: int) -> dict[str, Any]:
    """A bench, a table, a toilet …"""
    return {
        "objekt_id": str(uuid.UUID(int=n, version=4)),
        "kommunekod": 376,
        "facil_ty_k": (1371, 1201, 1012, 1132, 3012)[n % 5],
        "navn": f"Rasteplads nr. {n}, ved åen" if n % 3 else "",
        "off_kode": 1 if n % 50 else 0,
        "statuskode": 3,
        "systid_fra": "2024-05-01",
        "doegnaab_k": 1 if n % 2 else 0,
    }


def of_5802(n: int) -> dict[str, Any]:
    """A stretch; five of them are a route."""
    return {
        "objekt_id": str(uuid.UUID(int=2**64 + n, version=4)),
        "cvr_kode": 29188599,
        "navn": f"Stien om søen {n // 5}",
        "rute_ty_k": 5,
        "straekn_nr": n % 5 + 1,
        "belaegn_k": (1, 2, 3, 9)[n % 4],
        "off_kode": 1,
        "statuskode": 3,
        "systid_fra": "2024-05-01",
    }


def line(n: int) -> shapely.LineString:
    """Begins where the stretch before it ends."""
    x, y = WEST + n % 1000 * STEP_M, SOUTH - 2_000 - n // 1000 * STEP_M
    return shapely.LineString([(x + k * STEP_M / 10, y + k % 3) for k in range(10)] + [(x + STEP_M, y)])


def write(things: int, folder: Path) -> None:
    """Fills `folder` with a sub-folder a sort: what `import` is given lies in it by name "5800" and "5802" (or is the one .zip, .csv)."""
    lines, points = things // 10, things - things // 10
    tables: dict[str, tuple[Callable[[int], dict[str, Any]], int, list[shapely.Geometry], str]] = {
        "t_5800_fac_pkt": (of_5800, points, [shapely.Point(point(n)) for n in range(points)], "Point"),
        "t_5802_fac_li": (of_5802, lines, [line(n) for n in range(lines)], "LineString"),
    }
    for sort, (driver, ending) in SORTS.items():
        to = folder / sort
        to.mkdir(parents=True)
        for name, (row, count, shapes, geometry) in tables.items():
            columns = {key: [row(n)[key] for n in range(count)] for key in row(0)}
            pyogrio.raw.write(
                to / f"{name}{ending}",
                geometry=shapely.to_wkb(np.array(shapes, dtype=object)),
                field_data=[np.array(values, dtype=object if isinstance(values[0], str) else None) for values in columns.values()],
                fields=list(columns), layer=name, driver=driver, crs=CRS, geometry_type=geometry, encoding="UTF-8",
            )  # fmt: skip
    beside = folder / "shapefile, zipped"
    with zipfile.ZipFile(folder / "register.zip", "w", zipfile.ZIP_DEFLATED) as packed:
        for part in sorted(beside.iterdir()):
            packed.write(part, part.name)
            part.unlink()
    (folder / "register.zip").rename(beside / "register.zip")
    _sheet(folder / "csv", points)
    (folder / "rows.json").write_text(json.dumps([of_5800(n) for n in range(points)]), "utf-8")


def _sheet(to: Path, count: int) -> None:
    to.mkdir()
    with (to / "steder.csv").open("w", encoding="cp1252", newline="") as file:
        sheet = csv.writer(file, delimiter=";")
        sheet.writerow(["Id", "Navn", "Øst", "Nord", "Beskrivelse"])
        for n in range(count):
            x, y = point(n)
            sheet.writerow(
                [
                    n + 1,
                    f"Rasteplads nr. {n}, ved åen",
                    f"{x:.2f}".replace(".", ","),
                    f"{y:.2f}".replace(".", ","),
                    "Bord og bænk.",
                ]
            )


if __name__ == "__main__":
    write(int(sys.argv[1]), Path(sys.argv[2]))
