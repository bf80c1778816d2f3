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
    for names in world.of("vandnavne"):
        for shape, origin, kind, name in names.each("kind", "name"):
            if name:
                layer.add(shape, origin, WATER_NAMES_FROM, kind=kind, name=name)
            else:
                layer.leave(origin, "no name")
    _named(lakes, layer, WATER_NAMES_FROM)
    return layer


def land_labels(ground: Layer) -> Layer:
    layer = Layer("land_labels", "point")
    _named(ground, layer, LAND_NAMES_FROM)
    return layer


def street_labels(roads: Layer) -> Layer:
    layer = Layer("street_labels", "line")
    _named(roads, layer, STREET_NAMES_FROM)
    return layer


def _named(things: Layer, labels: Layer, from_zoom: int) -> None:
    """A label for each that has a name: along the line, or at a point inside the area."""
    for number, name in enumerate(things.fields.get("name", [])):
        if name:
            shape = things.shapes[number]
            where = shapely.point_on_surface(shape) if labels.shape == "point" else shape
            labels.add(where, things.origin[number], from_zoom, kind=things.fields["kind"][number], name=name)
