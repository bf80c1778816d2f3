"""What a backup says of itself: `manifest.json`, written last. A folder without one was broken off, and is none."""

import hashlib
import re
from datetime import datetime
from pathlib import Path, PurePosixPath
from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta

from server.backup.disk import Progress, digest
from server.backup.refusal import BackupRefused
from server.store import meta, migrate, snapshot
from server.store.database import reading
from server.store.driver import connect
from server.store.heads import Heads
from server.store.owner import as_owner

NAME = "manifest.json"
DATABASE = "moedesteder.db"
OUTSIDE = "outside/settings.toml"
"""Where the settings lie that the backup was made under; they are not of DATA_DIR and never put back by a program."""
STAMPED = re.compile(r"\d{8}T\d{6}Z(-\d+)?")
"""The name that a backup is made with. One that a person has given another name is the person's, and never deleted."""


Count = Annotated[int, Meta(ge=0)]
Sha256 = Annotated[str, Meta(pattern="^[0-9a-f]{64}$")]


class FileEntry(msgspec.Struct, frozen=True):
    """A file: its path in the backup and in DATA_DIR (with `/`), its length, hash, and rights (0o600 of keys; its owner may read it)."""

    path: Annotated[str, Meta(min_length=1)]
    bytes: Count
    sha256: Sha256
    mode: Annotated[int, Meta(ge=0o400, le=0o777)]


class Manifest(msgspec.Struct, frozen=True, kw_only=True):
    """`made_at` is UTC with Z. `why`: "asked", or "before <migration>". `migrations` are the names of those that the database had.
    `sha256` is over all other members (`encode`); None in those of versions that wrote none."""

    kind: Literal["moedesteder-backup"] = "moedesteder-backup"
    version: Literal[1] = 1
    made_at: Annotated[str, Meta(pattern=r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$")]
    why: Annotated[str, Meta(max_length=200)]
    code: Annotated[str, Meta(pattern=r"^(\d{3})?$")]
    demo: bool
    epoch: Annotated[str, Meta(pattern="^[A-Za-z0-9_-]{1,64}$")]
    heads: dict[Annotated[str, Meta(pattern="^[a-z]+$")], Count]
    inbox: Count
    migrations: tuple[Annotated[str, Meta(pattern="^[0-9]{4}_[a-z0-9_]+$")], ...]
    files: tuple[FileEntry, ...]
    sha256: Sha256 | None = None

    def file(self, path: str) -> FileEntry | None:
        return next((file for file in self.files if file.path == path), None)


def encode(manifest: Manifest) -> bytes:
    """As it is written, with the hash over itself."""
    told = msgspec.to_builtins(manifest)
    return msgspec.json.format(msgspec.json.encode({**told, "sha256": _hash_over(told)}), indent=1) + b"\n"


def _hash_over(told: dict[str, Any]) -> str:
    """Over every member but the hash, also those that only a later version knows; however they are spaced and in what order."""
    rest = {name: value for name, value in told.items() if name != "sha256"}
    return hashlib.sha256(msgspec.json.encode(rest, order="sorted")).hexdigest()


def read(folder: Path) -> Manifest:
    """The manifest of a backup. Raises BackupRefused where the folder is none, where something in it was changed since it was written
    or can not be right, or a path in it leads out of it."""
    try:
        is_folder = folder.is_dir()
        what = "a file" if folder.is_file() else "not there"
    except OSError as error:
        raise _shut(folder, error) from error
    if not is_folder:
        raise BackupRefused(
            f"{folder} is {what}; a backup is a folder with {NAME}. How a plain copy is put back stands in docs/run.md."
        )
    try:
        raw = (folder / NAME).read_bytes()
        found = msgspec.json.decode(raw, type=Manifest)
        changed = found.sha256 is not None and found.sha256 != _hash_over(msgspec.json.decode(raw))
        datetime.fromisoformat(found.made_at)
    except FileNotFoundError:
        raise BackupRefused(
            f"{folder} has no {NAME}: it is no backup, or was broken off. Choose another one."
        ) from None
    except OSError as error:
        raise _shut(folder / NAME, error) from error
    except ValueError as error:  # msgspec's and Unicode's too, and a day that is none
        raise BackupRefused(
            f"{folder / NAME} is none that this version reads ({error}). Choose another backup."
        ) from error
    if changed:
        raise BackupRefused(
            f"{folder} is spoiled: {NAME} is not what was written (its hash differs). Choose another backup."
        )
    for file in found.files:
        path = PurePosixPath(file.path)
        if path.is_absolute() or ".." in path.parts or str(path) != file.path or "\0" in file.path:
            raise BackupRefused(f"{folder / NAME} names a file outside of it ({file.path!r}). Nothing was done.")
    if len({file.path for file in found.files}) < len(found.files):
        raise BackupRefused(f"{folder / NAME} names a file twice. Choose another backup.")
    if found.file(DATABASE) is None:
        raise BackupRefused(f"{folder / NAME} names no {DATABASE}: it is no backup. Choose another one.")
    return found


def _shut(path: Path, error: OSError) -> BackupRefused:
    return BackupRefused(
        f"{path} can not be read ({error.strerror}). {as_owner(path) or 'Look at its rights, or choose another backup.'}"
    )


def facts(database: Path) -> Manifest:
    """What a database says of itself; the rest is empty."""
    tx = connect(database, readonly=True)
    try:
        seen = reading(tx, Heads.read_from)
        return Manifest(
            made_at="", why="", code=meta.get(tx, "code") or "", demo=meta.is_demo(tx), epoch=seen.epoch,
            heads=seen.heads, inbox=seen.inbox, migrations=tuple(migrate.had(tx)), files=(),
        )  # fmt: skip
    finally:
        tx.close()


def _belied(folder: Path, manifest: Manifest) -> str | None:
    """The first thing that the manifest says of the database and the database does not."""
    own = facts(folder / DATABASE)
    for name in ("code", "demo", "epoch", "heads", "inbox", "migrations"):
        if getattr(own, name) != getattr(manifest, name):
            return f"{NAME} says another {name} than the database"
    return None


def differs(folder: Path, manifest: Manifest, progress: Progress = lambda _: None) -> str | None:
    """The first file that is not as the manifest has it, None where all are. `progress` is told the bytes read so far."""
    done = 0
    for file in manifest.files:
        path = folder / file.path
        try:
            if path.stat().st_size != file.bytes:
                return f"{file.path} has {path.stat().st_size} bytes where {file.bytes} belong"
            before = done
            if digest(path, lambda read, before=before: progress(before + read)) != file.sha256:  # type: ignore[misc]
                return f"{file.path} is not what was written (its hash differs)"
        except OSError as error:
            return f"{file.path} can not be read ({error.strerror})"
        done += file.bytes
    return None


def verify(folder: Path, progress: Progress = lambda _: None) -> Manifest:
    """Reads a backup to its end: every hash, and the database opened and asked. Raises BackupRefused with the first thing that is
    wrong, and StoreRefused where this version does not know its migrations."""
    manifest = read(folder)
    wrong = differs(folder, manifest, progress) or snapshot.unsound(folder / DATABASE)
    wrong = wrong or _belied(folder, manifest)
    if wrong is not None:
        raise BackupRefused(f"{folder} is spoiled: {wrong}. Choose another backup.")
    return manifest


def complete(to: Path) -> list[tuple[Path, Manifest]]:
    """The backups in a folder that bear the name they were made with, the newest first; what can not be read is passed over."""
    found = []
    for folder in to.iterdir() if to.is_dir() else ():
        if STAMPED.fullmatch(folder.name):
            try:
                found.append((folder, read(folder)))
            except BackupRefused:
                continue
    return sorted(found, key=lambda pair: (pair[1].made_at, len(pair[0].name), pair[0].name), reverse=True)


def hash_of(manifest: Manifest) -> str:
    """Tells one backup from another."""
    return hashlib.sha256(msgspec.json.encode(manifest)).hexdigest()
