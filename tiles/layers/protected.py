"""`protected`: the municipality's layers of protected nature. Not of Shortbread; the map draws their outline.

`type` says what protects it. What is a judgement on culture or landscape, not on nature, is left out and named.
"""

from tiles.layers.layer import Layer, World

FROM = 10
KINDS = {
    "Beskyttet natur": "protected_nature",
    "Fredet område": "conserved",
    "Bekendtgørelsesfredning": "conserved",
    "Naturpark": "nature_park",
    "Naturbeskyttelsesområde": "nature_interest",
}
FILES = ("polygon_land_frednatpark", "polygon_land_vaerdifuld", "polygon_land_beskyttnatur_flade")


def protected(world: World) -> Layer:
    layer = Layer("protected", "polygon")
    for source in world.of(*FILES):
        for shape, origin, sort in source.each("type"):
            if str(sort) in KINDS:
                layer.add(shape, origin, FROM, kind=KINDS[str(sort)])
            else:
                layer.leave(origin, f"not nature: {sort}")
    return layer
