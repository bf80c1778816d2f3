"""One server per DATA_DIR: who serves holds DATA_DIR/lock. The system lets go of it however the process ends."""

import fcntl
import os
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Self

from server.store.owner import give
from server.store.refusal import folder, shut


class Locked(Exception):
    """Another server has this DATA_DIR: names it and its process, and says what to do."""


class Lock:
    """The lock, held until `free`, the end of a `with`, or of the process."""

    def __init__(self, fd: int) -> None:
        self._fd = fd

    @classmethod
    def take(cls, data_dir: Path) -> Self:
        """Takes the lock of `data_dir` (made if it is not there). Raises Locked at once where somebody has it, StoreRefused where the
        folder can not be written."""
        folder(data_dir)
        try:
            fd = os.open(data_dir / "lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        except OSError as error:
            raise shut(data_dir, error) from error
        give(data_dir / "lock", data_dir)
        try:
            fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            holder = _read(fd)[0]
            os.close(fd)
            raise Locked(
                f"{data_dir} is in use by another server (process {holder or 'unknown'}). "
                "Stop that one, or set DATA_DIR to another folder."
            ) from None
        with suppress(OSError):  # on a full disk nobody learns the number; the lock is held all the same
            os.ftruncate(fd, 0)
            os.write(fd, f"{os.getpid()}\n".encode())
        return cls(fd)

    def note(self, what: str) -> None:
        """Writes behind the number of the process what it serves, for `served`."""
        with suppress(OSError):
            os.pwrite(self._fd, f"{os.getpid()}\n{what}\n".encode(), 0)

    def free(self) -> None:
        """Lets go of it."""
        if self._fd >= 0:
            os.close(self._fd)
            self._fd = -1

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.free()


def held(data_dir: Path) -> None:
    """Raises Locked where another process has it; otherwise nothing happens."""
    Lock.take(data_dir).free()


def served(data_dir: Path) -> str | None:
    """What the server that holds the lock has noted; None where none does, or it has noted nothing."""
    try:
        fd = os.open(data_dir / "lock", os.O_RDONLY | os.O_CLOEXEC)
    except OSError:
        return None
    try:
        fcntl.flock(fd, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return _read(fd)[1] or None
    except OSError:
        pass
    finally:
        os.close(fd)
    return None


def _read(fd: int) -> tuple[str, str]:
    """The process and what it has noted, each empty where it is not told."""
    process, _, noted = os.pread(fd, 200, 0).decode("ascii", "replace").partition("\n")
    return process.strip(), noted.strip()
