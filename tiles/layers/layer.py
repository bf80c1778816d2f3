"""The shapes that pass between the rooms of the tile maker."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

import numpy as np
import shapely
from numpy.typing import NDArray

from tiles.sources.read import Left, Source, Value

Shape = Literal["polygon", "line", "point"]
Shapes = NDArray[np.object_]

# GEOS' numbers for the types that a layer of that shape takes.
TYPES: dict[Shape, tuple[int, ...]] = {"polygon": (3, 6), "line": (1, 2, 5), "point": (0, 4)}
MIN_ZOOM, MAX_ZOOM = 8, 13


@dataclass
class Layer:
    """One layer of the tiles before any zoom: features in EPSG:3857 in a fixed order, each with the file and row it came from."""

    name: str
    shape: Shape
    shapes: list[shapely.Geometry] = field(default_factory=list)
    origin: list[tuple[str, int]] = field(default_factory=list)
    from_zoom: list[int] = field(default_factory=list)
    fields: dict[str, list[Value]] = field(default_factory=dict)
    left: list[Left] = field(default_factory=list)

    def add(self, shape: shapely.Geometry, origin: tuple[str, int], from_zoom: int = MIN_ZOOM, **values: Value) -> None:
        """Take in a feature, or name it as left where its shape is of another sort than the layer's."""
        if shapely.get_type_id(shape) not in TYPES[self.shape]:
            self.left.append(Left(*origin, f"a {shape.geom_type} among {self.shape}s"))
            return
        count = len(self.shapes)
        self.shapes.append(shape)
        self.origin.append(origin)
        self.from_zoom.append(from_zoom)
        for name in values.keys() - self.fields.keys():
            self.fields[name] = [None] * count
        for name, column in self.fields.items():
            column.append(values.get(name))

    def leave(self, origin: tuple[str, int], reason: str) -> None:
        """Name a row that is not drawn."""
        self.left.append(Left(*origin, reason))


@dataclass(frozen=True)
class Town:
    """A town of settings/site: names by language ("da" always), kind of Shortbread, point in EPSG:3857."""

    names: dict[str, str]
    kind: str
    point: shapely.Point


@dataclass(frozen=True)
class World:
    """All that the layers are made from. `frame` is what the map covers; land is None where no --land was given."""

    sources: dict[str, Source]
    area: Source
    land: Source | None
    towns: list[Town]
    frame: shapely.Polygon

    def of(self, *stems: str) -> Iterator[Source]:
        """Those of the files that are there, in that order."""
        return (self.sources[stem] for stem in stems if stem in self.sources)
