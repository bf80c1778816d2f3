"""tippecanoe on the layers of our tile maker: read and laid out by ours, written as it likes to read them, cut and packed by it.

Its flags are those that leave nothing out and simplify nothing, at our zooms and extent.
`python -m bench.tiles_peer LAYERS AREA LAND SITE INTO` is the first half, as a process whose time and memory can be taken."""

import json
import sys
from dataclasses import dataclass
from pathlib import Path

import shapely

from bench.installed import python_packages
from tiles import census
from tiles.archive import metadata_of
from tiles.build import Asked, lay_out, read_world
from tiles.cut import NUMBER
from tiles.layers.layer import MAX_ZOOM, MIN_ZOOM, Layer
from tiles.site import read_site
from tiles.tally import tally

LOSSLESS = (
    f"-Z{MIN_ZOOM} -z{MAX_ZOOM} -P -b8 --no-feature-limit --no-tile-size-limit -r1 --no-tiny-polygon-reduction "
    "--full-detail=13 --low-detail=13 --preserve-input-order --no-line-simplification --projection=EPSG:3857 --quiet --force"
).split()


@dataclass(frozen=True)
class Counted:
    """What an archive lacks of what its layers have, by zoom from 8 to 13 and in all; what of that it says itself; what is invalid."""

    lost: dict[int, int]
    said: int
    invalid: int

    @property
    def lost_in_all(self) -> int:
        return sum(self.lost.values())

    @property
    def lost_at_last(self) -> int:
        return self.lost[MAX_ZOOM]


def layers_of(asked: Asked) -> list[Layer]:
    """The layers as the build lays them out."""
    world, _ = read_world(asked, read_site(asked.site))
    return [layer for layer in lay_out(world) if layer.shapes]


def command(layers: list[Layer], folder: Path, out: Path) -> list[str]:
    """What makes `out` of the files that `write` writes. Raises Missing."""
    named = [part for layer in layers for part in ("-L", f"{layer.name}:{folder / layer.name}.geojsonl")]
    return [str(python_packages() / "tippecanoe"), *LOSSLESS, "-o", str(out), *named]


def write(layers: list[Layer], folder: Path) -> None:
    """Each layer as a file of features, a line each."""
    for layer in layers:
        with (folder / f"{layer.name}.geojsonl").open("w", encoding="utf-8") as lines:
            for number, shape in enumerate(layer.shapes):
                values = {name: column[number] for name, column in layer.fields.items() if column[number] is not None}
                feature = {
                    "type": "Feature",
                    "properties": {**values, NUMBER: number},
                    "tippecanoe": {"minzoom": max(MIN_ZOOM, layer.from_zoom[number])},
                    "geometry": json.loads(shapely.to_geojson(shape)),
                }
                lines.write(json.dumps(feature, ensure_ascii=False) + "\n")


def count(archive: Path, layers: list[Layer]) -> Counted:
    """By a decoder that wrote neither."""
    found = tally(archive)
    lost = {
        zoom: sum(
            sum(first <= zoom for first in layer.from_zoom) - len(found.numbers.get((layer.name, zoom), ()))
            for layer in layers
        )
        for zoom in range(MIN_ZOOM, MAX_ZOOM + 1)
    }
    own = metadata_of(archive).get(census.KEY, {"layers": {}})["layers"]
    said = sum(
        number
        for layer in own.values()
        for at in layer["zooms"].values()
        for reason, number in at["left"].items()
        if not reason.startswith("drawn from")
    )
    return Counted(lost, said, len(found.invalid) + len(found.unreadable))


if __name__ == "__main__":
    files, area, land, site, into = map(Path, sys.argv[1:])
    write(layers_of(Asked(files, area, land, site, into)), into)
