"""What parsers say of a broken file is told in Danish, with the place and what to do."""

import re
import sqlite3
from pathlib import Path
from xml.parsers import expat

import pytest

from server.formats import broken
from server.formats.gdal.markup import Reader
from server.formats.refusal import FileRefused

ENGLISH = re.compile(
    r"\b(the|not|invalid|token|unclosed|unknown|malformed|error|image|is|with|encoding|schema)\b", re.IGNORECASE
)


@pytest.mark.parametrize(
    ("raw", "says"),
    [
        ("<a>\n<b>æ</b></a>".encode("cp1252"), r"\(linje 2, tegn 4\): der står noget.*gem den igen som UTF-8"),
        (b"<a><b", r"\(linje 1, tegn 4\): den er skåret over. Hent"),
        (b"<a>", r"den er skåret over|den har intet"),
        (b"<a></b>", "slutter med et andet navn"),
        (b"<a b='1' b='2'/>", "det samme to gange"),
        (b"<a/><b/>", "mere efter dens slutning"),
        (b"<a>&nbsp;</a>", "mellem & og ;.*&amp;"),
        (b"<a>&#0;</a>", "findes ikke"),
        (b'<?xml version="1.0" encoding="EBCDIC-X"?><a/>', "et alfabet, som ikke læses her"),
        (b'<?xml version="1.0" encoding="UTF-7"?><a/>', "et alfabet, som ikke læses her"),
        (b"<a><![CDATA[x", "skåret over"),
    ],
)
def test_xml_that_is_not_whole_says_where_and_what_to_do(tmp_path: Path, raw: bytes, says: str) -> None:
    (tmp_path / "a.xml").write_bytes(raw)
    with pytest.raises(FileRefused, match=f"^filen er ikke hel XML.*(?:{says})") as caught:
        list(Reader(tmp_path / "a.xml", frozenset(), frozenset()).elements())
    assert not ENGLISH.search(str(caught.value))


def test_every_fault_that_expat_knows_has_a_danish_sentence_with_a_cure() -> None:
    for code in expat.errors.messages:
        reason = expat.ExpatError("unclosed token: line 3, column 7")
        reason.code, reason.lineno, reason.offset = code, 3, 7
        said = broken.xml(reason)
        assert not ENGLISH.search(said)
        assert re.search("[Hh]ent|[Gg]em|[Rr]et|[Ss]let|[Ss]kriv", said)


@pytest.mark.parametrize(
    ("reason", "says"),
    [
        (sqlite3.DatabaseError("database disk image is malformed"), "hænger ikke sammen"),
        (sqlite3.DatabaseError('malformed database schema (gpkg_contents) - unknown column "x"'), "hvordan gpkg_contents er"),
        (UnicodeDecodeError("utf-8", b"\xc5", 0, 1, "invalid continuation byte"), "tekst i den, som ikke er UTF-8"),
        (sqlite3.OperationalError("no such column: data_type"), "data_type mangler"),
    ],
)  # fmt: skip
def test_a_database_that_is_not_whole_is_told_without_sqlites_english(reason: Exception, says: str) -> None:
    said = broken.database(reason)
    assert says in said
    assert said.endswith(broken.AGAIN)
    assert not ENGLISH.search(said)
