"""What the reader of spreadsheets is told besides the file: how columns are to be read, now and as they were before."""

import datetime
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

ENDINGS: Final = frozenset({".csv", ".xlsx"})
MOST_BYTES: Final = 100_000
"""Of what is remembered; Linux takes 128 KiB in one argument."""


def is_table(file: Path) -> bool:
    """Whether the reader of spreadsheets reads a file of this name."""
    return file.suffix.lower() in ENDINGS


def arguments(
    file: Path,
    columns: Sequence[str],
    remembered: Mapping[str, Mapping[str, str]],
    *,
    source: str | None,
    today: datetime.date,
    seen_on: str | None = None,
) -> list[str]:
    """Further arguments for geodata.read_file; none for a file that is no spreadsheet. `columns`: HEADING=FIELD each; `remembered`:
    {source: {heading: field}} of earlier imports; `seen_on`: the day of facts whose row has none that can be read, YYYY-MM-DD."""
    if not is_table(file):
        return []
    named = [] if source is None else [f"--source={source}"]
    mine = sorted(remembered, key=lambda name: name not in (source, file.stem))  # the likely ones first
    then: dict[str, dict[str, str]] = {}
    size = 0
    for name in mine:
        size += len(json.dumps({name: dict(remembered[name])}))
        if size <= MOST_BYTES and source in (None, name):
            then[name] = dict(remembered[name])
    return [
        *named,
        *(f"--column={one}" for one in columns),
        f"--remembered={json.dumps(then)}",
        *([] if seen_on is None else [f"--seen-on={seen_on}"]),
        f"--today={today.isoformat()}",
    ]
