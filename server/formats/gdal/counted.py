"""How many rows a file of a layer holds, counted without GDAL, and whether it is whole: GDAL believes what a file says of itself, and
takes what is cut off for its end. Runs inside the reader's fence."""

import struct
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from server.formats.broken import UTF_16
from server.formats.gdal.markup import Reader
from server.formats.refusal import FileRefused

CUT: Final = "{} er skåret over eller beskadiget ({}). Hent eller gem laget igen, og prøv så."
MEMBERS: Final = frozenset({"featureMember", "featureMembers", "member"})
FLATGEOBUF: Final = 3
TOLD: Final = ("numberMatched", "numberReturned", "numberOfFeatures", "totalFeatures")
"""What a service says of its answer in GML or GeoJSON: how many rows there were, and how many of them it sent."""
MOST_TAB: Final = 64 * 1024


def rows_in(path: Path) -> int:
    """The rows of the layer whose main file `path` is, of all layers for GML. Raises `FileRefused` for what is cut, damaged, another
    format, or leads to other files."""
    count = {".shp": _shapefile, ".tab": _mapinfo, ".mif": _mif, ".fgb": _flatgeobuf, ".gml": _gml}[path.suffix]
    try:
        return count(path)
    except (struct.error, IndexError) as reason:
        raise FileRefused(CUT.format(path.suffix, "den er kortere, end den selv siger")) from reason


def _shapefile(path: Path) -> int:
    for ending in (".shp", ".shx"):
        with path.with_suffix(ending).open("rb") as file:
            head = file.read(100)
        code, words = struct.unpack(">i20xi", head[:28])
        if code != 9994:
            raise FileRefused(f"filen hedder {ending}, men er ikke en shapefil. Gem laget igen, og prøv så.")
        if words * 2 != path.with_suffix(ending).stat().st_size:
            raise FileRefused(
                CUT.format(ending, f"{path.with_suffix(ending).stat().st_size} byte, men den siger {words * 2}")
            )
    shapes = (path.with_suffix(".shx").stat().st_size - 100) // 8
    rows, deleted = _dbase(path.with_suffix(".dbf"))
    if rows != shapes:
        raise FileRefused(f"laget har {shapes} former i .shx og {rows} rækker i .dbf. Gem laget igen, og prøv så.")
    return rows - deleted


def _dbase(path: Path) -> tuple[int, int]:
    """(rows, how many of them are marked as deleted)."""
    with path.open("rb") as file:
        head = file.read(32)
        rows, start, length = struct.unpack("<4xIHH", head[:12])
        size = path.stat().st_size
        if length < 1 or start < 33 or start + rows * length > size:
            raise FileRefused(CUT.format(path.suffix, f"{rows} rækker, og der er ikke plads til dem"))
        deleted = 0
        for row in range(rows):
            file.seek(start + row * length)
            deleted += file.read(1) == b"*"
    return rows, deleted


def dbase_alphabet(path: Path) -> str:
    """The alphabet of a .dbf without a .cpg: UTF-8 where its text is that, else what Windows in Denmark writes."""
    raw = path.read_bytes()
    start, length = struct.unpack("<8xHH", raw[:12])
    text = raw[start:]
    if text.isascii():
        return "cp1252"
    try:
        for row in range(0, len(text), max(1, length)):
            text[row : row + length].decode()
    except UnicodeDecodeError:
        return "cp1252"
    return "UTF-8"


def _mapinfo(path: Path) -> int:
    """A table of its own alone: one made of other tables, of a picture or a query names files that nobody handed over."""
    raw = path.read_bytes()[: MOST_TAB + 1]
    said = raw.lower()
    if not said.lstrip().startswith(b"!table") or len(raw) > MOST_TAB:
        raise FileRefused(
            "filen hedder .tab, men er ikke en MapInfo-tabel. Er den tekst med tabulatorer, så gem den som .csv."
        )
    if b"type native" not in said or b"isseamless" in said or b"create view" in said:
        raise FileRefused(
            "MapInfo-tabellen henviser til andre filer (samlet tabel, billede eller forespørgsel) og læses ikke. "
            "Gem den som en tabel for sig (Gem kopi som), og prøv så."
        )
    rows, _ = _dbase(path.with_suffix(".dat"))
    objects, rest = divmod(path.with_suffix(".id").stat().st_size, 4)
    if rest or objects != rows:
        raise FileRefused(f"laget har {objects} former i .id og {rows} rækker i .dat. Gem laget igen, og prøv så.")
    if path.with_suffix(".map").stat().st_size % 512:
        raise FileRefused(CUT.format(".map", "den er ikke hele blokke"))
    return rows


def _mif(path: Path) -> int:
    if not path.read_bytes()[:200].lstrip().lower().startswith(b"version"):
        raise FileRefused("filen hedder .mif, men er ikke MapInfo. Gem laget igen, og prøv så.")
    with path.with_suffix(".mid").open("rb") as file:
        return sum(1 for line in file if line.strip())


def _flatgeobuf(path: Path) -> int:
    """Walks from feature to feature: the count in the head may be 0 for "not known", or a lie."""
    size = path.stat().st_size
    with path.open("rb") as file:
        mark = file.read(8)
        if mark[:3] != b"fgb":
            raise FileRefused("filen hedder .fgb, men er ikke FlatGeobuf. Gem laget igen, og prøv så.")
        if mark[3] != FLATGEOBUF:
            raise FileRefused(
                f"filen er FlatGeobuf i udgave {mark[3]}, og kun udgave {FLATGEOBUF} læses. Gem laget som GeoPackage, og prøv så."
            )
        (length,) = struct.unpack("<I", file.read(4))
        if length > min(size, 1 << 20):
            raise FileRefused(CUT.format(".fgb", "hovedet er længere end filen"))
        head = file.read(length)
        told, node = _field(head, 8, "<Q", 0), _field(head, 9, "<H", 16)
        wrong = f"den siger {told} rækker, og det passer ikke med dens længde"
        at = 12 + length + _index(told, node)
        rows = 0
        while at < size:
            file.seek(at)
            (length,) = struct.unpack("<I", file.read(4))
            at += 4 + length
            rows += 1
            if not length or at > size:
                raise FileRefused(CUT.format(".fgb", wrong if told else f"række {rows} går ud over filens ende"))
    if told and told != rows:
        raise FileRefused(CUT.format(".fgb", wrong))
    return rows


def _field(table: bytes, number: int, form: str, default: int) -> int:
    """A number of a flatbuffer's root table; its default where it is not written."""
    (root,) = struct.unpack_from("<I", table)
    (back,) = struct.unpack_from("<i", table, root)
    fields = root - back
    if fields < 0:
        raise IndexError("vtable")
    (length,) = struct.unpack_from("<H", table, fields)
    if 4 + 2 * number >= length:
        return default
    (offset,) = struct.unpack_from("<H", table, fields + 4 + 2 * number)
    return int(struct.unpack_from(form, table, root + offset)[0]) if offset else default


def _index(rows: int, node: int) -> int:
    """The bytes of a packed tree over `rows` with `node` children each, 40 a node; none without rows or without an index."""
    if not rows or node < 2:
        return 0
    nodes = level = rows
    while level > 1:
        level = -(-level // node)
        nodes += level
    return 40 * nodes if rows > 1 else 80


def _gml(path: Path) -> int:
    """Counts the members that stand outermost. What expands itself or lies too deep is refused before GDAL sees it."""
    with path.open("rb") as file:
        if file.read(2) in UTF_16:
            raise FileRefused("filen er i UTF-16, og GML læses i UTF-8. Gem den igen som UTF-8, og prøv så.")
    reader = Reader(path, MEMBERS, frozenset())
    rows = 0
    for node in reader.elements():
        rows += node.below
    if reader.root not in ("FeatureCollection", "GML") and not reader.root.endswith("Collection"):
        raise FileRefused(
            f"filen hedder .gml, men er XML af en anden slags ({reader.root[:40]}). Gem den som GML, og prøv så."
        )
    refuse_a_page(rows, reader.says)
    return rows


def refuse_a_page(rows: int, says: Mapping[str, str]) -> None:
    """Refuses what a service sent a part of: `says` is what it said of itself. A number that is lower than the rows is no part: services
    write 0 there before they have counted."""
    told = [(int(said[:9]), name) for name in TOLD if (said := says.get(name, "")).isdecimal()]
    most, name = max(told, default=(0, ""))
    if most > rows:
        raise FileRefused(
            f"tjenesten, som filen er hentet fra, siger {most} rækker ({name}), og filen har {rows}: den er kun en side eller et stykke. "
            "Hent alle rækker (uden count og maxFeatures), og prøv så."
        )
