"""PMTiles archives: layers of one zoom read back, joined tile by tile, and written clustered with the same bytes every time."""

import gzip
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any, BinaryIO

from pmtiles.reader import MmapSource, Reader, all_tiles
from pmtiles.tile import Compression, TileType, deserialize_directory, zxy_to_tileid
from pmtiles.writer import write

from tiles.grid import Bounds, Tile

OS_BYTE = 9  # in a gzip header: 3 or 255 by the version of Python
OS_UNKNOWN = 255

# The reader comes without types.
_source: Callable[[BinaryIO], Any] = MmapSource
_reader: Callable[[Any], Any] = Reader
_all_tiles: Callable[[Any], Iterable[tuple[Tile, bytes]]] = all_tiles


def squeeze(data: bytes) -> bytes:
    """gzip without time and without the machine's name."""
    squeezed = bytearray(gzip.compress(data, 9, mtime=0))
    squeezed[OS_BYTE] = OS_UNKNOWN
    return bytes(squeezed)


def tiles_of(path: Path) -> Iterable[tuple[Tile, bytes]]:
    """Every tile of an archive, uncompressed, in the order of the archive."""
    with path.open("rb") as file:
        source = _source(file)
        gzipped = _reader(source).header()["tile_compression"] == Compression.GZIP
        for tile, data in _all_tiles(source):
            yield tile, gzip.decompress(data) if gzipped else data


def metadata_of(path: Path) -> dict[str, Any]:
    """The JSON of an archive."""
    with path.open("rb") as file:
        found: dict[str, Any] = _reader(_source(file)).metadata()
        return found


def header_of(path: Path) -> dict[str, Any]:
    """The header of an archive."""
    with path.open("rb") as file:
        found: dict[str, Any] = _reader(_source(file)).header()
        return found


def save(path: Path, tiles: Mapping[Tile, bytes], bounds: Bounds, metadata: Mapping[str, Any]) -> None:
    """Write squeezed tiles as one archive. `bounds` stand in its header, the zooms come from the tiles."""
    west, south, east, north = (round(value * 10_000_000) for value in bounds)
    with write(str(path)) as archive:
        for tile in sorted(tiles, key=lambda zxy: int(zxy_to_tileid(*zxy))):
            archive.write_tile(zxy_to_tileid(*tile), tiles[tile])
        header = {
            "tile_type": TileType.MVT,
            "tile_compression": Compression.GZIP,
            "min_lon_e7": west,
            "min_lat_e7": south,
            "max_lon_e7": east,
            "max_lat_e7": north,
            "center_zoom": min(zoom for zoom, _, _ in tiles),
        }
        archive.finalize(header, metadata)
    _same_on_every_machine(path)


def _same_on_every_machine(path: Path) -> None:
    """The writer squeezes directories and metadata itself: pin their OS byte as well."""
    header = header_of(path)
    with path.open("r+b") as file:
        starts = [header["root_offset"], header["metadata_offset"]]
        file.seek(header["root_offset"])
        root = deserialize_directory(file.read(header["root_length"]))
        starts += [header["leaf_directory_offset"] + entry.offset for entry in root if entry.run_length == 0]
        for start in starts:
            file.seek(start + OS_BYTE)
            file.write(bytes([OS_UNKNOWN]))
