"""A database that is taken away, exchanged or written over under a running server. SQLite goes on in the file that it has opened, or in
a mixture of two, and nobody would hear of it: the server ends, and its next start reads what is there."""

import os
import sqlite3
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from msgspec import structs

from server.store.driver import connect
from server.store.heads import Heads
from server.store.lock import served
from server.store.owner import give
from sync import feed
from sync.sql import Tx, load

SQL = load(__file__)
EVERY_S = 0.5
"""How often a server looks."""
OVER = "written over"
"""By a file that was copied over it: what SQLite reads from now on is a mixture of the two."""


class Watch:
    """The file that a server has opened, by its number, and what it tells of itself: read past SQLite's log and memory, which would
    hide that another one was copied over it."""

    def __init__(self, file: Path, epoch: str) -> None:
        self._file, self._number = file, number(file)
        self._logs = {log: number(log) for log in (_beside(file, "-wal"), _beside(file, "-shm"))}
        self._seen: dict[str, int] = {}
        self._tx = sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro&immutable=1", uri=True, isolation_level=None)
        self._epochs = {epoch, *(told[:1] if (told := self._told()) else ())}

    def moved(self) -> bool:
        """Whether another file bears the name, or none."""
        return number(self._file) != self._number

    def why(self) -> str | None:
        """What has become of the file, None where it is the same and has lost nothing."""
        if self.moved():
            return "replaced" if self._file.exists() else "removed"
        if not self._file.stat().st_size:
            return OVER
        if (told := self._told()) is None:
            return None
        epoch, heads = told
        if epoch not in self._epochs or any(heads.get(scope, 0) < head for scope, head in self._seen.items()):
            return OVER
        self._seen = heads
        return None

    def leave(self, why: str, tx: Tx) -> str:
        """Puts aside what the next start must not read into the file that is there now, and returns the line to print. `tx`: a
        connection from before; a file that has no name any more is all there as long as it is open."""
        aside = _folder(self._file.parent / "aside")
        saved = why != OVER and _saved(tx, aside / self._file.name)
        _tell(Heads(self._file.parent), None if why == OVER else tx)
        for log, had in self._logs.items():
            if had is not None and number(log) == had:
                with suppress(OSError):
                    if saved or not log.stat().st_size or log.name.endswith("-shm"):
                        log.unlink()
                    else:
                        log.replace(aside / log.name)
        with suppress(OSError):
            aside.rmdir()  # where there is nothing in it
        kept = f"What it had lies in {aside}. " if aside.is_dir() else ""
        return (
            f"{self._file} was {why} under the running server, which ends here: what it takes now would be lost. {kept}"
            "Start it again: it reads the file that is there, or says what brings it back."
        )

    def close(self) -> None:
        self._tx.close()

    def _told(self) -> tuple[str, dict[str, int]] | None:
        """None where it can not be read just now: it is being written."""
        try:
            SQL.rows(self._tx, "forget")
            return feed.epoch(self._tx), feed.heads(self._tx)
        except (sqlite3.Error, LookupError):
            return None


def under(data_dir: Path, file: Path) -> str | None:
    """Asked by others than the server: what it does not know yet of its database; None where none runs, or all is well."""
    if (noted := served(data_dir)) is None or len(noted.split()) != 2:
        return None
    had, epoch = noted.split()
    if str(number(file)) == had:
        try:
            tx = connect(file, readonly=True)
            try:
                if feed.epoch(tx) == epoch:
                    return None
            finally:
                tx.close()
        except (sqlite3.Error, LookupError):  # told by whoever opens it
            return None
    return f"{file} was replaced under a running server: restart it. It ends with a line, or end it yourself."


def note(file: Path, epoch: str) -> str:
    """What a server writes into its lock for `under`."""
    return f"{number(file)} {epoch}"


def number(file: Path) -> int | None:
    """Which file it is, whatever it is called."""
    try:
        return file.stat().st_ino
    except OSError:
        return None


def _beside(file: Path, ending: str) -> Path:
    return file.with_name(file.name + ending)


def _folder(aside: Path) -> Path:
    stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%SZ")
    folder = next(f for n in range(1, 1000) if not (f := aside / (f"{stamp}-{n}" if n > 1 else stamp)).exists())
    with suppress(OSError):
        folder.mkdir(mode=0o700, parents=True)
        give(aside, aside.parent)
        give(folder, aside.parent)
    return folder


def _tell(heads: Heads, tx: Tx | None) -> None:
    """What was answered in the last second, so that a copy that is older is known for one. Of a mixture nobody knows (None): whatever
    is there now begins a new epoch."""
    with suppress(sqlite3.Error):
        if tx is not None:
            heads.write(Heads.read_from(tx))
        elif (last := heads.last()) is not None:
            heads.write(structs.replace(last, epoch=""))


def _saved(tx: Tx, to: Path) -> bool:
    try:
        with open(os.open(to, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)):
            pass
        copy = sqlite3.connect(to, isolation_level=None)
        try:
            tx.backup(copy)
        finally:
            copy.close()
        give(to, to.parent.parent.parent)
        return True
    except (sqlite3.Error, OSError):
        with suppress(OSError):
            to.unlink(missing_ok=True)
        return False
