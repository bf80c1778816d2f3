"""`export`: all files of what is public into a folder, whole or not at all.

They are written beside, in a folder of their own within it, and moved into place when the last of them is on the disk. `files.json` names
what was written, so that the next export takes away what is public no more, and writes over nothing that is not its own."""

import errno
import hashlib
import os
import tempfile
from collections.abc import Callable, Collection, Iterator
from pathlib import Path, PurePosixPath
from typing import Final

import msgspec
from msgspec import UNSET, Struct, UnsetType, structs

from server.feeds import gpx, returning
from server.feeds.files import FILES
from server.feeds.returning import Own
from server.feeds.taken import Taken, Terms, take
from server.formats.geodata import sweep
from server.store import database, public
from sync.sql import Tx

FORMATS: Final = ("geojson", "gpx", "csv", "ics", "own")
LIST: Final = "files.json"
BESIDE: Final = ".export-"
Progress = Callable[[int, int], object]
"""Is told how many files of how many are written."""


class ExportRefused(Exception):
    """`str()` is Danish, for the person at the keyboard: why nothing was written, and what to do."""


class Written(Struct, frozen=True):
    """What files.json says: what the files are of, on what terms, and the SHA-256 of each."""

    epoch: str
    head: int
    licence: str
    licence_url: str
    attribution: str
    note: str
    files: dict[str, str]
    replaced: dict[str, list[str]] | UnsetType = UNSET
    """While files are moved into place: the SHA-256 that each may still have. A move that is cut off is told by it."""


def export(
    data_dir: Path,
    to: Path,
    terms: Terms,
    formats: Collection[str] = FORMATS,
    progress: Progress = lambda _done, _of: None,
) -> Written:
    """Writes the files of these formats to `to`, all of one moment; a server may be running. Raises ExportRefused, with what was in `to`
    as it was, and StoreRefused where there is no database."""
    if to.resolve().is_relative_to(data_dir.resolve()):
        raise ExportRefused(
            f"{to} ligger i DATA_DIR ({data_dir}), hvor databasen er. Intet er skrevet. Vælg en anden mappe med --to."
        )
    taken, held = database.look(data_dir, lambda tx: _take(tx, terms, formats))
    try:
        before = _before(to)
        to.mkdir(parents=True, exist_ok=True)
        sweep(to, BESIDE, older_s=3600)  # of an export that was killed
        with tempfile.TemporaryDirectory(prefix=BESIDE, dir=to) as folder:
            beside = Path(folder)
            written = _write(beside, taken, held, formats, progress)
            _move(beside, to, written, before)
    except OSError as error:
        raise ExportRefused(_said(error, to)) from error
    return written


def _take(tx: Tx, terms: Terms, formats: Collection[str]) -> tuple[Taken, Own | None]:
    events: tuple[public.Noun, ...] = ("event",) if "ics" in formats else ()
    return take(tx, terms, ("place", "facility", "route", *events)), returning.take_own(
        tx, terms
    ) if "own" in formats else None


def _made(taken: Taken, held: Own | None, formats: Collection[str]) -> Iterator[tuple[str, bytes]]:
    """(name, bytes) of each file in turn; one alone is in memory."""
    for name, file in FILES.items():
        if file.format in formats:
            yield name, file.make(taken)
    if "gpx" in formats:
        facilities = _by_id(taken, "facility")
        places = _by_id(taken, "place")
        for body, route in zip(taken.bodies["route"], taken.routes(), strict=True):
            near: dict[public.Noun, list[bytes]] = {
                "route": [body],
                "facility": [facilities[one.facility_id] for one in route.near if one.facility_id in facilities],
                "place": [places[id] for id in route.place_ids if id in places],
            }
            yield f"routes/{route.slug}.gpx", gpx.route(structs.replace(taken, bodies=near))
    if held is not None:
        for name, document in returning.files(held):
            yield f"own/{name}", document


class _Id(Struct):
    id: str


def _by_id(taken: Taken, kind: public.Noun) -> dict[str, bytes]:
    return {msgspec.json.decode(body, type=_Id).id: body for body in taken.bodies[kind]}


def _write(beside: Path, taken: Taken, held: Own | None, formats: Collection[str], progress: Progress) -> Written:
    count = sum(file.format in formats for file in FILES.values())
    count += len(taken.bodies["route"]) if "gpx" in formats else 0
    count += len(returning.registers(held)) if held is not None else 0
    files: dict[str, str] = {}
    for name, body in _made(taken, held, formats):
        _put(beside / name, body)
        files[name] = hashlib.sha256(body).hexdigest()
        progress(len(files), max(count, len(files)))
    written = Written(
        taken.epoch,
        taken.head,
        taken.terms.licence,
        taken.terms.licence_url,
        taken.attribution,
        f"{taken.note} Undtaget er own/places-…: {returning.NOTE}" if held else taken.note,
        files,
    )
    _put_list(beside / LIST, written)
    return written


def _put_list(path: Path, written: Written) -> None:
    _put(path, msgspec.json.format(msgspec.json.encode(written), indent=1) + b"\n")


def _put(path: Path, body: bytes) -> None:
    path.parent.mkdir(exist_ok=True)
    with path.open("xb") as file:
        file.write(body)
        file.flush()
        os.fsync(file.fileno())


def _before(to: Path) -> dict[str, set[str]]:
    """What an earlier export wrote here, as its list says: of each file the SHA-256 that it may have; only names that it could have
    written itself. Raises ExportRefused for a list that is somebody else's."""
    try:
        listed = msgspec.json.decode((to / LIST).read_bytes(), type=Written)
    except (FileNotFoundError, NotADirectoryError):
        return {}
    except (UnicodeDecodeError, msgspec.MsgspecError) as error:
        raise _not_ours(to, LIST) from error
    found = {name: {sha256} for name, sha256 in listed.files.items()}
    for name, every in (listed.replaced or {}).items():
        found.setdefault(name, set()).update(every)
    return {name: every for name, every in found.items() if _ours(PurePosixPath(name))}


def _ours(name: PurePosixPath) -> bool:
    return len(name.parts) in (1, 2) and ".." not in name.parts and name.suffix.removeprefix(".") in FORMATS


def _own(to: Path, names: Collection[str], before: dict[str, set[str]], written: Written) -> None:
    """Raises ExportRefused where a file of these names is there that no export wrote, or that somebody changed since."""
    for name in sorted(names):
        path = to / name
        if not os.path.lexists(path):
            continue
        known = before.get(name, set()) | {written.files.get(name, "")}
        if path.is_symlink() or not path.is_file() or hashlib.sha256(path.read_bytes()).hexdigest() not in known:
            raise _not_ours(to, name)


def _not_ours(to: Path, name: str) -> ExportRefused:
    return ExportRefused(
        f"{to / name} er ikke skrevet af en eksport, eller nogen har ændret den siden. Intet er skrevet. "
        "Flyt eller omdøb den, eller vælg en anden mappe med --to."
    )


def _move(beside: Path, to: Path, written: Written, before: dict[str, set[str]]) -> None:
    _own(to, before.keys() | written.files.keys(), before, written)
    under_way = structs.replace(written, replaced={name: sorted(before[name]) for name in sorted(before)})
    _put_list(beside / "under-way", under_way)
    os.replace(beside / "under-way", to / LIST)
    for name in written.files:
        (to / name).parent.mkdir(exist_ok=True)
        os.replace(beside / name, to / name)
    for name in before.keys() - written.files.keys():
        (to / name).unlink(missing_ok=True)
    os.replace(beside / LIST, to / LIST)


def _said(error: OSError, to: Path) -> str:
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return f"{to}: disken er fuld. Intet er skrevet. Skaf plads, eller vælg en anden mappe med --to."
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return f"{to}: der kan ikke skrives her ({error.strerror}). Intet er skrevet. Se på rettighederne, eller vælg en anden mappe."
    if isinstance(error, (NotADirectoryError, FileExistsError)):
        return f"{to} er ikke en mappe. Intet er skrevet. Vælg en mappe med --to."
    return f"{to}: {error.strerror or error}. Prøv igen, eller vælg en anden mappe med --to."
