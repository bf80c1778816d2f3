"""The reader of calendars, a fenced process of its own: `python -m server.formats.ical FILE TODAY`, which writes a `found.Calendar` to
standard output. Nobody imports this file."""

import datetime
import sys
from pathlib import Path
from typing import Final

import msgspec

from server.formats import fenced
from server.formats.ical.calendar import read

CPU_SECONDS: Final = 30
DO: Final = "Hent en kalender med færre begivenheder."


def main(arguments: list[str]) -> int:
    file, today = arguments
    return fenced.inside(lambda: _read(Path(file), today), cpu_seconds=CPU_SECONDS, do=DO)


def _read(file: Path, today: str) -> None:
    sys.stdout.buffer.write(msgspec.json.encode(read(file.read_bytes(), datetime.date.fromisoformat(today))))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
