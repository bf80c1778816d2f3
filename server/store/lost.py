"""A database that is gone: a start would make an empty one in its place, and every phone would empty itself after it."""

import os.path
import re
from pathlib import Path

from server.store.heads import Heads

STAMPED = re.compile(r"\d{8}T\d{6}Z(-\d+)?")
"""What a backup is called by who makes it (server/backup)."""


def lost(data_dir: Path, backups_to: Path | None = None) -> str | None:
    """Asked where there is no database, or an empty file: the line to print where something in DATA_DIR tells of one, with the command
    that brings it back; None where all begins here. `backups_to`: where else backups lie."""
    told = _told(data_dir)
    if not told:
        return None
    file = data_dir / "moedesteder.db"
    newest = _newest(data_dir / "backups", backups_to)
    back = (
        f"Put the newest backup back: DATA_DIR={data_dir} python -m server restore {newest}"
        if newest
        else f"No backup lies in {backups_to or data_dir / 'backups'}: look for one elsewhere, and for the file itself"
    )
    return (
        f"The database of {data_dir} is gone: {file} is {'empty' if file.exists() else 'not there'}, and {_listed(told)} "
        f"{'tells' if len(told) == 1 else 'tell'} of one. Nothing was made: an empty one would empty every phone. {back}. "
        f"To begin afresh on purpose, move {_listed([name.split(' ')[0] for name in told])} out of {data_dir} first."
    )


def _told(data_dir: Path) -> list[str]:
    """What there is only where a database has been."""
    found = []
    if os.path.exists(data_dir / "heads"):  # not Path's own, which raises where nobody may look
        last = Heads(data_dir).last()
        found.append(f"heads (public {last.heads['public']})" if last and "public" in last.heads else "heads")
    if _backups(data_dir / "backups"):
        found.append("backups")
    if os.path.exists(data_dir / "packs" / "packs.json"):
        found.append("packs")
    log = data_dir / "moedesteder.db-wal"
    if os.path.exists(log) and log.stat().st_size:
        found.append(log.name)
    return found


def _listed(names: list[str]) -> str:
    return " and ".join(filter(None, (", ".join(names[:-1]), names[-1])))


def _newest(*folders: Path | None) -> Path | None:
    """By the moment in its name."""
    found = [backup for folder in folders if folder for backup in _backups(folder)]
    return max(found, key=lambda backup: (backup.name[:16], len(backup.name), backup.name), default=None)


def _backups(folder: Path) -> list[Path]:
    try:
        return [one for one in folder.iterdir() if STAMPED.fullmatch(one.name) and (one / "manifest.json").is_file()]
    except OSError:  # none there, or shut: then something else tells
        return []
