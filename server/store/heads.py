"""DATA_DIR/heads: how far the feed and the inbox had come when last written, and when that was. A database that is below it was put
back by hand from a plain copy: phones have read what it no longer knows, so it begins a new epoch."""

import logging
import os
import time
from contextlib import suppress
from pathlib import Path

import msgspec
from msgspec import structs

from server.store import device_inbox
from server.store.owner import give
from sync import feed, inbox
from sync.sql import Tx

HEADS_EVERY_S = 1.0
APART_S = 10.0
"""More than lies between telling the time and the file's getting its name, on a machine that is very busy."""
log = logging.getLogger(__name__)


class Seen(msgspec.Struct, frozen=True):
    """What is written: the epoch, every scope's head, how many ops the inbox remembers, and when (seconds since 1970; None where an
    older version wrote)."""

    epoch: str
    heads: dict[str, int]
    inbox: int
    at: float | None = None

    def below(self, other: "Seen") -> bool:
        """Whether this database lacks something that `other` had. Another epoch is another history: that is below too."""
        if self.epoch != other.epoch or self.inbox < other.inbox:
            return True
        return any(self.heads.get(scope, 0) < head for scope, head in other.heads.items())


class Heads:
    """The file of one DATA_DIR."""

    def __init__(self, data_dir: Path) -> None:
        self._path = data_dir / "heads"

    @staticmethod
    def read_from(tx: Tx) -> Seen:
        """Where the database stands."""
        return Seen(feed.epoch(tx), feed.heads(tx), inbox.count(tx) + device_inbox.count(tx))

    def last(self) -> Seen | None:
        """What was written last; None where nothing was, or it can not be read (a cut in the middle of the first write)."""
        try:
            return msgspec.json.decode(self._path.read_bytes(), type=Seen)
        except (OSError, UnicodeDecodeError, msgspec.DecodeError):
            return None

    def other_than(self, tx: Tx) -> bool:
        """Whether the database is not the one that was told of last, or lacks something of it; also where nothing was told. A folder
        that was put back whole is as old as its `heads`; but a copied `heads` has not lain here since it was written."""
        last = self.last()
        return last is None or self._copied(last) or Heads.read_from(tx).below(last)

    def _copied(self, last: Seen) -> bool:
        """By the time that the system notes whenever a file is made, however it was copied. Nobody can set it back."""
        return last.at is not None and abs(self._path.stat().st_ctime - last.at) > APART_S

    def write(self, seen: Seen) -> None:
        """Whole or not at all. Two processes that write at once leave one of the two, and both are true. A disk that is full leaves
        the one before: what was committed stays committed, and a put-back copy is only noticed a little less. Where just that is told
        already nothing is written: who only reads needs no room."""
        last = self.last()
        if last is not None and structs.replace(last, at=None) == seen and not self._copied(last):
            return
        part = self._path.with_name(f"heads.{os.getpid()}")
        seen = structs.replace(seen, at=round(time.time(), 3))
        try:
            part.write_bytes(msgspec.json.encode(seen, order="deterministic"))
            give(part, self._path.parent)
            part.replace(self._path)
        except OSError as error:
            log.warning(
                "heads could not be written (%s). What was committed is kept; look at the disk.", error.strerror
            )
            with suppress(OSError):
                part.unlink(missing_ok=True)
