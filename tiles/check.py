"""Holds an archive against its own census, and against the sources where they are given. Faults are sentences; none means good."""

import hashlib
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import shapely

from tiles import census
from tiles.archive import header_of, metadata_of
from tiles.build import Asked, lay_out, read_world
from tiles.frame import bounds
from tiles.layers.layer import MAX_ZOOM, Layer
from tiles.packs import ALL_MOST, OVERVIEW_MOST
from tiles.site import read_site
from tiles.snap import EXTENT, OVERVIEW_ZOOM
from tiles.tally import SEA, Tally, in_sea, tally

HASH = re.compile("[0-9a-f]{64}")
OFF = 0.005  # how far length and area at the last zoom may be from the source's
LOOKED_AT = 20  # sea is looked for at this many points each way
SHORE = 100.0  # units of EPSG:3857: an overview's shore is that far off at most
SHOWN = 5


@dataclass(frozen=True)
class Checked:
    """One archive: what was counted, in lines, and what is wrong with it."""

    name: str
    lines: list[str]
    faults: list[str]


@dataclass(frozen=True)
class Truth:
    """What the sources say: the layers as they lie in the frame."""

    layers: list[Layer]
    frame: shapely.Polygon

    def expected(self) -> dict[str, Any]:
        """As the census has it, without zooms."""
        return census.of_layers(self.layers, [])


def truth(asked: Asked) -> Truth:
    """Read the sources afresh."""
    world, _ = read_world(asked, read_site(asked.site))
    return Truth(lay_out(world), world.frame)


def check(path: Path, sources: Truth | None = None) -> Checked:
    """Decode everything and compare. An archive of other makers has no census: then geometry alone is held against the rules."""
    try:
        header, metadata = header_of(path), metadata_of(path)
    except Exception as no:  # the reader raises whatever it stumbles on
        return Checked(path.name, [], [f"can not be read: {type(no).__name__} {no}"])
    count = tally(path)
    lines = [f"{path.stat().st_size / 1000:.0f} kB, {count.tiles} tiles, z{min(count.zooms)}–{max(count.zooms)}"]
    faults = [
        f"{len(what)} {word}, first {what[0]}"
        for what, word in ((count.unreadable, "unreadable tiles"), (count.invalid, "invalid"))
        if what
    ]
    lines.append(f"{sum(count.features.values())} features decoded, {len(count.invalid)} invalid")
    if short := header["tile_data_offset"] + header["tile_data_length"] - path.stat().st_size:
        faults.append(f"{abs(short)} bytes {'missing at the end' if short > 0 else 'too many'}")
    if count.bare:
        faults.append(f"{len(count.bare)} tiles with nothing in them, first {count.bare[0]}")
    if HASH.fullmatch(path.stem) and hashlib.sha256(path.read_bytes()).hexdigest() != path.stem:
        faults.append("its bytes are not those of its name")
    if not header["clustered"]:
        faults.append("not clustered")
    if (min(count.zooms), max(count.zooms)) != (header["min_zoom"], header["max_zoom"]):
        faults.append(f"header says z{header['min_zoom']}–{header['max_zoom']}")
    most = OVERVIEW_MOST if max(count.zooms) <= OVERVIEW_ZOOM else ALL_MOST
    if path.stat().st_size > most:
        faults.append(f"{path.stat().st_size} bytes, over the {most} that it may have")
    own = metadata.get(census.KEY)
    if own is None:
        lines.append("no census inside: made elsewhere, counts are not compared")
        return Checked(path.name, lines, faults)
    if count.extents != {EXTENT}:
        faults.append(f"extents {sorted(count.extents)}, not {EXTENT}")
    given_up = metadata.get("given_up", {})
    for layer, zooms in given_up.items():
        lines.append(f"{layer} given up at z{', z'.join(map(str, zooms))} to stay within the size")
    faults += _files(own["files"])
    faults += _numbers(own["layers"], count, given_up, metadata["whole"])
    if metadata["whole"]:
        expected = sources.expected() if sources else own["layers"]
        faults += _same_layers(expected, own["layers"])
        said, wrong = _sizes(expected, count)
        lines += said
        faults += wrong + _names(expected, own["layers"], count, given_up)
        if sources:
            said, wrong = _sea(sources, count)
            lines += said
            faults += wrong
    else:
        lines.append("a part of the map: counts are upper bounds, sizes and names are not compared")
    return Checked(path.name, lines, faults)


def _files(files: dict[str, Any]) -> list[str]:
    return [
        f"{stem}: {count['found']} rows, but {count['drawn']} drawn and {sum(count['left'].values())} left"
        for stem, count in files.items()
        if count["drawn"] + sum(count["left"].values()) != count["found"]
    ]


def _numbers(layers: dict[str, Any], count: Tally, given_up: dict[str, list[int]], whole: bool) -> list[str]:
    """In = drawn + left by reason, and the drawn ones are in the tiles."""
    faults = [f"layer {layer} is not in the census" for layer in {layer for layer, _ in count.features} - layers.keys()]
    for layer, said in layers.items():
        for text, at in said["zooms"].items():
            zoom = int(text)
            if at["drawn"] + sum(at["left"].values()) != said["features"]:
                faults.append(f"{layer} z{zoom}: {said['features']} in, but {at['drawn']} drawn and {at['left']} left")
            if zoom not in count.zooms or zoom in given_up.get(layer, []):
                continue
            found = len(count.numbers.get((layer, zoom), ()))
            if found > at["drawn"] or (whole and found != at["drawn"]):
                faults.append(f"{layer} z{zoom}: census says {at['drawn']} drawn, the tiles hold {found}")
    return faults


def _same_layers(expected: dict[str, Any], layers: dict[str, Any]) -> list[str]:
    faults = []
    for layer in sorted(expected.keys() | layers.keys()):
        truly, said = (where.get(layer, {}).get("features", 0) for where in (expected, layers))
        if truly != said:
            faults.append(f"{layer}: sources have {truly} features, the archive's census {said}")
    return faults


def _sizes(expected: dict[str, Any], count: Tally) -> tuple[list[str], list[str]]:
    """Length and area at the last zoom beside the source's."""
    lines, faults = [], []
    for layer, said in expected.items():
        if MAX_ZOOM not in count.zooms or not said.get("size"):
            continue
        off = count.sizes.get(layer, 0.0) / said["size"] - 1
        what = f"{layer}: {'area' if said['shape'] == 'polygon' else 'length'} at z{MAX_ZOOM} off by"
        lines.append(f"{what} {off:+.4%}")
        if abs(off) > OFF:
            faults.append(f"{what} {off:+.2%}")
    return lines, faults


def _names(expected: dict[str, Any], own: dict[str, Any], count: Tally, given_up: dict[str, list[int]]) -> list[str]:
    faults = []
    for layer, said in expected.items():
        # Only where the archive's zooms show all of the layer, as its own census has it.
        last = str(max(count.zooms))
        if own.get(layer, {}).get("zooms", {}).get(last, {}).get("drawn") != said["features"] or layer in given_up:
            continue
        missing = sorted(set(said.get("names", [])) - count.names.get(layer, set()))
        if missing:
            faults.append(f"{layer}: names not in the tiles: {', '.join(missing[:SHOWN])}")
    return faults


def _sea(sources: Truth, count: Tally) -> tuple[list[str], list[str]]:
    """Looks at points in a grid over the frame: sea there, sea here; land there, land here. Too near a shore proves nothing."""
    sea = next((np.array(layer.shapes, dtype=object) for layer in sources.layers if layer.name == SEA), None)
    if sea is None or not len(sea):
        return ["no sea: no --land"], []
    west, south, east, north = shapely.bounds(sources.frame).tolist()
    steps = (np.arange(LOOKED_AT) + 0.5) / LOOKED_AT
    points = shapely.points(
        *(grid.ravel() for grid in np.meshgrid(west + steps * (east - west), south + steps * (north - south)))
    )
    whole = shapely.union_all(sea)
    clear = points[shapely.distance(shapely.boundary(whole), points) > SHORE]
    wrong = []
    for point, wet in zip(clear, shapely.covers(whole, clear).tolist(), strict=True):
        lon, lat, *_ = bounds(point)
        if in_sea(count, max(count.zooms), lon, lat) != wet:
            wrong.append(f"{lon:.4f}, {lat:.4f} is {'sea' if wet else 'land'}")
    faults = (
        [f"{len(wrong)} points of {len(clear)} are drawn wet for dry or dry for wet, first {wrong[0]}"] if wrong else []
    )
    return [f"sea looked at in {len(clear)} points, {len(wrong)} wrong"], faults
