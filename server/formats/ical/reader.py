"""Has a calendar read by a fenced process."""

import datetime
import hashlib
import tempfile
from pathlib import Path
from typing import Final

import msgspec

from server.formats import fenced
from server.formats.ical.found import Calendar
from server.formats.refusal import FileRefused
from server.model.calendar import BYTES_MOST

CLOCK_S: Final = 60.0
DO: Final = "Hent en kalender med færre begivenheder."


def read(data: bytes, today: datetime.date) -> Calendar:
    """What a calendar holds, with the hash of its bytes. Events that were over PAST_DAYS before `today` are left aside. Raises FileRefused
    (NoRoom where the disk is full)."""
    if len(data) > BYTES_MOST:
        raise FileRefused(
            f"kalenderen fylder over {BYTES_MOST // 1024**2} MB. Hent en kalender med kun de kommende begivenheder."
        )
    with tempfile.TemporaryDirectory(prefix="moedesteder-") as folder:
        file, written = Path(folder) / "kalender.ics", Path(folder) / "found"
        file.write_bytes(data)
        arguments = [str(file), today.isoformat()]
        fenced.run("server.formats.ical", arguments, written=written, do=DO, clock_s=CLOCK_S)
        found = msgspec.json.decode(written.read_bytes(), type=Calendar)
    return msgspec.structs.replace(found, sha256=hashlib.sha256(data).hexdigest())
