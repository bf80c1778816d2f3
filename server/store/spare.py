"""DATA_DIR/.room: a little of the disk that is held back for the day it is full.

SQLite reads a database in WAL by an index beside it (`-shm`, 32 KiB), which goes when the last one closes it. On a disk that has got full
since, the index can not be made again, and nobody can read what lies there: no server starts, no backup is made. Whoever opens the
database then gives these bytes back to the disk, opens it, and takes again what is left of them; whoever closes it fills them up."""

import os
from contextlib import suppress
from pathlib import Path

from server.store.owner import give

NAME = ".room"
BYTES = 128 * 1024
"""The index, and as much again for what the system itself takes to note files; in whole blocks of every disk."""
BLOCK = 4096


def release(data_dir: Path) -> bool:
    """Gives it back to the disk; False where there is none."""
    try:
        (data_dir / NAME).unlink()
    except OSError:
        return False
    return True


def keep(data_dir: Path) -> None:
    """Takes what is missing of it, as much as there is. What can not be had is no error: it is tried again at the next start."""
    path = data_dir / NAME
    with suppress(OSError):
        fd = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            give(path, data_dir)
            for at in range(os.fstat(fd).st_size // BLOCK * BLOCK, BYTES, BLOCK):
                os.pwrite(
                    fd, os.urandom(BLOCK), at
                )  # no zeros: a disk that packs what it holds would hold nothing back
        finally:
            os.close(fd)
