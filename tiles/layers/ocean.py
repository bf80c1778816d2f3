"""`ocean`: what is not land within the frame.

One municipality's own border is no coast, so `--land` must hold all land near by: all municipalities, or a shoreline where
another country lies within the frame (what `--land` does not know of is drawn as sea).
"""

import shapely

from tiles.layers.layer import Layer, World

NO_LAND = "no --land given: the map has no sea"


def ocean(world: World) -> Layer:
    layer = Layer("ocean", "polygon")
    if world.land is None:
        return layer
    land = shapely.make_valid(world.land.shapes)
    if any(shapely.get_type_id(shape) in {1, 5} for shape in world.land.shapes):
        # A shoreline may come as closed lines.
        land = shapely.get_parts(shapely.polygonize(list(shapely.get_parts(world.land.shapes))))
    near = land[shapely.intersects(land, world.frame)]
    sea = shapely.difference(world.frame, shapely.union_all(near))
    for number, part in enumerate(shapely.get_parts(sea)):
        layer.add(part, (world.land.stem, number))
    return layer
