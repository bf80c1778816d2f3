"""Names: `place_labels` from the towns of settings/site; `water_polygons_labels`, `land_labels`, `street_labels` from named rows.

Every label has `name` (Danish), perhaps `name_en` and `name_de`. A town's `rank` is its place in settings, the first being the most
important: the style gives way by it. An area's name stands at a point that is surely inside it.
"""

import shapely

from tiles.layers.layer import MIN_ZOOM, Layer, World
from tiles.sources.read import Value

WATER_NAMES_FROM = 9
LAND_NAMES_FROM = 11
STREET_NAMES_FROM = 12


def place_labels(world: World) -> Layer:
    layer = Layer("place_labels", "point")
    for rank, town in enumerate(world.towns):
        others: dict[str, Value] = {f"name_{code}": words for code, words in town.names.items() if code in {"en", "de"}}
        layer.add(town.point, ("site", rank), MIN_ZOOM, kind=town.kind, name=town.names["da"], rank=rank, **others)
    return layer


def water_polygons_labels(world: World, lakes: Layer) -> Layer:
    layer = Layer("water_polygons_labels", "point")
    if names := world.sources.get("vandnavne"):
        for shape, row, kind, name in zip(
            names.shapes, names.rows, names.column("kind"), names.column("name"), strict=True
        ):
            if name:
                layer.add(shape, ("vandnavne", row), WATER_NAMES_FROM, kind=kind, name=name)
            else:
                layer.leave(("vandnavne", row), "no name")
    _named(lakes, layer, WATER_NAMES_FROM)
    return layer


def land_labels(ground: Layer) -> Layer:
    layer = Layer("land_labels", "point")
    _named(ground, layer, LAND_NAMES_FROM)
    return layer


def street_labels(roads: Layer) -> Layer:
    layer = Layer("street_labels", "line")
    names = roads.fields.get("name", [])
    for number, name in enumerate(names):
        if name:
            layer.add(
                roads.shapes[number],
                roads.origin[number],
                STREET_NAMES_FROM,
                kind=roads.fields["kind"][number],
                name=name,
            )
    return layer


def _named(areas: Layer, labels: Layer, from_zoom: int) -> None:
    for number, name in enumerate(areas.fields.get("name", [])):
        if name:
            inside = shapely.point_on_surface(areas.shapes[number])
            labels.add(inside, areas.origin[number], from_zoom, kind=areas.fields["kind"][number], name=name)
