"""Opens a zip: what can be read in it is written under names of ours (1.shp, 1.dbf, 2.shp …). Everything that a zip can lie with is
refused: paths, links, sizes, passwords, zips in zips."""

import stat
import unicodedata
import zipfile
import zlib
from collections import defaultdict
from pathlib import Path, PurePosixPath
from typing import Final

from fence import limits
from server.formats import broken
from server.formats.archive.sets import COMPANIONS, SETS, companions
from server.formats.refusal import FileRefused

MOST_ENTRIES: Final = 2_000
MOST_BYTES: Final = limits.FILE_BYTES
"""Of all that is written together."""
MOST_RATIO: Final = 200
"""How many times its own length an entry may unpack to; real layers stay under 40."""
SMALL: Final = 1 << 20
"""An entry that unpacks to less harms nobody, whatever its ratio."""
LONGEST_NAME: Final = 400
NESTED: Final = frozenset({".zip", ".kmz", ".7z", ".rar", ".gz", ".tar", ".tgz", ".bz2", ".xz"})
LITTER: Final = ("__macosx", ".ds_store", "thumbs.db", "desktop.ini")


def unpack(path: Path, into: Path, endings: frozenset[str]) -> list[dict[str, str]]:
    """Writes the layers of the zip `path` into the folder `into`: `[{"file", "title"}]`, the first with the names of those that could be
    read too and are not as "beside". Raises `FileRefused`."""
    try:
        with zipfile.ZipFile(path) as archive:
            chosen, beside = _chosen(_entries(archive), endings)
            written = _write(archive, chosen, into)
            return [written[0] | {"beside": beside}, *written[1:]] if beside else written
    except (
        zipfile.BadZipFile,
        zlib.error,
        EOFError,
        NotImplementedError,
        UnicodeError,
        ValueError,
        OverflowError,
    ) as reason:
        raise FileRefused(broken.packed(reason)) from reason


def _entries(archive: zipfile.ZipFile) -> dict[str, zipfile.ZipInfo]:
    """{name: entry} of the files in it. Raises `FileRefused` for what nobody's own zip holds."""
    every = archive.infolist()
    if len(every) > MOST_ENTRIES:
        raise FileRefused(f"zip-filen har {len(every)} filer, og højst {MOST_ENTRIES} læses. Pak kun lagene.")
    kept: dict[str, zipfile.ZipInfo] = {}
    for entry in every:
        name = _name(entry)
        parts = PurePosixPath(name).parts
        said = _shown(name)
        if any(unicodedata.category(c) in ("Cc", "Cs", "Cf") for c in name):
            raise FileRefused(
                f"zip-filen har et navn med usynlige tegn ({said}). Giv filen et andet navn, og pak igen."
            )
        if len(name) > LONGEST_NAME:
            raise FileRefused(
                f"zip-filen har et navn på {len(name)} tegn ({said} …), og højst {LONGEST_NAME} læses. Gør det kortere, og pak igen."
            )
        if name.startswith("/") or ".." in parts or "\\" in name or ":" in name or not parts:
            raise FileRefused(f"zip-filen har en fil, der vil ligge uden for den ({said}). Pak den igen uden stier.")
        if stat.S_ISLNK(entry.external_attr >> 16):
            raise FileRefused(f"{said} i zip-filen er en genvej (symbolsk lænke), og dem følges ikke. Pak selve filen.")
        if entry.is_dir() or any(part.lower() in LITTER or part.startswith("._") for part in parts):
            continue
        if entry.flag_bits & 0x41:
            raise FileRefused(f"{said} i zip-filen er låst med adgangskode. Pak den uden, og prøv så.")
        if name.lower() in kept:
            raise FileRefused(f"{said} står to gange i zip-filen. Pak den igen, og prøv så.")
        kept[name.lower()] = entry
        entry.filename = name
    return kept


def _name(entry: zipfile.ZipInfo) -> str:
    """An entry's name. One that does not say its alphabet is UTF-8 where it can be, else what Windows in Denmark writes."""
    if entry.flag_bits & 0x800:
        return entry.orig_filename
    raw = entry.orig_filename.encode("cp437")
    try:
        return raw.decode()
    except UnicodeDecodeError:
        return raw.decode("cp850")


def _shown(name: str) -> str:
    return repr("".join(c if unicodedata.category(c)[0] != "C" else "?" for c in name)[:80])


Layer = dict[str, zipfile.ZipInfo]


def _chosen(entries: dict[str, zipfile.ZipInfo], endings: frozenset[str]) -> tuple[list[tuple[str, Layer]], str]:
    """The layers: each its title and its files by ending. Many where they are sets (shapefiles, MapInfo), else the one file. And of a KMZ
    the names of the documents beside its main one."""
    by_stem: dict[PurePosixPath, dict[str, str]] = defaultdict(dict)
    for entry in entries.values():
        at = PurePosixPath(entry.filename)
        by_stem[PurePosixPath(entry.filename.lower()).with_suffix("")][at.suffix.lower()] = entry.filename
    layers: list[tuple[str, Layer]] = []
    for beside in by_stem.values():
        for ending in [one for one in beside if one in endings]:
            names = {ending: beside[ending], **companions(beside[ending], ending, beside)}
            title = PurePosixPath(beside[ending]).stem
            layers.append((title, {end: entries[name.lower()] for end, name in names.items()}))
    held = ", ".join(sorted(_shown(entry.filename) for entry in entries.values())[:8]) or "ingen filer"
    if not layers:
        nested = next(
            (e.filename for e in entries.values() if PurePosixPath(e.filename.lower()).suffix in NESTED), None
        )
        more = f" Pak {_shown(nested)} ud først." if nested else ""
        alone = next((e for e in entries.values() if PurePosixPath(e.filename.lower()).suffix in COMPANIONS), None)
        more = f" {_shown(alone.filename)} er kun en del af et lag." if alone else more
        raise FileRefused(
            f"zip-filen har intet, der kan læses ({held}).{more} Den skal have {', '.join(sorted(endings))}."
        )
    if len(layers) > 1 and not all(next(iter(files)) in SETS for _, files in layers):
        main = [one for one in layers if one[1].get(".kml") and one[1][".kml"].filename.lower() == "doc.kml"]
        if endings == {".kml"} and main:
            return main, ", ".join(
                sorted(_shown(files[".kml"].filename) for _, files in layers if files != main[0][1])[:8]
            )
        several = ", ".join(sorted(_shown(next(iter(files.values())).filename) for _, files in layers)[:8])
        raise FileRefused(
            f"zip-filen har {len(layers)} filer, der hver for sig kan læses ({several}). Importér dem én for én."
        )
    return layers, ""


def _write(archive: zipfile.ZipFile, layers: list[tuple[str, Layer]], into: Path) -> list[dict[str, str]]:
    left, written = MOST_BYTES, []
    for number, (title, files) in enumerate(layers, 1):
        for ending, entry in files.items():
            left -= _write_one(archive, entry, into / f"{number}{ending}", left)
        written.append({"file": f"{number}{next(iter(files))}", "title": title})
    return written


def _write_one(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, to: Path, most: int) -> int:
    """Unpacks one entry, counting what comes out rather than what the zip says of it. Returns its bytes."""
    said, size = _shown(entry.filename), 0
    with archive.open(entry) as packed, to.open("xb") as out:
        while piece := packed.read(1 << 18):
            size += len(piece)
            if size > most:
                raise FileRefused(
                    f"zip-filen fylder over {MOST_BYTES // 1024**2} MB, når den pakkes ud. Del den i flere."
                )
            if size > max(SMALL, MOST_RATIO * entry.compress_size):
                raise FileRefused(
                    f"{said} i zip-filen fylder over {MOST_RATIO} gange mere, når den pakkes ud. Pak den igen."
                )
            out.write(piece)
    if size == 0 and to.suffix not in COMPANIONS:
        raise FileRefused(f"{said} i zip-filen er tom (0 byte). Hent eller gem den igen.")
    return size
