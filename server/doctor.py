"""What runs here: driver, versions, paths, disk, the settings in force; and the one command that mends what is missing."""

import shutil
import sys
from importlib import metadata

from rich.console import Console

from server.settings import Settings
from server.store import database
from server.store.refusal import StoreRefused
from server.store.selfcheck import self_check
from server.web.built import NotBuilt, app_dir

PACKAGES = ("litestar", "msgspec", "aiosqlite", "granian", "pyogrio", "shapely", "pmtiles")
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
        line("SpatiaLite", refused, MEND_SPATIALITE)
    for package in PACKAGES:
        line(package, metadata.version(package))
    try:
        line("phone app", app_dir())
    except NotBuilt as missing:
        line("phone app", "not built", str(missing))
    data = settings.data_dir
    line("DATA_DIR", f"{data.resolve()} ({'there' if data.is_dir() else 'not there yet'})")
    line("database", "there" if database.exists(data) else "none yet (`make run` makes one)")
    free = shutil.disk_usage(data if data.is_dir() else data.absolute().anchor).free
    line("free disk", f"{free // 1_000_000} MB", "make room: backups and packs need it" if free < LOW_BYTES else None)
    for name, value in ((f, getattr(settings, f)) for f in settings.__struct_fields__):
        line(f"setting {name}", value)
    return well
