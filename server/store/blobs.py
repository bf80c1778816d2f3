"""Pictures and files that were sent, by the hash of what was sent: a row each, and their files in DATA_DIR.

Of a picture only the two sizes are kept that we made ourselves: DATA_DIR/blobs/<sha256>-320.webp and -1280.webp, and copies in
DATA_DIR/media for as long as a public body names it, for that folder is served to everybody. A file for import lies in blobs/ as it was
sent."""

import datetime
import os
import re
import shutil
from collections.abc import Collection, Iterable
from pathlib import Path
from typing import Final, Literal, NamedTuple

from server.model.moment import moment
from server.store import thing
from sync.sql import Tx, load

SQL = load(__file__)
ORPHAN_HOURS: Final = 24
"""How long something is kept that nothing names."""
ORPHAN_BYTES: Final = 500_000_000
"""How much of that there may be: of pictures, and of files."""
SIZES: Final = (320, 1280)
"""The longest side, in pixels, of what is shown; a smaller picture is not made larger."""
YOUNG_S: Final = 3600
_NAME = re.compile(r"([0-9a-f]{64})(?:-(?:320|1280)\.webp)?")
Kind = Literal["picture", "file"]


class Picture(NamedTuple):
    """Width and height in pixels of the larger size, turned the right way up."""

    w: int
    h: int


def path(data_dir: Path, sha256: str) -> Path:
    """Where a file for import lies, as it was sent."""
    return data_dir / "blobs" / sha256


def size_of(data_dir: Path, sha256: str, wide: int) -> Path:
    """Where a picture lies in one of `SIZES`, for staff."""
    return data_dir / "blobs" / f"{sha256}-{wide}.webp"


def shown_at(data_dir: Path, sha256: str, wide: int) -> Path:
    """Where the same lies for everybody."""
    return data_dir / "media" / f"{sha256}-{wide}.webp"


def put(tx: Tx, sha256: str, kind: Kind, size: int, picture: Picture | None, now: datetime.datetime) -> None:
    """Remembers what lies in blobs/: `size` bytes in all. Until something names it, it is an orphan. Known already: it stays
    what it is, an orphan from now on."""
    w, h = picture or (None, None)
    SQL.run(tx, "put", sha256=sha256, kind=kind, bytes=size, w=w, h=h, now=moment(now))


def without_moment(data_dir: Path, sha256: str, now: datetime.datetime) -> None:
    """Takes the time of day from its files, which would tell when a report was made (docs/privacy.md). After `put` is on the disk."""
    day = now.replace(hour=0, minute=0, second=0, microsecond=0).timestamp()
    for file in (path(data_dir, sha256), *(size_of(data_dir, sha256, wide) for wide in SIZES)):
        if file.exists():
            os.utime(file, (day, day))


def pictures(tx: Tx, names: Iterable[str]) -> dict[str, Picture]:
    """Those of these pictures that are here."""
    return {sha256: Picture(w, h) for sha256, w, h in SQL.rows(tx, "pictures", names=thing.json(names))}


def kind_of(tx: Tx, sha256: str) -> Kind | None:
    """What lies here under a hash."""
    found = SQL.rows(tx, "kinds", names=thing.json([sha256]))
    return found[0][1] if found else None


def keep(tx: Tx, names: Iterable[str]) -> None:
    """Something names these now."""
    SQL.run(tx, "keep", names=thing.json(names))


def of_reports(tx: Tx, row: int) -> set[str]:
    """The photos of reports on a thing (inner id) that staff have accepted: readers see them while they see the thing."""
    return {sha256 for (sha256,) in SQL.rows(tx, "of_reports", row=row)}


def is_full(tx: Tx, kind: Kind) -> bool:
    """Whether there is as much of it as may be that nothing names."""
    ((size,),) = SQL.rows(tx, "orphan_bytes", kind=kind)
    return int(size) >= ORPHAN_BYTES


def arrange(tx: Tx, data_dir: Path, names: Collection[str] | None = None) -> None:
    """Copies what a public body names to where everybody reads, and takes away from there what none does; of `names` alone, or of all
    that is here. Done again it changes nothing, so it may come before COMMIT: `settle` mends what a ROLLBACK leaves."""
    if names is not None and not names:
        return
    shown = {sha256 for (sha256,) in SQL.rows(tx, "shown")}
    if names is None:
        names = shown | {found[1] for file in _files(data_dir / "media") if (found := _NAME.fullmatch(file.name))}
    for sha256 in names:
        for wide in SIZES:
            own, everybody = size_of(data_dir, sha256, wide), shown_at(data_dir, sha256, wide)
            if sha256 in shown:
                _copy(own, everybody)
            elif everybody.exists():
                own.parent.mkdir(exist_ok=True)
                os.replace(everybody, own)


def settle(tx: Tx, data_dir: Path, now: datetime.datetime) -> set[str]:
    """What becomes of blobs by the clock: what nothing names any more is an orphan from now on, one of 24 hours leaves, and media/ holds
    what public bodies name. Returns what stays; `clear` takes the files of all else when that is on the disk."""
    named = {sha256 for (sha256,) in SQL.rows(tx, "named")}
    SQL.run(tx, "keep", names=thing.json(named))
    SQL.run(tx, "lost", named=thing.json(named), now=moment(now))
    before = moment(now - datetime.timedelta(hours=ORPHAN_HOURS))
    SQL.run(tx, "drop", before=before)
    arrange(tx, data_dir)
    return {sha256 for (sha256,) in SQL.rows(tx, "all")}


def clear(data_dir: Path, known: Collection[str], now: datetime.datetime) -> None:
    """Takes away the files of no row. One that is younger than an hour may be about to have one."""
    long_ago = now.timestamp() - YOUNG_S
    for file in (data_dir / "blobs").glob("*"):
        found = _NAME.fullmatch(file.name)
        if (found and found[1] in known) or file.stat().st_mtime >= long_ago:
            continue
        if file.is_dir():
            shutil.rmtree(file, ignore_errors=True)
        else:
            file.unlink(missing_ok=True)


def _files(folder: Path) -> list[Path]:
    return [file for file in folder.iterdir() if file.is_file()] if folder.is_dir() else []


def _copy(source: Path, to: Path) -> None:
    if to.exists() or not source.exists():
        return
    to.parent.mkdir(exist_ok=True)
    half = to.with_name(f".{to.name}")
    shutil.copyfile(source, half)
    os.replace(half, to)
