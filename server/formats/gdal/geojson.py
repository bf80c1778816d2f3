"""What the import asks of a GeoJSON file before GDAL reads it. Runs inside the reader's fence."""

from pathlib import Path

from fence.geojson import MAX_BYTES, LookFailed, look
from server.formats.refusal import FileRefused
from server.formats.wrong import in_danish


def features(path: Path) -> tuple[int, bool]:
    """(how many features, whether the file names a coordinate system). Raises `FileRefused`."""
    size = path.stat().st_size
    if size > MAX_BYTES:
        raise FileRefused(
            f"filen er på {size // 1024**2} MB, og GeoJSON læses til {MAX_BYTES // 1024**2} MB. Gem den som GeoPackage."
        )
    try:
        looked = look(path)
    except LookFailed as reason:
        if reason.byte is not None:
            raise FileRefused(f"filen er ikke UTF-8 (byte {reason.byte}). Gem den igen som UTF-8.") from reason
        at, what = in_danish(str(reason))
        where = f"{at}: " if at else ""
        raise FileRefused(
            f"filen er ikke hel GeoJSON ({where}{what}). Hent eller gem den igen, og prøv så."
        ) from reason
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
    named = looked.crs is not None
    if looked.type == "FeatureCollection" and looked.features is not None:
        return looked.features, named
    if looked.type == "Feature":
        return 1, named
    raise FileRefused(f"filen er JSON, men ikke en FeatureCollection (type {looked.type[:40]!r}).")
