"""Whose a file is that root has made in somebody's DATA_DIR, and whose a folder that is shut."""

import os
import pwd
from contextlib import suppress
from pathlib import Path


def give(path: Path, like: Path) -> None:
    """What root writes belongs to whom `like` (DATA_DIR) belongs, else the server could not open it. Of this path alone."""
    if os.geteuid() != 0:
        return
    owner = like.stat()
    with suppress(OSError):  # a disk over the network may not let anybody
        os.chown(path, owner.st_uid, owner.st_gid, follow_symlinks=False)


def as_owner(path: Path) -> str | None:
    """What to type where `path` is another user's and shut to this one: the first folder on the way that can not be entered, or `path`
    itself. None where nobody's rights are in the way, or another user's would be of no use."""
    for step in (*reversed(path.absolute().parents), path.absolute()):
        try:
            found = step.stat()
        except OSError:
            return None
        wanted = os.R_OK | os.W_OK if step == path.absolute() else os.X_OK
        if found.st_uid != os.geteuid() and not os.access(step, wanted):
            owner = _name(found.st_uid)
            return f"It belongs to {owner}: type the command as that user, sudo -u {owner} …"
    return None


def _name(uid: int) -> str:
    try:
        return pwd.getpwuid(uid).pw_name
    except KeyError:
        return f"'#{uid}'"
