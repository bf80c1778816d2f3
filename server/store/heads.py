"""DATA_DIR/heads: how far the feed and the inbox had come when last written, and in which file. A database that is below it, or is
another file, was put back by hand from a plain copy: phones may have read what it no longer knows, so it begins a new epoch."""

import logging
import os
from contextlib import suppress
from pathlib import Path

import msgspec
from msgspec import structs

from sync import feed, inbox
from sync.sql import Tx

HEADS_EVERY_S = 1.0
log = logging.getLogger(__name__)


class Seen(msgspec.Struct, frozen=True):
    """What is written: the epoch, every scope's head, how many ops the inbox remembers, and which file it was (its number on the
    disk, which stays while it is written and renamed, and is another for a copy; None where an older version wrote)."""

    epoch: str
    heads: dict[str, int]
    inbox: int
    file: int | None = None

    def below(self, other: "Seen") -> bool:
        """Whether this database lacks something that `other` had. Another epoch is another history: that is below too."""
        if self.epoch != other.epoch or self.inbox < other.inbox:
            return True
        return any(self.heads.get(scope, 0) < head for scope, head in other.heads.items())


class Heads:
    """The file of one DATA_DIR."""

    def __init__(self, data_dir: Path) -> None:
        self._path, self._database = data_dir / "heads", data_dir / "moedesteder.db"

    @staticmethod
    def read_from(tx: Tx) -> Seen:
        """Where the database stands."""
        return Seen(feed.epoch(tx), feed.heads(tx), inbox.count(tx))

    def last(self) -> Seen | None:
        """What was written last; None where nothing was, or it can not be read (a cut in the middle of the first write)."""
        try:
            return msgspec.json.decode(self._path.read_bytes(), type=Seen)
        except (OSError, UnicodeDecodeError, msgspec.DecodeError):
            return None

    def other_than(self, tx: Tx) -> bool:
        """Whether the database is not the one that was told of last, or lacks something of it; also where nothing was told. A folder
        that was put back whole, `heads` with it, is as old as its `heads`: there the file's number alone tells."""
        last = self.last()
        return last is None or last.file not in (None, self._number()) or Heads.read_from(tx).below(last)

    def _number(self) -> int | None:
        try:
            return self._database.stat().st_ino
        except OSError:
            return None

    def write(self, seen: Seen) -> None:
        """Whole or not at all. Two processes that write at once leave one of the two, and both are true. A disk that is full leaves
        the one before: what was committed stays committed, and a put-back copy is only noticed a little less."""
        part = self._path.with_name(f"heads.{os.getpid()}")
        seen = structs.replace(seen, file=self._number())
        try:
            part.write_bytes(msgspec.json.encode(seen, order="deterministic"))
            part.replace(self._path)
        except OSError as error:
            log.warning("heads could not be written: %s", error.strerror)
            with suppress(OSError):
                part.unlink(missing_ok=True)
