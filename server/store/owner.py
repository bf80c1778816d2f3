"""Whose a file is that root has made in somebody's DATA_DIR."""

import os
from contextlib import suppress
from pathlib import Path


def give(path: Path, like: Path) -> None:
    """What root writes belongs to whom `like` (DATA_DIR) belongs, else the server could not open it. Of this path alone."""
    if os.geteuid() != 0:
        return
    owner = like.stat()
    with suppress(OSError):  # a disk over the network may not let anybody
        os.chown(path, owner.st_uid, owner.st_gid, follow_symlinks=False)
