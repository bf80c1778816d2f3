"""What runs here: driver, versions, paths, disk, the settings in force; and the one command that mends what is missing."""

import os
import shutil
import sys
from datetime import UTC, datetime
from importlib import metadata
from pathlib import Path

from rich.console import Console

from server.backup import BACKUPS, OLD_DAYS, newest, wanted
from server.push.findings import Finding, findings, standing
from server.settings import Settings
from server.store import database
from server.store.lost import lost
from server.store.owner import as_owner
from server.store.refusal import StoreRefused
from server.store.replaced import under
from server.store.selfcheck import self_check
from server.web.built import NotBuilt, app_dir
from server.web.oidc import SECRET, provider_of

PACKAGES = (
    "litestar",
    "msgspec",
    "aiosqlite",
    "granian",
    "pyogrio",
    "shapely",
    "pmtiles",
    "aiohttp",
    "http-ece",
    "cryptography",
)
MEND_SPATIALITE = "sudo apt-get install libsqlite3-mod-spatialite"
LOW_BYTES = 500 * 1024 * 1024


def report(settings: Settings, say: Console) -> bool:
    """Prints one line a finding, and returns whether all is well."""
    well = True

    def line(what: str, found: object, mend: str | None = None) -> None:
        nonlocal well
        well = well and mend is None
        say.print(
            f"{'ok  ' if mend is None else 'WRONG'} {what}: {found}" + (f"  →  {mend}" if mend else ""), markup=False
        )

    line("Python", f"{sys.version.split()[0]} ({sys.executable})")
    try:
        found = self_check()
        line(
            "SpatiaLite",
            f"{found.spatialite} (SQLite {found.sqlite}, GEOS {found.geos}, PROJ {found.proj}; {found.library})",
        )
    except StoreRefused as refused:
        told = "SPATIALITE_LIB" in os.environ
        line("SpatiaLite", refused, "unset SPATIALITE_LIB, or point it at mod_spatialite" if told else MEND_SPATIALITE)
    for package in PACKAGES:
        line(package, metadata.version(package))
    try:
        line("phone app", app_dir())
    except NotBuilt as missing:
        line("phone app", "not built", str(missing))
    data = settings.data_dir
    line("DATA_DIR", f"{data.resolve()} ({'there' if os.path.isdir(data) else 'not there yet'})", _folder(data))
    line("database", *_database(settings))
    line("backup", *_backup(settings))
    if settings.backups_to and (starts := _newest(data / BACKUPS, old_days=None)):
        line("backup made by a start", *starts)
    if _on_disk(_nearest(data)):
        free = shutil.disk_usage(_nearest(data)).free
        low = free < LOW_BYTES
        line("free disk", f"{free // 1_000_000} MB", "make room: backups and packs need it" if low else None)
    if settings.oidc is not None:
        line("the municipality's login", *_login(settings, settings.oidc.issuer))
    for finding in _pushes(settings):
        line(*finding)
    for name, value in ((f, getattr(settings, f)) for f in settings.__struct_fields__):
        line(f"setting {name}", value)
    return well


def _pushes(settings: Settings) -> list[Finding]:
    """Of pushes, where there is a database."""
    now = datetime.now(UTC)
    try:
        if not database.exists(settings.data_dir):
            return []
        told = database.look(settings.data_dir, lambda tx: standing(tx, now))
        return list(
            findings(
                settings.data_dir, told, now, contact=settings.contact, hosts=settings.push_hosts, demo=settings.demo
            )
        )
    except (StoreRefused, database.Busy) as refused:
        return [Finding("pushes", str(refused) or "can not be looked at", "look at what is wrong above")]


def _login(settings: Settings, issuer: str) -> tuple[object, str | None]:
    """The issuer, whose secret can be had; it is not spoken to."""
    try:
        provider_of(settings)
    except StoreRefused as refused:
        return refused, f"write the client's secret into {settings.data_dir / SECRET}, then chmod 600"
    return issuer, None


def _nearest(data: Path) -> Path:
    """The folder itself, or what there is on the way to it."""
    path = data.absolute()
    return next(step for step in (path, *path.parents) if os.path.exists(step))  # not Path's own, which may raise


def _on_disk(folder: Path) -> bool:
    """Whether files can be kept there: /proc and the like have no room at all."""
    return folder.is_dir() and os.statvfs(folder).f_blocks > 0


def _folder(data: Path) -> str | None:
    """What to do where DATA_DIR can not be written; None where it can."""
    nearest = _nearest(data)
    if not nearest.is_dir():
        what = "it is a file" if nearest == data.absolute() else f"{nearest} is no folder"
        return f"{what}: set DATA_DIR to a folder"
    if not _on_disk(nearest):
        return f"no file can be kept in {nearest}: set DATA_DIR to a folder on a disk"
    if os.access(nearest, os.W_OK | os.X_OK):
        return None
    return as_owner(data) or "it can not be written: set DATA_DIR to another folder"


def _backup(settings: Settings) -> tuple[str, str | None]:
    """The newest backup, its age, whether it reads back; what to do where there is none of what is real and has been here for a week."""
    now = datetime.now(UTC)
    if found := _newest(settings.backups_to or settings.data_dir / BACKUPS):
        return found
    if wanted(settings.data_dir, now):
        return "none", "python -m server backup; a timer for it stands in deploy/"
    return "none yet (python -m server backup makes one)", None


def _newest(folder: Path, old_days: int | None = OLD_DAYS) -> tuple[str, str | None] | None:
    try:
        return newest(folder, datetime.now(UTC), old_days)
    except OSError as error:
        return f"{folder} can not be read ({error.strerror})", as_owner(folder) or "look at its rights"


def _database(settings: Settings) -> tuple[str, str | None]:
    """What is found of the database, and what mends it."""
    data = settings.data_dir
    try:
        there = database.exists(data)
    except StoreRefused as refused:
        return "can not be looked at", str(refused)
    if why := under(data, database.file_of(data)):
        return "replaced under a running server", why
    if not there:
        if database.file_of(data).is_dir():
            return "a folder stands in its place", f"move {database.file_of(data)} away"
        if gone := lost(data, settings.backups_to):
            return "gone", gone
        return "none yet (`make run` makes one)", None
    try:
        wrong = database.examine(data)
    except StoreRefused as refused:
        return "there", str(refused)
    except database.Busy:
        return "there", "another program holds it for itself alone: end that one"
    return "there", None if wrong is None else f"damaged ({wrong}): put a backup back"
