"""What parsers say of a file that is broken, as a Danish sentence for whoever mends it: what is the matter, where as far as the parser
knows, what to do. Their own English goes no further, nor do the paths and bytes that stand in it."""

import re
import sqlite3
import zlib
from pathlib import Path
from typing import Final
from xml.parsers import expat

import msgspec

from fence.geojson import LookFailed
from server.formats.words import plain
from server.formats.wrong import in_danish

UTF_16: Final = (b"\xff\xfe", b"\xfe\xff")
"""How a file in it begins."""
AGAIN: Final = "Hent eller gem den igen, og prøv så."
NO_XML: Final = "filen er ikke hel XML"
NO_ZIP: Final = "filen er ikke en hel zip: "
NO_JSON: Final = "filen er ikke hel GeoJSON: "
DAMAGED: Final = "filen er skåret over eller beskadiget: "
_ERRORS: Final = expat.errors
_ALPHABET: Final = "siger den et andet alfabet, end den er i, så gem den igen som UTF-8"
_XML: Final = {
    _ERRORS.XML_ERROR_INVALID_TOKEN: f"der står noget, som ikke kan stå i XML. Er det et bogstav som æ, {_ALPHABET}; ellers ret det.",
    _ERRORS.XML_ERROR_PARTIAL_CHAR: f"et bogstav er ikke helt. Er den skåret over, så hent den igen; {_ALPHABET}.",
    _ERRORS.XML_ERROR_NO_ELEMENTS: "den har intet i sig. Hent eller gem den igen.",
    _ERRORS.XML_ERROR_UNCLOSED_TOKEN: "den er skåret over. Hent eller gem den igen.",
    _ERRORS.XML_ERROR_UNCLOSED_CDATA_SECTION: "den er skåret over. Hent eller gem den igen.",
    _ERRORS.XML_ERROR_TAG_MISMATCH: "et element slutter med et andet navn, end det begyndte med. Ret det, eller gem filen igen.",
    _ERRORS.XML_ERROR_DUPLICATE_ATTRIBUTE: "et element siger det samme to gange. Ret det, eller gem filen igen.",
    _ERRORS.XML_ERROR_JUNK_AFTER_DOC_ELEMENT: "der står mere efter dens slutning. Slet det, eller gem filen igen.",
    _ERRORS.XML_ERROR_UNDEFINED_ENTITY: "et navn mellem & og ; kendes ikke. Skriv bogstavet selv, og er det tegnet &, så skriv &amp;.",
    _ERRORS.XML_ERROR_BAD_CHAR_REF: "et tegn, der er skrevet som nummer (&#…;), findes ikke. Slet det, eller gem filen igen.",
}  # fmt: skip
_UNKNOWN_ALPHABET: Final = "den siger, at den er i et alfabet, som ikke læses her. Gem den igen som UTF-8."


def shown(file: Path) -> str:
    """A file's name as it may stand in a message: whatever signs it has, they do nothing to the words around it."""
    return plain(file.name)[:200] or "(uden navn)"


def xml(reason: Exception) -> str:
    """Of an expat.ExpatError, or a LookupError or ValueError that is about the alphabet."""
    if not isinstance(reason, expat.ExpatError) or reason.code in (
        _ERRORS.codes[_ERRORS.XML_ERROR_UNKNOWN_ENCODING],
        _ERRORS.codes[_ERRORS.XML_ERROR_INCORRECT_ENCODING],
    ):
        return f"{NO_XML}: {_UNKNOWN_ALPHABET}"
    said = _XML.get(_ERRORS.messages.get(reason.code, ""), f"den er skrevet forkert. {AGAIN}")
    return f"{NO_XML} (linje {reason.lineno}, tegn {reason.offset + 1}): {said}"


def packed(reason: Exception) -> str:
    """Of what zipfile and zlib raise."""
    said = str(reason)
    if crc := re.match(r"Bad CRC-32 for file '(.*)'", said):
        return f"{NO_ZIP}{plain(crc[1])[:80]!r} i den er beskadiget. Hent eller pak den igen, og prøv så."
    if isinstance(reason, zlib.error):
        return f"{NO_ZIP}noget i den er beskadiget og kan ikke pakkes ud. Hent eller pak den igen, og prøv så."
    if isinstance(reason, NotImplementedError):
        return f"{NO_ZIP}den er pakket på en måde, der ikke læses her. Pak den igen som almindelig zip, og prøv så."
    return f"{NO_ZIP}den er skåret over, beskadiget eller noget andet. Hent eller pak den igen, og prøv så."


def database(reason: Exception) -> str:
    """Of what SQLite says of a GeoPackage, or of text in it that is no UTF-8."""
    said = str(reason)
    if schema := re.match(r"malformed database schema \(([^)]*)\)", said):
        return (
            f"{DAMAGED}det, der siger, hvordan {plain(schema[1])[:80] or 'en tabel'} er lavet, kan ikke læses. {AGAIN}"
        )
    if isinstance(reason, UnicodeDecodeError) or said.startswith("Could not decode"):
        return f"{DAMAGED}der står tekst i den, som ikke er UTF-8. {AGAIN}"
    if isinstance(reason, sqlite3.OperationalError) and (no := re.match(r"no such (?:table|column): (\S+)", said)):
        return f"filen er ikke en hel GeoPackage: {plain(no[1])[:80]} mangler i den. {AGAIN}"
    return f"{DAMAGED}det, der står i den, hænger ikke sammen. {AGAIN}"


class _Esri(msgspec.Struct):
    geometryType: str  # noqa: N815  their name


def geojson(reason: LookFailed, raw: bytes) -> str:
    """Of a file whose bytes are `raw` and that is no GeoJSON."""
    if reason.byte is not None:
        if raw[:2] in UTF_16:
            return "filen er i UTF-16, og GeoJSON læses i UTF-8. Gem den igen som UTF-8, og prøv så."
        line = raw.count(b"\n", 0, reason.byte) + 1
        return f"filen er ikke UTF-8 (linje {line}, byte {reason.byte}). Gem den igen som UTF-8."
    try:
        msgspec.json.decode(raw, type=_Esri)
    except (msgspec.MsgspecError, RecursionError):
        return _json(str(reason), raw)
    return "filen er Esris egen JSON, ikke GeoJSON. Gem laget som GeoJSON eller GeoPackage (i ArcGIS: Features To JSON med GeoJSON valgt)."


def _json(said: str, raw: bytes) -> str:
    """Of what msgspec says of it."""
    if "recursion" in said:
        return f"{NO_JSON}noget i den ligger i flere hundrede lag af [ og {{. Ret det, eller gem den igen."
    if "truncated" in said:
        return f"{NO_JSON}den er skåret over. Hent eller gem den igen."
    if byte := re.search(r"\(byte (\d+)\)", said):
        at = int(byte[1])
        where = f"linje {raw.count(10, 0, at) + 1} (byte {at})"
        if "trailing" in said:
            return f"{NO_JSON}der står mere efter dens slutning, i {where}. Er det en Feature i hver linje, så gem den som GeoJSON."
        return f"{NO_JSON}i {where} står noget, som ikke er JSON. Ret det, eller gem filen igen."
    at_field, what = in_danish(said)
    return f"{NO_JSON}{at_field + ': ' if at_field else 'den '}{what}. {AGAIN}"


_ZIPS: Final = frozenset({".zip", ".kmz", ".xlsx"})
_OTHERS: Final[tuple[tuple[bytes, frozenset[str], str], ...]] = (
    (b"PK\x03\x04", _ZIPS, "pakket som en zip. Giv den endelsen .zip, eller .xlsx, hvis den er et regneark"),
    (b"SQLite format 3\0", frozenset({".gpkg"}), "en database. Er den en GeoPackage, så giv den endelsen .gpkg"),
    (b"\x1f\x8b", frozenset(), "pakket med gzip. Pak den ud"),
    (b"%PDF-", frozenset(), "et PDF-dokument. Hent eller gem selve dataene"),
)


def another(head: bytes, ending: str) -> str | None:
    """What a file is that is called something else, by its first bytes, with what to do; None where nothing speaks against its name."""
    for mark, right, what in _OTHERS:
        if head.startswith(mark) and ending not in right:
            return f"filen hedder {ending}, men er {what}, og prøv så."
    text = head.removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    if ending == ".kmz" and text.startswith(b"<?xml"):
        return "filen hedder .kmz, men er KML, som ikke er pakket. Giv den endelsen .kml, og prøv så."
    if text.startswith((b"<!doctype html", b"<html")):
        return (
            "filen er en webside (HTML): måske en side, der beder om at logge ind, eller en fejl, som den, man hentede fra, "
            "svarede med. Hent selve filen, og prøv så."
        )
    return None
