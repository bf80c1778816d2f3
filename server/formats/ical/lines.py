"""A calendar's bytes to its content lines, each with its number in the file.

Folds are undone among bytes, so that one which cuts a letter in two does it no harm. Lines may end in CRLF, LF or CR."""

import re
from typing import Final, NamedTuple

from server.formats.refusal import FileRefused

LONGEST: Final = 100_000
"""Characters of one content line: what is longer is a picture, or nothing."""
BOM: Final = b"\xef\xbb\xbf"
OTHERS: Final = ((b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
_ENDS: Final = re.compile(rb"\r\n|\n|\r")
_UNSEEN: Final = re.compile("[\x00-\x08\x0b-\x1f\x7f\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufffe\uffff]")
NOT_A_CALENDAR: Final = (
    "det er ikke en kalender (iCalendar, .ics): BEGIN:VCALENDAR mangler. Hent kalenderens egen adresse, som tit ender på .ics, ikke "
    "den side, hvor den vises."
)


class Line(NamedTuple):
    """A content line. `number`: that of the line of the file on which it begins, the first is 1. `windows`: it was no UTF-8 and was read
    as the letters of Windows. `cut`: it is too long, and its end is left out."""

    number: int
    text: str
    windows: bool = False
    cut: bool = False


def lines(data: bytes) -> list[Line]:
    """The content lines of a file, without empty ones. Raises FileRefused where it is no calendar at all."""
    for mark, encoding in OTHERS:
        if data.startswith(mark):
            data = data[2:].decode(encoding, errors="replace").encode()
    data = data.removeprefix(BOM)
    if b"BEGIN:VCALENDAR" not in data[:4_000_000].upper():
        raise FileRefused(NOT_A_CALENDAR)
    folded: list[tuple[int, list[bytes]]] = []
    for number, raw in enumerate(_ENDS.split(data), 1):
        if raw[:1] in (b" ", b"\t") and folded:
            folded[-1][1].append(raw[1:])
        elif raw.strip():
            folded.append((number, [raw]))
    return [_line(number, b"".join(parts)) for number, parts in folded]


def _line(number: int, raw: bytes) -> Line:
    cut = len(raw) > LONGEST
    raw = raw[:LONGEST]
    try:
        text, windows = raw.decode(), False
    except UnicodeDecodeError as error:
        if cut and error.end == len(raw):  # it was cut within a letter, by us
            text, windows = raw.decode(errors="ignore"), False
        else:
            text, windows = raw.decode("cp1252", errors="replace"), True
    return Line(number, _UNSEEN.sub("", text.replace("\u2028", "\n").replace("\u2029", "\n")), windows, cut)
