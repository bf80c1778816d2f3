"""What a backup says of itself: `manifest.json`, written last. A folder without one was broken off, and is none."""

import hashlib
import re
from pathlib import Path, PurePosixPath
from typing import Literal

import msgspec

from server.backup.disk import Progress, digest
from server.backup.refusal import BackupRefused
from server.store import snapshot
from server.store.owner import as_owner

NAME = "manifest.json"
DATABASE = "moedesteder.db"
OUTSIDE = "outside/settings.toml"
"""Where the settings lie that the backup was made under; they are not of DATA_DIR and never put back by a program."""
STAMPED = re.compile(r"\d{8}T\d{6}Z(-\d+)?")
"""The name that a backup is made with. One that a person has given another name is the person's, and never deleted."""


class FileEntry(msgspec.Struct, frozen=True):
    """A file: its path in the backup and in DATA_DIR (with `/`), its length, hash, and rights (0o600 of keys)."""

    path: str
    bytes: int
    sha256: str
    mode: int


class Manifest(msgspec.Struct, frozen=True, kw_only=True):
    """`made_at` is UTC with Z. `why`: "asked", or "before <migration>". `migrations` are the names of those that the database had."""

    kind: Literal["moedesteder-backup"] = "moedesteder-backup"
    version: Literal[1] = 1
    made_at: str
    why: str
    code: str
    demo: bool
    epoch: str
    heads: dict[str, int]
    inbox: int
    migrations: tuple[str, ...]
    files: tuple[FileEntry, ...]

    def file(self, path: str) -> FileEntry | None:
        return next((file for file in self.files if file.path == path), None)


def read(folder: Path) -> Manifest:
    """The manifest of a backup. Raises BackupRefused where the folder is none, or a path in it leads out of it."""
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
        found = msgspec.json.decode((folder / NAME).read_bytes(), type=Manifest)
    except FileNotFoundError:
        raise BackupRefused(
            f"{folder} has no {NAME}: it is no backup, or was broken off. Choose another one."
        ) from None
    except OSError as error:
        raise _shut(folder / NAME, error) from error
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise BackupRefused(
            f"{folder / NAME} is none that this version reads ({error}). Choose another backup."
        ) from error
    for file in found.files:
        path = PurePosixPath(file.path)
        if path.is_absolute() or ".." in path.parts or str(path) != file.path or "\0" in file.path:
            raise BackupRefused(f"{folder / NAME} names a file outside of it ({file.path!r}). Nothing was done.")
    if found.file(DATABASE) is None:
        raise BackupRefused(f"{folder / NAME} names no {DATABASE}: it is no backup. Choose another one.")
    return found


def _shut(path: Path, error: OSError) -> BackupRefused:
    return BackupRefused(
        f"{path} can not be read ({error.strerror}). {as_owner(path) or 'Look at its rights, or choose another backup.'}"
    )


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
    """Reads a backup to its end: every hash, and the database opened. Raises BackupRefused with the first thing that is wrong, and
    StoreRefused where this version does not know its migrations."""
    manifest = read(folder)
    wrong = differs(folder, manifest, progress) or snapshot.unsound(folder / DATABASE)
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
