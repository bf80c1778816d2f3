"""`water_polygons` and `water_lines`: lakes from soe (and lakes among natur), streams from vandloeb and from the
municipality's protected watercourses."""

from tiles.layers.kinds import LAND_FROM, WATER_FROM, WATER_LINES_FROM
from tiles.layers.layer import Layer, World


def water_polygons(world: World) -> Layer:
    layer = Layer("water_polygons", "polygon")
    for source in world.of("soe", "natur", "land"):
        mine = source.stem == "soe"
        for shape, origin, kind, name in source.each("kind", "name"):
            known = str(kind or "water")
            if known in WATER_FROM and (mine or kind):
                layer.add(shape, origin, WATER_FROM[known], kind=known, name=name)
            elif mine:
                layer.leave(origin, f"unknown kind {known}{' of land' if known in LAND_FROM else ''}")
    return layer


def water_lines(world: World) -> Layer:
    layer = Layer("water_lines", "line")
    for source in world.of("vandloeb"):
        for shape, origin, kind, name in source.each("kind", "name"):
            known = str(kind or "stream")
            if known in WATER_LINES_FROM:
                layer.add(shape, origin, WATER_LINES_FROM[known], kind=known, name=name)
            else:
                layer.leave(origin, f"unknown kind {known}")
    for source in world.of("linestring_land_beskyttnatur_linje"):
        for shape, origin in source.each():
            layer.add(shape, origin, WATER_LINES_FROM["stream"], kind="stream")
    return layer
