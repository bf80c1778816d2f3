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
    for source in (world.sources[stem] for stem in FILES if stem in world.sources):
        for shape, row, sort in zip(source.shapes, source.rows, source.column("type"), strict=True):
            if str(sort) in KINDS:
                layer.add(shape, (source.stem, row), FROM, kind=KINDS[str(sort)])
            else:
                layer.leave((source.stem, row), f"not nature: {sort}")
    return layer
