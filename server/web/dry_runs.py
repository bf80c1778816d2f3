"""Files that the desk wants looked at: one after the other, each by a process of its own (server/dry_run.py), a bounded number waiting.

What came of each is kept as DATA_DIR/imports/.desk/<id>.json, so that a browser that was closed finds it again. The id is a hash of all
that was asked, so asking again is the same job. A process ends with the server, and of a job that did not come to its end that is told."""

import asyncio
import hashlib
import logging
import os
import signal
import sys
import time
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

import msgspec
from msgspec import structs

from server.model.imports import Importer, ImportJob, ReadImport
from server.model.moment import moment
from server.store import blobs

log = logging.getLogger(__name__)
ROOT: Final = Path(__file__).resolve().parents[2]
COMMAND: Final = (sys.executable, "-P", "-m", "server.dry_run")
WAITING: Final = 8
"""Files that may wait; the next one is refused."""
SECONDS: Final = 900.0
"""How long one may take in all; the reader itself has 120 s."""
LONGEST_LINE: Final = 64 * 1024 * 1024
KEPT_DAYS: Final = 7
STOPPED: Final = "Læsningen blev stoppet, fordi serveren blev startet igen. Intet er gemt. Læs filen igen."
BROKEN: Final = (
    "Læsningen gik i stå hos os. Intet er gemt. Prøv igen, og sker det igen, så gem filen i et andet format."
)
TOO_SLOW: Final = "Læsningen tog over {minutes} minutter og blev stoppet. Intet er gemt. Del filen i mindre filer."
ENDED: Final = frozenset({"ready", "failed"})


class TooMany(Exception):
    """As many wait as may."""


class NotKept(Exception):
    """The disk takes nothing."""


class DryRuns:
    """The jobs of one server. All but `close` is called on its event loop."""

    def __init__(self, data_dir: Path, command: tuple[str, ...] = COMMAND) -> None:
        self._data_dir, self.command = data_dir.absolute(), command
        self._kept = self._data_dir / "imports" / ".desk"
        self._jobs: dict[str, ImportJob] = {}
        self._queue: list[str] = []
        self._worker: asyncio.Task[None] | None = None

    async def start(self, asked: ReadImport, by: Importer, stands: str, *, anew: bool = False) -> ImportJob:
        """The job of just this: one that waits, is read, or (unless `anew`) is ready and was tried on the database as it `stands` now; else
        a new one. Raises TooMany, NotKept."""
        id = id_of(asked)
        if id in self._jobs:
            return self._now(id)
        kept = await asyncio.to_thread(self._read, id)
        if kept is not None and not anew and kept.state == "ready" and _stood(kept) == stands:
            return kept
        if id in self._jobs:  # somebody else asked for it meanwhile
            return self._now(id)
        if len(self._queue) >= WAITING:
            raise TooMany
        job = ImportJob(id=id, asked=asked, by=by, at=moment(datetime.now(UTC)), state="waiting")
        self._jobs[id] = job
        try:
            await asyncio.to_thread(self._write, job)
        except OSError as error:
            del self._jobs[id]
            log.error("a job could not be kept: %s", error.strerror)
            raise NotKept from error
        self._queue.append(id)
        if self._worker is None:
            self._worker = asyncio.create_task(self._work())
        return self._now(id)

    async def find(self, id: str, stands: str) -> ImportJob | None:
        """The job, None where there is none. One that was cut off by the end of a server has failed."""
        if id in self._jobs:
            return self._now(id)
        kept = await asyncio.to_thread(self._read, id)
        if kept is None or id in self._jobs:
            return kept and self._now(id)
        if kept.state not in ENDED:
            return structs.replace(kept, state="failed", refused=STOPPED)
        return structs.replace(kept, moved=kept.state == "ready" and _stood(kept) != stands)

    async def every(self) -> list[ImportJob]:
        """Those that are here and not older than a week, the newest first; of several readings of one file the last."""
        kept = await asyncio.to_thread(self._read_all)
        now = [self._now(one.id) if one.id in self._jobs else one for one in kept]
        told = [
            structs.replace(one, state="failed", refused=STOPPED)
            if one.id not in self._jobs and one.state not in ENDED
            else one
            for one in now
        ]
        newest: dict[tuple[str, str], ImportJob] = {}
        for one in sorted(told, key=lambda one: one.at):  # of one moment the later file is the later
            newest[one.asked.blob, one.asked.name] = one
        return sorted(newest.values(), key=lambda one: one.at, reverse=True)

    async def close(self) -> None:
        """Ends what runs."""
        if self._worker is not None:
            self._worker.cancel()
            with suppress(asyncio.CancelledError):
                await self._worker

    def _now(self, id: str) -> ImportJob:
        job = self._jobs[id]
        reading = any(one.state == "reading" for one in self._jobs.values())
        ahead = self._queue.index(id) + reading if id in self._queue else 0
        return structs.replace(job, ahead=ahead)

    async def _work(self) -> None:
        try:
            while self._queue:
                id = self._queue.pop(0)
                self._jobs[id] = structs.replace(self._jobs[id], state="reading", step="reading")
                try:
                    ended = await self._one(id)
                except Exception as error:  # the next one is none the worse for it
                    log.error("a file could not be looked at: %s", type(error).__name__, exc_info=error)
                    ended = self._failed(id, BROKEN)
                try:
                    await asyncio.to_thread(self._write, ended)
                except OSError as error:
                    log.error("what was found in a file could not be kept: %s", error.strerror)
                del self._jobs[id]
        finally:
            self._worker = None

    async def _one(self, id: str) -> ImportJob:
        """The job at its end, whatever that was."""
        asked = self._jobs[id].asked
        where = {"data_dir": str(self._data_dir), "blob": str(blobs.path(self._data_dir, asked.blob)), "what": asked}
        process = await asyncio.create_subprocess_exec(
            *self.command, stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE, cwd=self._data_dir,
            env={"PATH": os.defpath, "PYTHONPATH": str(ROOT), "LANG": "C.UTF-8"}, start_new_session=True, limit=LONGEST_LINE,
        )  # fmt: skip
        last: dict[str, msgspec.Raw] = {}
        assert process.stdin is not None and process.stdout is not None  # noqa: S101, PT018  asked for above
        try:
            async with asyncio.timeout(SECONDS):
                process.stdin.write(msgspec.json.encode(where) + b"\n")
                with suppress(BrokenPipeError, ConnectionResetError):
                    await process.stdin.drain()
                async for line in process.stdout:
                    last = self._heard(id, line)
                code = await process.wait()
        except TimeoutError:
            return self._failed(id, TOO_SLOW.format(minutes=round(SECONDS / 60)))
        finally:
            _end(process)
            await process.wait()
        if code == 0 and "found" in last:
            return structs.replace(self._jobs[id], state="ready", step=None, found=last["found"])
        if code == 0 and "refused" in last:
            return self._failed(id, msgspec.json.decode(last["refused"], type=str))
        log.error("the process that looks at a file ended with %s", code)
        return self._failed(id, BROKEN)

    def _heard(self, id: str, line: bytes) -> dict[str, msgspec.Raw]:
        """What the process says; how far it is goes into the job."""
        said = msgspec.json.decode(line, type=dict[str, msgspec.Raw])
        if "rows" in said:
            rows, of = (msgspec.json.decode(said[name], type=int) for name in ("rows", "of"))
            self._jobs[id] = structs.replace(self._jobs[id], rows=rows, of=of)
        elif "step" in said:
            self._jobs[id] = structs.replace(self._jobs[id], step="trying")
        return said

    def _failed(self, id: str, why: str) -> ImportJob:
        return structs.replace(self._jobs[id], state="failed", step=None, refused=why)

    def _write(self, job: ImportJob) -> None:
        self._kept.mkdir(parents=True, exist_ok=True)
        half = self._kept / f".{job.id}"
        half.write_bytes(msgspec.json.encode(job))
        os.replace(half, self._kept / f"{job.id}.json")

    def _read(self, id: str) -> ImportJob | None:
        try:
            return msgspec.json.decode((self._kept / f"{id}.json").read_bytes(), type=ImportJob)
        except (OSError, msgspec.MsgspecError):  # there is none, or it is of another version
            return None

    def _read_all(self) -> list[ImportJob]:
        """Those of the last week, the latest last; the next process takes the others away."""
        since = time.time() - KEPT_DAYS * 86_400
        aged = sorted((_at(file), file.stem) for file in self._kept.glob("*.json"))
        return [job for at, id in aged if at > since and (job := self._read(id)) is not None]


def _at(file: Path) -> float:
    """When a file was written; 0 where it is gone."""
    with suppress(FileNotFoundError):
        return file.stat().st_mtime
    return 0.0


def id_of(asked: ReadImport) -> str:
    """The same for the same."""
    return hashlib.sha256(msgspec.json.encode(asked, order="deterministic")).hexdigest()


def _stood(job: ImportJob) -> str:
    """How the database stood on which a job was tried."""
    return "" if (told := _found(job)) is None else str(told["stood"])


def tried(job: ImportJob) -> tuple[str, int] | None:
    """args.blob of apply_import for just what was found, and the number of the last file that had gone in then; None where nothing was."""
    return None if (told := _found(job)) is None else (str(told["lines"]), int(told["after"]))


def _found(job: ImportJob) -> dict[str, Any] | None:
    told: dict[str, Any] | None = msgspec.json.decode(job.found)
    return told


def _end(process: asyncio.subprocess.Process) -> None:
    """It, and the one that reads for it: they are a group of their own."""
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
