"""The phone app as it was built: where it lies, and old builds' assets, kept 30 days so that an old phone never meets a 404."""

import logging
import shutil
import time
from pathlib import Path

from server.store.refusal import FULL, shut

log = logging.getLogger(__name__)

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


def keep(app: Path, data_dir: Path) -> tuple[Path, Path]:
    """Keeps a build in DATA_DIR and returns where its assets and its front lie. Where there is no room for it, the build before is
    served on, whole: a list that is a build old is more than none; where there is none, the build itself, from where it was made.
    Raises StoreRefused where DATA_DIR can not be used for another reason."""
    assets, front = data_dir / "assets", data_dir / "app"
    try:
        keep_assets(app, assets)
        keep_front(app, front)
    except OSError as error:
        if not (front / "index.html").is_file():
            if error.errno not in FULL:
                raise shut(data_dir, error) from error
            log.warning(
                "this build could not be copied (%s); do not make another one while it is served", error.strerror
            )
            return app / "assets", app
        log.warning(
            "this build could not be copied (%s); the one before is served until the next start", error.strerror
        )
    return assets, front


def keep_front(app: Path, kept: Path) -> Path:
    """Copies what is not hashed (the page, the service worker, icons) to `kept`, and returns it: a build that is made while the
    server runs changes nothing of it until the next start, so page and assets always fit."""
    files = [file for file in _front(app) if file.relative_to(app).parts[0] != "assets"]
    if [_same(file, kept / file.relative_to(app)) for file in files] == [True] * len(_front(kept)):
        return kept  # a start on a full disk needs no room
    half = kept.with_name(f"{kept.name}.half")
    shutil.rmtree(half, ignore_errors=True)
    try:
        for file in files:
            copy = half / file.relative_to(app)
            copy.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(file, copy)
    except OSError:
        shutil.rmtree(half, ignore_errors=True)
        raise
    shutil.rmtree(kept, ignore_errors=True)
    half.rename(kept)
    return kept


def _front(folder: Path) -> list[Path]:
    """What is a file, and not hidden."""
    return [file for file in sorted(folder.rglob("*")) if file.is_file() and not file.name.startswith(".")]


def _same(file: Path, copy: Path) -> bool:
    return copy.is_file() and copy.read_bytes() == file.read_bytes()


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
            try:
                shutil.copyfile(file, half)
            except OSError:
                half.unlink(missing_ok=True)
                raise
            half.replace(copy)
    for copy in kept.iterdir():
        if copy.name in names:
            copy.touch()
        elif copy.stat().st_mtime < now - KEEP_S:
            copy.unlink()
    return kept
