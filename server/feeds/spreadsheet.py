"""CSV by RFC 4180: comma, decimal point, lines end in CRLF; UTF-8 that begins with a mark, so that Excel reads æ, ø and å."""

import csv
import io
import re
from collections.abc import Iterable, Sequence
from typing import Any, Final

from server.feeds import columns
from server.feeds.columns import Cell, Column
from server.feeds.taken import Taken

FORMULA: Final = ("=", "+", "-", "@", "\t", "\n", "＝", "＋", "－", "＠")
_BEHIND: Final = re.compile(r"([;\t\r\n])(?=[\s\"]*[=+\-@＝＋－＠])")
"""Where a spreadsheet that separates by semicolon or tab, as a Danish Excel does, would begin a cell in the midst of ours."""
POINT: Final = (
    Column("lon", "longitude, WGS84", columns.lon),
    Column("lat", "latitude, WGS84", columns.lat),
)
TERMS: Final = ("licence", "attribution")
"""The last columns, the same in every row: a row that is cut out of its file still says whose it is."""


def places(taken: Taken) -> bytes:
    """The places."""
    return document(taken, [*columns.PLACES, *POINT], taken.places())


def facilities(taken: Taken) -> bytes:
    """The facilities."""
    return document(taken, [*columns.FACILITIES, *POINT], taken.facilities())


def routes(taken: Taken) -> bytes:
    """The routes, without their lines."""
    return document(taken, columns.ROUTES, taken.routes())


def document(taken: Taken, known: Sequence[Column], bodies: Iterable[Any]) -> bytes:
    """A row for each body, under the names of the columns."""
    licence = f"{taken.terms.licence} {taken.terms.licence_url}"
    made_up = " (demo: opdigtet)" if taken.site.demo else ""
    terms = [cell(licence), cell(taken.attribution + made_up)]
    rows = ([*(cell(column.of(body)) for column in known), *terms] for body in bodies)
    return table([*(column.name for column in known), *TERMS], rows)


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """The rows as they stand, encoded."""
    raw = io.BytesIO()
    text = io.TextIOWrapper(raw, encoding="utf-8-sig", newline="", write_through=False)
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(head)
    writer.writerows(rows)
    text.flush()
    return raw.getvalue()


def cell(value: Cell) -> str:
    """A value as it stands in its cell: empty where nothing is known. Text that a spreadsheet would take for a formula gets an
    apostrophe before it, which spreadsheets know as "this is text"; so does what would be one behind a semicolon, a tab or a new line."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if not isinstance(value, str):
        return repr(value)
    safe = _BEHIND.sub(r"\1'", value)
    return f"'{safe}" if value.lstrip(" \u00a0").startswith(FORMULA) else safe
