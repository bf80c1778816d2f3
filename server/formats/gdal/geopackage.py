"""Looks at a GeoPackage with SQLite alone before GDAL reads it: is the file whole, which layers are real tables, how many rows do
they hold. GDAL believes the count that a file keeps of itself, and stops there without a word. Runs inside the reader's fence."""

import sqlite3
from pathlib import Path

from server.formats import broken
from server.formats.refusal import FileRefused
from sync.sql import load

SQL = load(__file__)
_NEEDED = ("gpkg_contents", "gpkg_geometry_columns", "gpkg_spatial_ref_sys")


def rows_by_layer(path: Path, only: tuple[str, ...] = ()) -> dict[str, int]:
    """{layer: its rows as counted}, of those in `only` where it is not empty. Raises `FileRefused` for a file that is cut or
    damaged, and for a layer that is a view: it is reckoned while it is read, and need never end."""
    con = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro&immutable=1", uri=True, isolation_level=None)
    try:
        SQL.rows(con, "distrust")
        SQL.rows(con, "check_cells")
        damage = SQL.rows(con, "whole")
        if damage != [("ok",)]:
            raise sqlite3.DatabaseError(str(damage[0][0])[:200])
        return _count(con, only)
    except (sqlite3.Error, UnicodeDecodeError) as reason:
        raise FileRefused(broken.database(reason)) from reason
    finally:
        con.close()


def _count(con: sqlite3.Connection, only: tuple[str, ...]) -> dict[str, int]:
    kinds = {str(name).lower(): (kind, sql or "") for name, kind, sql in SQL.rows(con, "relations")}
    for name in _NEEDED:
        if name not in kinds:
            raise FileRefused(f"filen er ikke en GeoPackage: tabellen {name} er der ikke.")
    counts: dict[str, int] = {}
    for name, (kind, _) in kinds.items():
        if kind == "view" and name.startswith("gpkg_"):
            raise FileRefused(_a_view(name))
    for (layer,) in SQL.rows(con, "layers"):
        if only and layer not in only:
            continue
        kind, sql = kinds.get(str(layer).lower(), ("", ""))
        if not kind:
            raise FileRefused(f"filen nævner laget {layer}, men det er der ikke. Gem filen igen, og prøv så.")
        if kind != "table" or sql.lstrip().upper().startswith("CREATE VIRTUAL"):
            raise FileRefused(_a_view(layer))
        quoted = '"' + str(layer).replace('"', '""') + '"'
        counts[str(layer)] = con.execute(SQL.names["count"].text.replace('"layer"', quoted)).fetchall()[0][0]
    return counts


def _a_view(name: str) -> str:
    return (
        f"{name} er en visning (view), ikke en tabel, og læses ikke. Gem den som et lag for sig "
        "(i QGIS: Eksportér, Gem objekter som), og prøv så."
    )
