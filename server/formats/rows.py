"""What the reader of foreign geodata hands over: one JSON line each, `Found` or `Left`, last `End`.

A file without `End` was not read to its end and counts as not read at all. Every row of the file is in exactly one place: among
the rows named by `Found` (a line of several parts gives one a part), or in a `Left`, which may stand for many rows at once.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Literal

import msgspec


class Found(msgspec.Struct, tag_field="line", tag="found", frozen=True, gc=False):
    """A row whose geometry could be used. `wkb` is the full line or point in EPSG:25832, 2D, little-endian, rounded to 0.01 m, as
    hex; `wgs84` a point as [lon, lat] with 6 decimals, or a line as an encoded polyline of it simplified to 1.3 m. `key` is the
    source's own id (`own`), else the SHA-256 of the normalised WKB.
    `fields` are the columns that geofa.py knows, as they stood; of a "place" (a meeting place: a row of a spreadsheet, a waypoint) they
    are fields of PlaceSet (model/place.py) in the shapes of docs/wire.md, and one without a point has `wkb` and `wgs84` ""."""

    layer: str
    row: int
    kind: Literal["facility", "stretch", "place"]
    key: str
    own: bool
    wkb: str
    wgs84: tuple[float, float] | str
    fields: dict[str, Any]
    part: int = 0


class Left(msgspec.Struct, tag_field="line", tag="left", frozen=True, omit_defaults=True):
    """A row that was left out, or with `row` null `rows` of them at once. With `rows` 0 nothing was left out: a remark on what was taken
    otherwise than it stood. `code` is stable and groups the summary; `reason` is for people, in Danish."""

    layer: str
    row: int | None
    code: str
    reason: str
    rows: int = 1


class ColumnRead(msgspec.Struct, tag_field="line", tag="column", frozen=True):
    """How a column of a table was read: `column` its heading, `read_as` what it is taken for ("" where it is left aside), `reason` the
    same for people, in Danish. What was read once is remembered for the layer's source."""

    layer: str
    column: str
    read_as: str
    reason: str


class End(msgspec.Struct, tag_field="line", tag="end", frozen=True):
    """The last line: how many rows the file's layers held in all."""

    rows: int


Line = Found | Left | ColumnRead | End
_decode = msgspec.json.Decoder(Line)
encode = msgspec.json.Encoder().encode


class NotWhole(Exception):
    """The lines do not end with `End`, or what they name does not add up to it."""


def read(path: Path) -> Iterator[Found | Left]:
    """The lines of a file that the reader wrote. Raises `NotWhole` after the last one where the counts do not add up, and
    `msgspec.MsgspecError` or `OSError` where there is nothing to read."""
    rows = 0
    before: tuple[str, int] | None = None
    with path.open("rb") as file:
        for raw in file:
            line = _decode.decode(raw)
            if isinstance(line, End):
                if line.rows != rows or file.read(1):
                    raise NotWhole(f"{rows} of {line.rows} rows")
                return
            if isinstance(line, ColumnRead):
                continue
            if isinstance(line, Found):
                rows += (line.layer, line.row) != before
                before = (line.layer, line.row)
            else:
                rows += line.rows
            yield line
    raise NotWhole("no End")


def columns(path: Path) -> list[ColumnRead]:
    """How the columns of a file's tables were read; none of a file that is no table. Raises as `read` where a line is none."""
    with path.open("rb") as file:
        return [
            line
            for raw in file
            if b'"line":"column"' in raw[:20] and isinstance(line := _decode.decode(raw), ColumnRead)
        ]
