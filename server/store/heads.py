"""DATA_DIR/heads: how far the feed and the inbox had come when last written. A database that is below it was put back by
hand from a plain copy: phones have read what it no longer knows, so it begins a new epoch."""

import logging
import os
from contextlib import suppress
from pathlib import Path

import msgspec

from sync import feed, inbox
from sync.sql import Tx

HEADS_EVERY_S = 1.0
log = logging.getLogger(__name__)


class Seen(msgspec.Struct, frozen=True):
    """What is written: the epoch, every scope's head, and how many ops the inbox remembers."""

    epoch: str
    heads: dict[str, int]
    inbox: int

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
        return Seen(feed.epoch(tx), feed.heads(tx), inbox.count(tx))

    def last(self) -> Seen | None:
        """What was written last; None where nothing was, or it can not be read (a cut in the middle of the first write)."""
        try:
            return msgspec.json.decode(self._path.read_bytes(), type=Seen)
        except (FileNotFoundError, msgspec.DecodeError):
            return None

    def write(self, seen: Seen) -> None:
        """Whole or not at all. Two processes that write at once leave one of the two, and both are true. A disk that is full leaves
        the one before: what was committed stays committed, and a put-back copy is only noticed a little less."""
        part = self._path.with_name(f"heads.{os.getpid()}")
        try:
            part.write_bytes(msgspec.json.encode(seen, order="deterministic"))
            part.replace(self._path)
        except OSError as error:
            log.warning("heads could not be written: %s", error.strerror)
            with suppress(OSError):
                part.unlink(missing_ok=True)
