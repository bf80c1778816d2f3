"""`boundaries`: the outline of the municipality (`--area`), level 7, its coast included: shore and border are two lines."""

import shapely

from tiles.layers.layer import Layer, World


def boundaries(world: World) -> Layer:
    layer = Layer("boundaries", "line")
    whole = shapely.union_all(shapely.make_valid(world.area.shapes))
    for number, part in enumerate(shapely.get_parts(whole)):
        layer.add(shapely.boundary(part), (world.area.stem, number), admin_level=7, maritime=False)
    return layer
