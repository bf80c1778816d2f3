"""The phone app as it was built: where it lies, and old builds' assets, kept 30 days so that an old phone never meets a 404."""

import shutil
import time
from pathlib import Path

KEEP_S = 30 * 24 * 3600
HERE = Path(__file__).parent
PLACES = (HERE / "built", HERE.parent.parent / "pwa" / "dist")  # in a wheel; in a checkout


class NotBuilt(Exception):
    """The phone app is not there: the line says what to type."""


def app_dir() -> Path:
    """The folder with index.html, sw.js and assets/. Raises NotBuilt."""
    for place in PLACES:
        if (place / "index.html").is_file():
            return place
    raise NotBuilt("the phone app is not built: type `make run` (or `npm run build`)")


def keep_front(app: Path, kept: Path) -> Path:
    """Copies what is not hashed (the page, the service worker, icons) to `kept`, and returns it: a build that is made while the
    server runs changes nothing of it until the next start, so page and assets always fit."""
    half = kept.with_name(f"{kept.name}.half")
    shutil.rmtree(half, ignore_errors=True)
    shutil.copytree(app, half, ignore=shutil.ignore_patterns("assets", ".*"))
    shutil.rmtree(kept, ignore_errors=True)
    half.rename(kept)
    return kept


def keep_assets(app: Path, kept: Path, now: float | None = None) -> Path:
    """Copies this build's hashed assets to `kept` and forgets those that no build had for 30 days. Returns `kept`."""
    kept.mkdir(parents=True, exist_ok=True)
    now = time.time() if now is None else now
    names = set()
    for file in sorted((app / "assets").iterdir()):
        names.add(file.name)
        copy = kept / file.name
        if not copy.is_file() or copy.stat().st_size != file.stat().st_size:
            half = copy.with_name(f"{copy.name}.half")  # whole or not at all: a phone may ask at this moment
            shutil.copyfile(file, half)
            half.replace(copy)
    for copy in kept.iterdir():
        if copy.name in names:
            copy.touch()
        elif copy.stat().st_mtime < now - KEEP_S:
            copy.unlink()
    return kept
