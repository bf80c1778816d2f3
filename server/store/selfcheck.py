"""Start-up self-check, in a process of its own: where a C library crashes, that is a message here and no dead server."""

import subprocess
import sys
from pathlib import Path

import msgspec

from server.store.driver import connect, find_spatialite
from server.store.refusal import StoreRefused
from sync.sql import load

SQL = load(__file__)
TIMEOUT_S = 30


class Versions(msgspec.Struct, frozen=True):
    """What the driver stands on, for `doctor`."""

    library: str
    sqlite: str
    spatialite: str
    geos: str
    proj: str


def self_check() -> Versions:
    """Loads the driver elsewhere and lets it measure and transform. Raises StoreRefused with what went wrong."""
    try:
        done = subprocess.run(
            [sys.executable, "-m", "server.store.selfcheck"],
            capture_output=True,
            cwd=Path(__file__).resolve().parent.parent.parent,
            timeout=TIMEOUT_S,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise StoreRefused(f"The SpatiaLite driver did not answer within {TIMEOUT_S} s.") from None
    if done.returncode < 0:
        raise StoreRefused(f"The SpatiaLite driver crashed (signal {-done.returncode}). Reinstall mod_spatialite.")
    if done.returncode:
        raise StoreRefused(done.stderr.decode(errors="replace").strip().rpartition("\n")[2])
    return msgspec.json.decode(done.stdout, type=Versions)


def _measure() -> Versions:
    tx = connect(":memory:")
    try:
        tx.execute("BEGIN").fetchall()
        if SQL.rows(tx, "init") != [(1,)]:
            raise StoreRefused("SpatiaLite could not make its own tables.")
        east, north, back, far = SQL.rows(tx, "measure")[0]
        # Nykøbing Falster in EPSG:25832, reckoned by pyproj.
        if east is None or abs(east - 684906.5) > 1 or abs(north - 6072600) > 5000 or abs(back - 11.8745) > 1e-6:
            raise StoreRefused("SpatiaLite can not transform coordinates: PROJ's proj.db is missing or broken.")
        if abs(far - 5) > 1e-9:
            raise StoreRefused("SpatiaLite measures wrongly.")
        return Versions(find_spatialite(), *SQL.rows(tx, "versions")[0])
    finally:
        tx.close()


def main() -> None:
    try:
        found = _measure()
    except StoreRefused as refused:
        sys.exit(str(refused))
    sys.stdout.buffer.write(msgspec.json.encode(found))


if __name__ == "__main__":
    main()
