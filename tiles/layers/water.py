"""`water_polygons` and `water_lines`: lakes from soe (and lakes among natur), streams from vandloeb and from the
municipality's protected watercourses."""

from tiles.layers.kinds import LAND_FROM, WATER_FROM, WATER_LINES_FROM
from tiles.layers.layer import Layer, World


def water_polygons(world: World) -> Layer:
    layer = Layer("water_polygons", "polygon")
    for source in (world.sources[stem] for stem in ("soe", "natur", "land") if stem in world.sources):
        mine = source.stem == "soe"
        for shape, row, kind, name in zip(
            source.shapes, source.rows, source.column("kind"), source.column("name"), strict=True
        ):
            known = str(kind or "water")
            if known in WATER_FROM and (mine or kind):
                layer.add(shape, (source.stem, row), WATER_FROM[known], kind=known, name=name)
            elif mine:
                layer.leave((source.stem, row), f"unknown kind {known}{' of land' if known in LAND_FROM else ''}")
    return layer


def water_lines(world: World) -> Layer:
    layer = Layer("water_lines", "line")
    if own := world.sources.get("vandloeb"):
        for shape, row, kind, name in zip(own.shapes, own.rows, own.column("kind"), own.column("name"), strict=True):
            known = str(kind or "stream")
            if known in WATER_LINES_FROM:
                layer.add(shape, ("vandloeb", row), WATER_LINES_FROM[known], kind=known, name=name)
            else:
                layer.leave(("vandloeb", row), f"unknown kind {known}")
    if municipal := world.sources.get("linestring_land_beskyttnatur_linje"):
        for shape, row in zip(municipal.shapes, municipal.rows, strict=True):
            layer.add(shape, (municipal.stem, row), WATER_LINES_FROM["stream"], kind="stream")
    return layer
