"""`boundaries`: the outline of the municipality (`--area`), level 7.

Where it runs along the sea it is `maritime`, as Shortbread says it, and the style leaves it to the shore. That is told from
the sea of `--land`; without that every border is taken to be one on land.
"""

import shapely

from tiles.layers.layer import Layer, World
from tiles.layers.ocean import ocean

BESIDE = 170.0  # units of EPSG:3857, about 100 m here: coast and border are drawn by different hands


def boundaries(world: World) -> Layer:
    layer = Layer("boundaries", "line")
    shore = shapely.buffer(shapely.union_all(ocean(world).shapes), BESIDE)
    whole = shapely.union_all(shapely.make_valid(world.area.shapes))
    for number, part in enumerate(shapely.get_parts(whole)):
        line = shapely.boundary(part)
        for piece, maritime in ((shapely.difference(line, shore), False), (shapely.intersection(line, shore), True)):
            if not piece.is_empty:
                layer.add(shapely.line_merge(piece), (world.area.stem, number), admin_level=7, maritime=maritime)
    return layer
