"""What `doctor` says of backups: how old the newest is, and whether it still reads back."""

import sqlite3
from datetime import UTC, date, datetime
from pathlib import Path

from server.backup import manifest
from server.backup.refusal import BackupRefused
from server.store import meta
from server.store.database import exists, file_of, reading
from server.store.driver import connect
from server.store.refusal import StoreRefused

OLD_DAYS = 7


def newest(to: Path, now: datetime, old_days: int | None = OLD_DAYS) -> tuple[str, str | None] | None:
    """What was found in the folder `to`, and what mends it (None: nothing to mend); None where there is no backup at all. Reads the
    newest to its end: a few seconds for a large one. `old_days`: when it is too old (None: never)."""
    found = manifest.complete(to)
    if not found:
        return None
    folder, told = found[0]
    age = now - datetime.fromisoformat(told.made_at).astimezone(UTC)
    try:
        manifest.verify(folder)
    except (BackupRefused, StoreRefused) as refused:
        return str(refused), "python -m server backup"
    hours = int(age.total_seconds() // 3600)
    said = f"{folder}, {hours} hours old" if hours < 48 else f"{folder}, {age.days} days old"
    said += f", reads back whole ({len(found)} here)"
    return (
        said,
        None
        if old_days is None or age.days < old_days
        else "look at moedesteder-backup.timer, or type python -m server backup",
    )


def wanted(data_dir: Path, now: datetime) -> bool:
    """Whether what is here is real, and has been here for a week. Only reads: `heads` are left as they are."""
    try:
        if not exists(data_dir):
            return False
        tx = connect(file_of(data_dir), readonly=True)
        try:
            created, demo = reading(tx, lambda own: (meta.get(own, "created"), meta.is_demo(own)))
        finally:
            tx.close()
    except (sqlite3.Error, StoreRefused):  # said where the database is looked at
        return False
    return not demo and created is not None and (now.date() - date.fromisoformat(created)).days >= OLD_DAYS
