"""`beyond`: what of the frame is not this municipality, one feature. Not of Shortbread.

The map gives it a tint of its own, so that one's own municipality stands out; the sea lies over it.
"""

import shapely

from tiles.layers.layer import Layer, World


def beyond(world: World) -> Layer:
    layer = Layer("beyond", "polygon")
    own = shapely.union_all(shapely.make_valid(world.area.shapes))
    rest = shapely.difference(world.frame, own)
    if not rest.is_empty:
        layer.add(rest, (world.area.stem, 0), kind="beyond")
    return layer
