"""Where the things of a register lie, to the hundredth of a metre, as it last brought them."""

from collections.abc import Iterator

from server.model.values import Point
from server.store.geometry import XY, points_of
from sync.sql import Tx, load

SQL = load(__file__)


def facilities(tx: Tx, source: str) -> Iterator[tuple[XY, Point]]:
    """(east and north in EPSG:25832, [lon, lat]) of each."""
    for x, y, lon, lat in SQL.rows(tx, "facilities", source=source):
        yield (x, y), (lon, lat)


def lines(tx: Tx, source: str) -> Iterator[list[XY]]:
    """The full line of each stretch in EPSG:25832."""
    for (blob,) in SQL.rows(tx, "lines", source=source):
        yield points_of(blob)
