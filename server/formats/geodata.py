"""Has a foreign file read by a fenced process, and keeps its lines as DATA_DIR/imports/<sha256>.ndjson.

All or nothing: the lines are kept when the process ended well, its last line is `End`, and the counts add up. Imports nothing of
GDAL, shapely or numpy.
"""

import errno
import fcntl
import hashlib
import os
import shutil
import stat
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

import msgspec

from server.formats import broken, fenced, rows
from server.formats.archive.sets import SETS, companions
from server.formats.broken import shown
from server.formats.fenced import CLOCK_S, FULL, NoRoom
from server.formats.refusal import FileRefused

MAX_BYTES: Final = 1024**3
DO: Final = "Del filen, eller gem den igen."
READ: Final = {
    ".gpkg": "GeoPackage", ".geojson": "GeoJSON", ".json": "GeoJSON", ".csv": "CSV", ".xlsx": "Excel", ".gpx": "GPX", ".kml": "KML",
    ".shp": "Shapefile", ".tab": "MapInfo", ".mif": "MapInfo", ".gml": "GML", ".fgb": "FlatGeobuf",
}  # fmt: skip
ZIPPED: Final = {".zip": "zip", ".kmz": "KMZ"}
OTHERS: Final = {
    ".xls": "Gem den som .xlsx",
    ".dwg": "Eksportér som GeoPackage",
    ".gdb": "Eksportér som GeoPackage",
}
"""What offices have too and nobody reads here, with what to do."""
READERS: Final[dict[str, str]] = {".csv": "server.formats.table", ".xlsx": "server.formats.table"}
"""The ending of a file → the module that is started for it; each puts up the fence itself and writes rows.py's lines. For all others it is
server.formats.gdal."""
READING: Final = ".reading-"
LAYERS_TOLD: Final = 200
REFUSES: Final = {
    errno.EACCES: "der er ikke adgang til", errno.EPERM: "der er ikke adgang til", errno.EROFS: "disken er kun til læsning",
    errno.EIO: "disken svarer med en fejl", errno.ENOENT: "findes ikke", errno.ELOOP: "er en genvej, og dem følges ikke",
}  # fmt: skip
"""What the system says no with, where it is more than a number."""
NO_ROOM: Final = "disken med {} er fuld. Intet af filen er gemt. Skaf plads, og importér den igen."
Bounds = tuple[float, float, float, float]
Progress = Callable[[int, int], None]


class Read(msgspec.Struct, frozen=True):
    """A file that was read to its end: `blob` is its SHA-256, and args.blob of apply_import. `rows` of the file's layers in all;
    `found` of them can be used, `left` were left out. `read_as` says in Danish how each layer was understood: in which coordinate
    system, as what, without which columns."""

    blob: str
    name: str
    rows: int
    found: int
    left: int
    read_as: tuple[str, ...] = ()


def lines_of(data_dir: Path, blob: str) -> Path:
    """Where the lines of a file lie."""
    return data_dir / "imports" / f"{blob}.ndjson"


def read_file(
    path: Path,
    *,
    data_dir: Path,
    crs: int | None = None,
    swap: bool = False,
    bounds: Bounds | None = None,
    layers: Sequence[str] = (),
    choices: Sequence[str] = (),
    progress: Progress | None = None,
    clock_s: float = CLOCK_S,
) -> Read:
    """Reads `path` and keeps its lines. `crs`: the EPSG number to read it by; `swap`: latitude stands first in it; `bounds`: the
    municipality's [west, south, east, north] in degrees; `layers`: only these; `choices`: further arguments of the module in READERS.
    Raises `FileRefused`, with nothing kept."""
    try:
        imports = data_dir.absolute() / "imports"  # the reader works in a folder of its own
        imports.mkdir(parents=True, exist_ok=True)
        with _folder(imports) as folder:
            copy = folder / f"fil{_ending(path)}"
            blob = _take(path, copy)
            kept = lines_of(data_dir, blob)
            written = folder / "lines"
            arguments = [*(f"--layer={layer}" for layer in layers), *choices]
            arguments += [f"--crs={crs}"] if crs is not None else []
            arguments += ["--lat-lon"] if swap else []
            arguments += ["--bounds=" + ",".join(map(repr, bounds))] if bounds else []
            named, beside = _unpacked(copy, clock_s) if copy.suffix in ZIPPED else ([(copy, path.stem)], "")
            arguments += [f"--name={name}" for _, name in named]
            arguments += [f"--beside={beside}"] if beside else []
            reader = READERS.get(named[0][0].suffix, "server.formats.gdal")
            heard = _Heard(progress)
            files = [str(file) for file, _ in named]
            fenced.run(reader, [*arguments, *files], written=written, do=DO, clock_s=clock_s, heard=heard)
            read = _count(written, blob, shown(path), tuple(heard.read_as))
            os.replace(written, kept)
            return read
    except NoRoom as reason:
        raise FileRefused(f"{shown(path)}: {NO_ROOM.format(data_dir)}") from reason
    except FileRefused as reason:
        raise FileRefused(f"{shown(path)}: {reason}") from reason
    except OSError as reason:
        raise FileRefused(f"{shown(path)}: {_said(reason, data_dir)}") from reason


def carry(read: Read, source: Path, data_dir: Path) -> None:
    """Gives the lines that were kept in `source` to `data_dir`, whole or not at all. Raises `FileRefused`."""
    kept = lines_of(data_dir.absolute(), read.blob)
    half = kept.with_name(f"{READING}{read.blob}")
    try:
        kept.parent.mkdir(parents=True, exist_ok=True)
        with _held(kept.parent):
            shutil.move(lines_of(source, read.blob), half)
            os.replace(half, kept)
    except OSError as reason:
        half.unlink(missing_ok=True)
        raise FileRefused(f"{read.name}: {_said(reason, data_dir)}") from reason


def _said(reason: OSError, data_dir: Path) -> str:
    """What the system refused, and what to do. It names the file that it was at."""
    if reason.errno in FULL:
        return NO_ROOM.format(data_dir)
    if reason.filename is not None and Path(os.fsdecode(reason.filename)).is_relative_to(data_dir.absolute()):
        why = REFUSES.get(reason.errno or 0, f"fejl {reason.errno}")
        return f"der kan ikke skrives i {data_dir} ({why}). Intet er gemt. Se på rettighederne og på DATA_DIR."
    if reason.errno in (errno.EACCES, errno.EPERM):
        return "der er ikke adgang til at læse filen. Giv den læserettigheder, eller kopiér den hertil."
    return f"filen kan ikke læses ({REFUSES.get(reason.errno or 0, f'fejl {reason.errno}')}). Intet af den er gemt."


@contextmanager
def _held(folder: Path) -> Iterator[None]:
    """Nobody else has `folder` meanwhile; the system lets go of it for a process that is killed."""
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def sweep_killed(data_dir: Path) -> None:
    """Removes what readings left that were killed; those that run are let be."""
    if (imports := data_dir.absolute() / "imports").is_dir():
        with _held(imports):
            _sweep_killed(imports)


def _sweep_killed(imports: Path) -> None:
    for left in imports.glob(f"{READING}*"):
        if not left.is_dir():
            left.unlink(missing_ok=True)
        elif _is_free(left):
            shutil.rmtree(left, ignore_errors=True)


@contextmanager
def _folder(imports: Path) -> Iterator[Path]:
    """A folder for one reading, held while it lasts."""
    with _held(imports):
        _sweep_killed(imports)
        own = tempfile.TemporaryDirectory(prefix=READING, dir=imports)
        handle = os.open(own.name, os.O_RDONLY | os.O_DIRECTORY)
        fcntl.flock(handle, fcntl.LOCK_EX)
    try:
        yield Path(own.name)
    finally:
        own.cleanup()
        os.close(handle)


def _is_free(folder: Path) -> bool:
    try:
        handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    except FileNotFoundError:  # its reading has just ended
        return False
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    finally:
        os.close(handle)
    return True


def sweep(folder: Path, prefix: str, *, older_s: float) -> None:
    """Removes what a reading that was killed has left: folders that begin so and have lain there longer than one can take."""
    for left in folder.glob(f"{prefix}*"):
        if left.is_dir() and left.stat().st_mtime < time.time() - older_s:
            shutil.rmtree(left, ignore_errors=True)


def _ending(path: Path) -> str:
    """The file's sort by its name. A link, a folder, a pipe is no file that somebody handed over."""
    try:
        mode = path.lstat().st_mode
    except FileNotFoundError:
        raise FileRefused("filen findes ikke. Se efter, om navnet er skrevet rigtigt.") from None
    ending = path.suffix.lower()
    if stat.S_ISLNK(mode):
        raise FileRefused("er en genvej (symbolsk lænke), og dem følges ikke. Angiv selve filen.")
    if not stat.S_ISREG(mode):
        what = "en mappe" if stat.S_ISDIR(mode) else "ikke en almindelig fil"
        raise FileRefused(f"er {what}. {OTHERS.get(ending, 'Angiv selve filen')}.")
    if ending not in READ and ending not in ZIPPED:
        whole = next((one for one, files in SETS.items() if ending in files.needed or ending in files.also), None)
        do = f"{OTHERS[ending]}, og prøv så" if ending in OTHERS else f"Det kan {', '.join([*READ, *ZIPPED])}"
        do = f"Den er en del af et lag: angiv filen, der ender på {whole}" if whole else do
        raise FileRefused(f"filer, der ender på {ending or 'ingenting'}, kan ikke læses. {do}.")
    if ending == ".gpkg" and (log := path.with_name(path.name + "-wal")).exists() and log.stat().st_size:
        raise FileRefused(f"filen er åben i et andet program ({log.name} er ikke tom). Luk den dér, og prøv så.")
    return ".geojson" if ending == ".json" else ending


def _take(path: Path, copy: Path) -> str:
    """Copies the file and those that belong to it, so that what is read is what was hashed, and under names that GDAL reads nothing
    into. Returns the SHA-256: of the file, or where it has companions of all of them with their endings and lengths."""
    size = _copy(path, copy, MAX_BYTES)
    if size == 0:
        raise FileRefused("filen er tom (0 byte). Hent eller gem den igen.")
    with copy.open("rb") as file:
        if is_another := broken.another(file.read(1024), path.suffix.lower()):
            raise FileRefused(is_another)
        file.seek(0)
        blob = hashlib.file_digest(file, "sha256").hexdigest()
    if copy.suffix not in SETS:
        return blob
    beside = {one.suffix.lower(): one.name for one in path.parent.iterdir() if one.stem.lower() == path.stem.lower()}
    every = [f"{copy.suffix} {size} {blob}"]
    for ending, name in companions(path.name, copy.suffix, beside).items():
        other = copy.with_suffix(ending)
        size += _copy(path.with_name(name), other, MAX_BYTES - size)
        with other.open("rb") as file:
            every.append(f"{ending} {other.stat().st_size} {hashlib.file_digest(file, 'sha256').hexdigest()}")
    return hashlib.sha256("\n".join(every).encode()).hexdigest()


def _copy(path: Path, copy: Path, most: int) -> int:
    """Copies one file that is no link, and returns its bytes."""
    source = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    with open(source, "rb") as file, copy.open("xb") as to:
        about = os.fstat(source)
        if not stat.S_ISREG(about.st_mode):
            raise FileRefused(f"{shown(path)} er ikke en almindelig fil. Angiv selve filen.")
        if about.st_size > most:
            raise FileRefused(
                f"filen er på {about.st_size // 1024**2} MB; højst {MAX_BYTES // 1024**2} MB læses. Del den i flere."
            )
        shutil.copyfileobj(file, to, 1 << 20)
    # the day on which it was saved is all the date that some rows have
    os.utime(copy, ns=(about.st_atime_ns, about.st_mtime_ns))
    return about.st_size


def _unpacked(copy: Path, clock_s: float) -> tuple[list[tuple[Path, str]], str]:
    """The files of a zip that are to be read, each with its name; they lie in a folder of their own, under names of ours. And the names of
    those that could be read too and are not."""
    into, told = copy.parent / "pakket", copy.parent / "indhold"
    into.mkdir()
    endings = {".kml"} if copy.suffix == ".kmz" else READ.keys()
    fenced.run("server.formats.archive", [str(copy), str(into), *endings], written=told, do=DO, clock_s=clock_s)
    held = msgspec.json.decode(told.read_bytes(), type=list[dict[str, str]])
    named = [(into / Path(one["file"]).name, one["title"]) for one in held]
    return [(_plain_geojson(file), name) for file, name in named], held[0].get("beside", "")


def _plain_geojson(file: Path) -> Path:
    return file.rename(file.with_suffix(".geojson")) if file.suffix == ".json" else file


class _Heard:
    """What a reader says on the way: how far it is, and how it understood each layer."""

    def __init__(self, progress: Progress | None) -> None:
        self._progress = progress
        self.read_as: list[str] = []

    def __call__(self, said: dict[str, Any]) -> None:
        if "read_as" in said:
            self.read_as += [str(said["read_as"])[:2000]] if len(self.read_as) < LAYERS_TOLD else []
        elif self._progress is not None and "rows" in said:
            self._progress(int(said["rows"]), int(said["of"]))


def _count(written: Path, blob: str, name: str, read_as: tuple[str, ...]) -> Read:
    found, left, before = 0, 0, None
    try:
        for line in rows.read(written):
            if isinstance(line, rows.Left):
                left += line.rows
            else:
                found += (line.layer, line.row) != before
                before = (line.layer, line.row)
    except (rows.NotWhole, msgspec.MsgspecError) as reason:
        raise FileRefused(
            "filen blev ikke læst til ende. Prøv igen, og sker det igen, så gem den i et andet format."
        ) from reason
    return Read(blob, name, found + left, found, left, read_as)
