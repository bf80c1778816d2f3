"""`land`: wood, field, meadow, beach, built-up. From files whose rows say a Shortbread `kind`: skov, natur, land."""

from tiles.layers.kinds import LAND_FROM, WATER_FROM
from tiles.layers.layer import Layer, World

FILES = ("natur", "land", "skov")
DEFAULT = {"skov": "forest"}


def land(world: World) -> Layer:
    layer = Layer("land", "polygon")
    for source in world.of(*FILES):
        for shape, origin, kind, name in source.each("kind", "name"):
            known = str(kind or DEFAULT.get(source.stem))
            if known in LAND_FROM:
                layer.add(shape, origin, LAND_FROM[known], kind=known, name=name)
            elif known not in WATER_FROM:  # water among nature is drawn as water
                layer.leave(origin, f"unknown kind {known}")
    return layer
