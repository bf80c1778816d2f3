"""The build from end to end: read, lay out, cut in two processes, join, write packs, and the manifest that points at them.

Last, packs that no manifest has pointed at for long are deleted."""

import json
import multiprocessing
import tempfile
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import shapely

from tiles import census
from tiles.archive import squeeze, tiles_of
from tiles.cut import Cut, cut, works
from tiles.frame import bounds, drawn, fit, round_the
from tiles.grid import Tile
from tiles.layers.layer import MAX_ZOOM, MIN_ZOOM, Layer, World
from tiles.layers.ocean import NO_LAND
from tiles.layers.table import all_layers, why_not
from tiles.packs import OVERVIEW_MOST, Made, Plan, drop_old, make, manifest, swap
from tiles.site import Site, read_attribution, read_site, slug
from tiles.snap import OVERVIEW_ZOOM
from tiles.sources.read import Left, Source, read

PROCESSES = 2
SUFFIXES = {".gpkg", ".geojson"}
ROUND_A_TOWN = 5000.0  # metres on the ground that a small pack reaches each way


class BuildRefused(Exception):
    """What was asked for can not be built; the text says why."""


@dataclass(frozen=True)
class Asked:
    """The command line: folder of layers, municipality, perhaps all land, perhaps settings/site, and where the packs go."""

    layers: Path
    area: Path
    land: Path | None
    site: Path | None
    out: Path


@dataclass(frozen=True)
class Built:
    """What was made and what was not."""

    packs: list[Made]
    files: dict[str, Any]
    layers: dict[str, Any]
    passed_over: dict[str, str]
    left: list[Left]
    remarks: list[str]
    dropped: list[str]


Tell = Callable[[str, int, int], None]  # what is being done, steps done, steps in all


def build(asked: Asked, now: datetime, tell: Tell) -> Built:
    """Make every pack. Raises BuildRefused, SourceRefused, SiteRefused; then nothing in `out` has changed that a phone would see."""
    site = read_site(asked.site)
    remarks = [NO_LAND] if asked.land is None else []
    if not site.towns:
        remarks.append("no towns from --site: the map has no names of towns")
    tell("reading", 0, 1)
    world, passed_over = read_world(asked, site)
    fitted = lay_out(world)
    files = census.of_files(list(world.sources.values()), fitted)
    asked.out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="tiles-") as folder:
        cuts = cut_all(fitted, Path(folder), tell)
        pieces = joined([layer.name for layer in fitted], cuts)
    layers = census.of_layers(fitted, cuts)
    name = site.name or municipality(world.area)
    default = {"da": f"{name.removesuffix(' Kommune')} Kommune, GeoDanmark"}
    attribution = read_attribution(asked.layers, default)
    if attribution == default:
        remarks.append(f"no attribution.json among the layers: packs say “{default['da']}”")
    metadata = {
        "name": name,
        "attribution": attribution["da"],
        "type": "overlay",
        "vector_layers": vector_layers(fitted),
        census.KEY: {"files": files, "layers": layers},
    }
    tell("packing", 0, 1)
    squeezed = {tile: squeeze(b"".join(data for _, data in parts)) for tile, parts in pieces.items()}
    made = [make(plan, pieces, squeezed, metadata, asked.out) for plan in plans(name, world)]
    left = [
        *(one for source in world.sources.values() for one in source.left),
        *(one for layer in fitted for one in layer.left),
    ]
    left += census.lost(fitted, cuts)
    manifest_path = asked.out / "packs.json"
    swap(
        asked.out / "build.json",
        {"files": files, "layers": layers, "passed_over": passed_over, "left": [asdict(one) for one in left]},
    )
    before = json.loads(manifest_path.read_bytes()) if manifest_path.exists() else {}
    swap(manifest_path, manifest(made, attribution, now, before))
    dropped = drop_old(asked.out, made, before, now)
    return Built(made, files, layers, passed_over, left, remarks, dropped)


def read_world(asked: Asked, site: Site) -> tuple[World, dict[str, str]]:
    """Everything that is read, and the files of the folder that are not, each with the reason."""
    if not asked.layers.is_dir():
        raise BuildRefused(f"{asked.layers}: no folder")
    there = sorted(
        path
        for path in asked.layers.iterdir()
        if path.suffix.lower() in SUFFIXES and path.resolve() != asked.area.resolve()
    )
    passed_over = {path.name: reason for path in there if (reason := why_not(path.stem))}
    wanted = [path for path in there if path.name not in passed_over]
    stems = [path.stem for path in wanted]
    if doubled := {stem for stem in stems if stems.count(stem) > 1}:
        raise BuildRefused(f"{', '.join(sorted(doubled))}: there both as .gpkg and as .geojson")
    sources = read([asked.area, *([asked.land] if asked.land else []), *wanted])
    area, rest = sources[0], sources[1:]
    land = rest.pop(0) if asked.land else None
    if not len(area.shapes) or not all(shapely.get_type_id(shape) in {3, 6} for shape in area.shapes):
        raise BuildRefused(f"{asked.area.name}: --area is to hold polygons")
    frame = round_the(area)
    for source in rest:
        if len(source.shapes) and not shapely.intersects(source.shapes, frame).any():
            box = [round(value, 4) for value in bounds(shapely.box(*shapely.total_bounds(source.shapes)))]
            raise BuildRefused(
                f"{source.stem}: no row lies at the municipality; they lie at {box} (longitude and latitude the wrong way round?)"
            )
    return World({source.stem: source for source in rest}, area, land, site.towns, frame), passed_over


def lay_out(world: World) -> list[Layer]:
    """Every layer, cut at the frame."""
    return [fit(layer, world.frame) for layer in all_layers(world)]


def cut_all(layers: Sequence[Layer], folder: Path, tell: Tell) -> list[Cut]:
    """A process a layer and zoom, the largest first, so that the two end together."""
    todo = [work for layer in layers if layer.shapes for work in works(layer, range(MIN_ZOOM, MAX_ZOOM + 1), folder)]
    todo.sort(
        key=lambda work: (-int(shapely.get_num_coordinates(work.shapes).sum()) * work.zoom, work.layer, work.zoom)
    )
    with ProcessPoolExecutor(PROCESSES, mp_context=multiprocessing.get_context("spawn")) as pool:
        waiting = [pool.submit(cut, work) for work in todo]
        for done, future in enumerate(as_completed(waiting), 1):
            tell(f"cutting {future.result().layer} z{future.result().zoom}", done, len(todo))
        return sorted((future.result() for future in waiting), key=lambda one: (one.layer, one.zoom))


def joined(order: Sequence[str], cuts: Sequence[Cut]) -> dict[Tile, list[tuple[str, bytes]]]:
    """Of each tile its layers in drawing order: a vector tile is its layers' bytes one after the other."""
    pieces: dict[Tile, list[tuple[str, bytes]]] = {}
    for done in sorted(cuts, key=lambda one: order.index(one.layer)):
        if done.path:
            for tile, data in tiles_of(done.path):
                pieces.setdefault(tile, []).append((done.layer, data))
    return pieces


def plans(name: str, world: World) -> list[Plan]:
    """The overview, the whole, and a small pack round each town that lies in the frame."""
    whole = bounds(world.frame)
    every = range(MIN_ZOOM, MAX_ZOOM + 1)
    overview = {"da": f"{name}, oversigt", "en": f"{name}, overview", "de": f"{name}, Übersicht"}
    all_of_it = {"da": f"{name}, hele kortet", "en": f"{name}, the whole map", "de": f"{name}, die ganze Karte"}
    found = [
        Plan("overview", overview, whole, range(MIN_ZOOM, OVERVIEW_ZOOM + 1), True, OVERVIEW_MOST),
        Plan("all", all_of_it, whole, every, True),
    ]
    for town in world.towns:
        if world.frame.covers(town.point):
            da = town.names["da"]
            text = {
                "da": f"{da} og omegn",
                "en": f"{town.names.get('en', da)} and around",
                "de": f"{town.names.get('de', da)} und Umgebung",
            }
            near = town.point.buffer(drawn(ROUND_A_TOWN, town.point.y)).envelope.intersection(world.frame)
            found.append(Plan(slug(da), text, bounds(near), every, False))
    return found


def municipality(area: Source) -> str:
    """The name that the area's own file gives, or the file's."""
    for column in ("navn", "name", "label_dk"):
        if value := next((value for value in area.column(column) if value), None):
            return str(value)
    return area.stem


def vector_layers(layers: Sequence[Layer]) -> list[dict[str, Any]]:
    """What TileJSON wants said of each layer."""
    sorts = {bool: "Boolean", int: "Number", float: "Number"}
    return [
        {
            "id": layer.name,
            "minzoom": max(MIN_ZOOM, min(layer.from_zoom)),
            "maxzoom": MAX_ZOOM,
            "fields": {
                "n": "Number",
                **{
                    name: sorts.get(type(next((value for value in column if value is not None), "")), "String")
                    for name, column in sorted(layer.fields.items())
                },
            },
        }
        for layer in layers
        if layer.shapes
    ]
