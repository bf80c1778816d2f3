"""The database file of a DATA_DIR: one connection that writes, a few that read, and `local` for the command line.

Every call is one hop to a thread that runs a synchronous function of the connection, from BEGIN to COMMIT: a cancelled
request can not leave a transaction open between two hops, and lock everybody else out until the server ends."""

import asyncio
import functools
import logging
import sqlite3
import stat
import time
from collections.abc import Callable, Iterator
from contextlib import AsyncExitStack, contextmanager
from pathlib import Path
from typing import Any, Self, TypeVar, cast

import aiosqlite

from server.store import journal, migrate, replaced, spare
from server.store.driver import BUSY_S, connect
from server.store.heads import HEADS_EVERY_S, Heads
from server.store.lost import lost
from server.store.putback import whole
from server.store.refusal import Busy, StoreRefused, refusing, shut
from server.store.replaced import Watch
from sync import feed
from sync.sql import Tx, load

__all__ = ["Busy", "Database", "Tx", "examine", "exists", "file_of", "local", "look"]

SQL = load(__file__)
log = logging.getLogger(__name__)
T = TypeVar("T")


def file_of(data_dir: Path) -> Path:
    """The database file of a DATA_DIR."""
    return data_dir / "moedesteder.db"


def exists(data_dir: Path) -> bool:
    """Whether there is a database with something in it. Raises StoreRefused where nobody may look."""
    try:
        found = file_of(data_dir).stat()
    except (FileNotFoundError, NotADirectoryError):
        return False
    except OSError as error:
        raise shut(data_dir, error) from error
    return stat.S_ISREG(found.st_mode) and found.st_size > 0


def writing(tx: Tx, work: Callable[[Tx], T]) -> T:
    """Runs `work` in one transaction and commits. Whatever is raised, nothing of it stays and none is left open."""
    tx.execute("BEGIN IMMEDIATE").fetchall()
    try:
        done = work(tx)
        tx.execute("COMMIT").fetchall()  # raises where an error (a full disk) has ended the transaction already
        return done
    finally:
        if tx.in_transaction:
            tx.execute("ROLLBACK").fetchall()


def reading(tx: Tx, work: Callable[[Tx], T]) -> T:
    """Runs `work` on one picture of the database; the connection is never left inside the transaction."""
    tx.execute("BEGIN").fetchall()
    try:
        return work(tx)
    finally:
        if tx.in_transaction:
            tx.execute("ROLLBACK").fetchall()


def _open(data_dir: Path, *, readonly: bool) -> Tx:
    whole(data_dir)
    if not exists(data_dir):
        if gone := lost(data_dir):
            raise StoreRefused(gone)
        raise StoreRefused(
            f"There is no database in {data_dir}. `python -m server run` makes one, and so does `python -m server import FILE`."
        )
    tx = connect(file_of(data_dir), readonly=readonly)
    try:
        todo = migrate.pending(tx, migrate.known())
        if todo and todo[0].number == 1:
            raise StoreRefused(
                f"{file_of(data_dir)} is none of our databases, or was never finished: start the server once."
            )
        if todo:
            raise StoreRefused(
                f"The database in {data_dir} wants migration {todo[0].name} first: start the server once."
            )
    except BaseException:
        tx.close()
        raise
    return tx


@contextmanager
def local(data_dir: Path) -> Iterator[Tx]:
    """One transaction for the command line, beside a server that may be running. Commits at the end of the `with`.
    Raises Busy after two seconds, StoreRefused where there is no database, it is not up to date, or the disk is full."""
    with refusing(file_of(data_dir)):
        tx = _open(data_dir, readonly=False)
        try:
            tx.execute("BEGIN IMMEDIATE").fetchall()
            yield tx
            tx.execute("COMMIT").fetchall()
            Heads(data_dir).write(reading(tx, Heads.read_from))
        finally:
            if tx.in_transaction:
                tx.execute("ROLLBACK").fetchall()
            tx.close()
            spare.keep(data_dir)


def look(data_dir: Path, work: Callable[[Tx], T]) -> T:
    """Runs `work` on one picture of the database, for the command line, beside a server that may be running and writing. Raises
    StoreRefused where there is no database, or it is not up to date."""
    with refusing(file_of(data_dir)):
        tx = _open(data_dir, readonly=True)
        try:
            return reading(tx, work)
        finally:
            tx.close()


def examine(data_dir: Path) -> str | None:
    """The first thing that SQLite finds wrong in the database of a DATA_DIR, None where nothing is. Raises StoreRefused where it
    does not even open."""
    with refusing(file_of(data_dir)):
        tx = _open(data_dir, readonly=True)
        try:
            found = str(SQL.rows(tx, "examine")[0][0])
        finally:
            tx.close()
    return None if found == "ok" else " ".join(found.split())


class Database:
    """The server's connections. `read` and `write` take a synchronous function of the transaction, and run it in a thread."""

    def __init__(
        self,
        data_dir: Path,
        writer: aiosqlite.Connection,
        readers: list[aiosqlite.Connection],
        glancer: Tx,
        watch: Watch,
    ) -> None:
        self._heads, self._file = Heads(data_dir), file_of(data_dir)
        self._watch = watch
        self._writer, self._all_readers, self._glancer = writer, readers, glancer
        self._write_lock = asyncio.Lock()
        self._readers: asyncio.Queue[aiosqlite.Connection] = asyncio.Queue()
        for reader in readers:
            self._readers.put_nowait(reader)
        self._heads_at = -HEADS_EVERY_S
        self._heads_later: asyncio.TimerHandle | None = None
        self._heads_task: asyncio.Task[None] | None = None
        self._journal_later: asyncio.TimerHandle | None = None
        self._journal_task: asyncio.Task[None] | None = None

    @classmethod
    async def open(cls, data_dir: Path, readers: int = 2) -> Self:
        """Opens a database that is there and up to date (server/prepare.py sees to it). Raises StoreRefused, Busy."""
        opened: list[aiosqlite.Connection] = []
        try:
            with refusing(file_of(data_dir)):
                for number in range(readers + 1):
                    opener = functools.partial(_open, data_dir, readonly=number > 0)
                    opened.append(await aiosqlite.Connection(opener, iter_chunk_size=64))
                glancer = _open(data_dir, readonly=True)
                try:
                    watch = Watch(file_of(data_dir), feed.epoch(glancer))
                    SQL.rows(glancer, "never_wait")
                except BaseException:
                    glancer.close()
                    raise
        except BaseException:
            for connection in opened:
                await connection.close()
            raise
        return cls(data_dir, opened[0], opened[1:], glancer, watch)

    async def write(self, work: Callable[[Tx], T]) -> T:
        """Runs `work` as one transaction, one at a time, and returns when it is on the disk. Raises Busy, and whatever
        `work` raises, after ROLLBACK; Full where the disk is. Giving up waiting does not undo it: what writes needs an id of its own."""
        try:
            async with asyncio.timeout(BUSY_S):
                await self._write_lock.acquire()
        except TimeoutError:
            raise Busy from None
        try:
            if self._watch.moved():  # what is written now would be in no file that anybody finds again
                raise StoreRefused(
                    f"{self._file} was replaced while the server runs. Nothing is kept; start the server anew."
                )
            with refusing(self._file):
                done = await _hop(self._writer, functools.partial(writing, work=work))
        finally:
            self._write_lock.release()
        self._note_heads()
        self._note_journal(journal.EVERY_S)
        return done

    async def read(self, work: Callable[[Tx], T]) -> T:
        """Runs `work` on one picture of the database. Raises Busy where every reader is taken for two seconds or somebody holds the whole
        file, StoreRefused where it can not be read."""
        try:
            async with asyncio.timeout(BUSY_S):
                reader = await self._readers.get()
        except TimeoutError:
            raise Busy from None
        try:
            with refusing(self._file):
                return await _hop(reader, functools.partial(reading, work=work))
        finally:
            self._readers.put_nowait(reader)

    def glance(self, work: Callable[[Tx], T]) -> T | None:
        """Runs `work` right here and not in a thread: one statement by key, over in microseconds, of which a hop costs twenty times
        as much. None where it can not be had at once; then `read` waits for it."""
        try:
            return work(self._glancer)
        except sqlite3.Error:  # also of a file that is damaged: `read` says so in words
            return None

    def replaced(self) -> str | None:
        """Where the file is not the one that was opened: what is of use of that one is put aside, and the line to print is returned.
        The process is to end then at once, without `close`, which would write the log of the one into the other."""
        why = self._watch.why()
        return None if why is None else self._watch.leave(why, self._glancer)

    def note(self) -> str:
        """What a server writes into its lock."""
        return replaced.note(self._file, feed.epoch(self._glancer))

    async def close(self) -> None:
        """Ends what runs, writes the heads, closes. A connection left open would keep the process alive, so whatever fails is no reason
        to leave one."""
        async with AsyncExitStack() as stack:
            stack.callback(
                spare.keep, self._file.parent
            )  # last, when the others have let go of what they had beside it
            stack.callback(self._glancer.close)
            stack.callback(self._watch.close)
            for connection in (self._writer, *self._all_readers):
                stack.push_async_callback(connection.close)
            if self._heads_later is not None:
                self._heads_later.cancel()
            running = [task for task in (self._heads_task, self._journal_task) if task is not None]
            for failed in await asyncio.gather(*running, return_exceptions=True):
                if failed is not None:
                    log.error("what ran beside the writer has failed: %s", type(failed).__name__, exc_info=failed)
            if self._journal_later is not None:
                self._journal_later.cancel()
            await self._write_heads()

    def _note_heads(self) -> None:
        """After a commit: at once where the last time is a second ago, else once when it is."""
        if self._heads_later is None:
            wait = max(0.0, self._heads_at + HEADS_EVERY_S - time.monotonic())
            self._heads_later = asyncio.get_running_loop().call_later(wait, self._start_heads)

    def _start_heads(self) -> None:
        self._heads_later = None
        self._heads_at = time.monotonic()
        self._heads_task = asyncio.create_task(self._write_heads())

    async def _write_heads(self) -> None:
        if self._watch.why() == replaced.OVER:  # they would tell of a mixture
            return
        try:
            found = await _hop(self._writer, lambda tx: reading(tx, Heads.read_from))
        except sqlite3.Error as error:  # the disk again: what follows the next commit is as good
            log.warning("heads could not be read: %s", error)
            return
        await asyncio.to_thread(self._heads.write, found)

    def _note_journal(self, wait: float) -> None:
        """After a commit, and after a try that failed. A journal that is emptied already is emptied no more until the next commit."""
        if self._journal_later is None:
            self._journal_later = asyncio.get_running_loop().call_later(wait, self._start_journal)

    def _start_journal(self) -> None:
        self._journal_later = None
        self._journal_task = asyncio.create_task(self._empty_journal())

    async def _empty_journal(self) -> None:
        if not await _hop(self._writer, journal.empty):
            self._note_journal(journal.AGAIN_S)


async def _hop(connection: aiosqlite.Connection, work: Callable[[Tx], T]) -> T:
    """The one use of aiosqlite's private `_execute`: a function of the raw connection, in the connection's own thread."""
    raw: Any = connection
    return cast(T, await raw._execute(work, raw._conn))
