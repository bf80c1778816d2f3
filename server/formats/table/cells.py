"""What stands in one cell: text, a number with a decimal comma, yes or no, a Danish date, a length with its unit."""

import datetime
import math
import re
from typing import Final, TypeAlias

from server.formats.words import plain

Cell: TypeAlias = str | float | int | bool | datetime.date | datetime.time | datetime.timedelta | None

UNKNOWN: Final = frozenset(
    {"", "-", "–", "?", "ukendt", "ved ikke", "vides ikke", "ikke oplyst", "uoplyst", "n/a", "na", "#n/a", "#i/t", "ingen", "null"}
)  # fmt: skip
_ERROR = re.compile(r"#([a-zæøå_]+[!?]?|(div|n|i)/[0at]!?)", re.IGNORECASE)
"""What a formula that failed leaves behind, in English and Danish: #REF!, #VÆRDI!, #DIV/0!, #I/T."""
YES: Final = frozenset({"ja", "j", "yes", "y", "sand", "true", "sandt", "x", "1", "✓", "✔", "ok"})
NO: Final = frozenset({"nej", "n", "no", "falsk", "false", "falskt", "0"})
MONTHS: Final = ("jan", "feb", "mar", "apr", "maj", "jun", "jul", "aug", "sep", "okt", "nov", "dec")
SURFACES: Final = (
    (
        "firm",
        r"\b(asfalt\w*|asphalt|flise\w*|fliser|beton\w*|concrete|paved|firm|brosten|chaussésten|bro|dæk|planke\w*|træ|trædæk|gummi"
        r"|indendørs|gulv)\b",
    ),
    ("loose", r"\b(grus\w*|gravel|loose|sand\w*|strand|perlesten|skærver|flis|bark|ral|stenmel)\b"),
    (
        "unpaved",
        r"\b(ubefæstet|unpaved|græs\w*|grass|plæne|jord\w*|muld|mark|eng|skovbund|natur(?!sten)\w*|trampesti)\b",
    ),
    ("other", r"\b(andet|anden|øvrigt?)\b"),
)
_DOUBT = re.compile(
    r"\b(ikke|ej|uden|ingen|intet|hverken|næppe|mangler|måske|delvist?|tidligere|kommende|snart|planlagt|planlægges|skal|bliver|not|no)\b"
)

_PLAIN_NUMBER = re.compile(r"[+-]?\d+(\.\d+)?([eE][+-]?\d{1,3})?", re.ASCII)
_LENGTH = re.compile(
    r"([\d.,\s]*\d)\s*(cm|centimeter|mm|m|meter|%|pct\.?|grader)?\.?",
    re.ASCII,
)
_DAY_FIRST = re.compile(r"(\d{1,2})\s*[-./ ]\s*(\d{1,2})\s*[-./ ]\s*(\d{4}|\d{2})(?:[ T]+\d.*)?", re.ASCII)
_YEAR_FIRST = re.compile(r"(\d{4})[-./](\d{1,2})[-./](\d{1,2})(?:[ T]+\d.*)?", re.ASCII)
_IN_WORDS = re.compile(r"(\d{1,2})\.?\s*([a-zæøå]{3,9})\.?\s*(\d{4})", re.ASCII | re.IGNORECASE)
_MONTH = re.compile(r"(?:([a-zæøå]{3,9})\.?\s+)?((?:19|20)\d{2})", re.ASCII | re.IGNORECASE)
_SEXAGESIMAL = re.compile(
    r"([nsewøØv])?\s*(\d{1,3})\s*[°º]\s*(\d{1,2}(?:[.,]\d+)?)\s*['’′]?\s*(?:(\d{1,2}(?:[.,]\d+)?)\s*[\"”″]?|'')?\s*([nsewøØv])?",
    re.IGNORECASE | re.ASCII,  # under which a capital Ø is not the small one
)


def text(cell: Cell) -> str:
    """One line of plain text; a number as a Dane writes it, without the .0 that a spreadsheet's whole number gets."""
    if isinstance(cell, bool):
        return "ja" if cell else "nej"
    if isinstance(cell, float):
        if not math.isfinite(cell):
            return ""
        return str(int(cell)) if cell == int(cell) and abs(cell) < 1e15 else f"{cell:.15g}".replace(".", ",")
    if isinstance(cell, datetime.datetime):
        cell = cell.date()
    if isinstance(cell, datetime.date):
        return cell.isoformat()
    if isinstance(cell, str) and cell.isprintable():  # nearly all: plain() looks at each character
        return " ".join(cell.split())
    return plain(cell)


def words(cell: Cell) -> str:
    """A cell of several lines keeps them as sentences apart; else as `text`."""
    if not isinstance(cell, str):
        return text(cell)
    if cell.isprintable():
        return text(cell)
    lines = [line for part in re.split(r"[\r\n]+", cell) if (line := plain(part))]
    return "\n".join(lines)


def is_empty(cell: Cell) -> bool:
    """Whether nothing that anybody could see stands there."""
    return cell is None or (isinstance(cell, str) and not text(cell))


def is_unknown(cell: Cell) -> bool:
    """Whether it says that nothing is known, or is what a formula that failed left behind."""
    said = text(cell)
    return said.casefold().rstrip(".") in UNKNOWN or is_error(said)


def is_error(said: str) -> bool:
    """Whether the text is what a spreadsheet shows where a formula failed."""
    return _ERROR.fullmatch(said) is not None


def number(cell: Cell) -> float | None:
    """A number: 54,7690 and 54.7690, 684.906,52 and 684,906.52, 6 072 345. None where it is none, or not finite."""
    if isinstance(cell, bool) or cell is None:
        return None
    if isinstance(cell, (int, float)):
        return float(cell) if math.isfinite(cell) else None
    if not isinstance(cell, str) or len(cell) > 60:
        return None
    said = "".join(plain(cell).split()).replace("−", "-").replace("'", "")
    commas, dots = said.count(","), said.count(".")
    if commas and dots:
        thousands, decimal = (".", ",") if said.rfind(",") > said.rfind(".") else (",", ".")
        said = said.replace(thousands, "").replace(decimal, ".")
    elif commas > 1 or dots > 1:
        said = said.replace(",", "").replace(".", "")
    else:
        said = said.replace(",", ".")
    if not _PLAIN_NUMBER.fullmatch(said):
        return None
    value = float(said)
    return value if math.isfinite(value) else None


def coordinate(cell: Cell) -> float | None:
    """A coordinate: a number, or degrees and minutes with the letter of their direction (54° 46' 8" N); a degree sign may follow."""
    value = number(cell)
    if value is not None or not isinstance(cell, str) or len(cell) > 60:
        return value
    said = plain(cell)
    if found := _SEXAGESIMAL.fullmatch(said):
        before, degrees, minutes, seconds, after = found.groups()
        value = int(degrees) + (number(minutes) or 0) / 60 + (number(seconds) or 0) / 3600
        return -value if (before or after or "").lower() in ("s", "w", "v") else value
    bare = re.fullmatch(r"[nNeEøØ]?\s*([\d.,]+)\s*[°º]?\s*[nNeEøØ]?|([\d.,\s]+)\s*m", said)
    return number(bare[1] or bare[2]) if bare else None


def yes(cell: Cell) -> bool | None:
    """Yes or no; None where it says neither, and where anything stands behind it: "ja, med hjælp" is no yes."""
    if isinstance(cell, bool):
        return cell
    said = text(cell).casefold().rstrip(".!")
    return True if said in YES else False if said in NO else None


def length(cell: Cell, unit: str) -> float | None:
    """A measured number in `unit` (cm, m, mm, %, 1 for a share), or in the unit that stands with it; in cm (of a slope in per cent)."""
    value = number(cell)
    if value is None:
        found = _LENGTH.fullmatch(text(cell).casefold())
        value = number(found[1]) if found else None
        own = (found[2] if found else None) or unit
        if own == "grader" or (own[0] in "%p") != (
            unit in ("%", "1")
        ):  # 5 degrees are not 5 %, and no width is in per cent
            return None
        unit = own
    if value is None or value < 0:
        return None
    return value * {"m": 100.0, "meter": 100.0, "mm": 0.1, "1": 100.0}.get(unit, 1.0)


def has_no_day(cell: Cell) -> bool:
    """Whether a cell names a month or a year and no day in it."""
    if isinstance(cell, datetime.date):
        return False
    return _MONTH.fullmatch(text(cell)) is not None


def day(cell: Cell, today: datetime.date | None = None) -> datetime.date | None:
    """A date, the day first as Danes write it: 1.5.2024, 01-05-24, 1. maj 2024, 2024-05-01. Of a month or a year alone (maj 2024, 2024) it
    is the first day: nothing is told fresher than it is. A year of two digits that is not yet (98) is of the century before `today`'s."""
    if isinstance(cell, datetime.datetime):
        return cell.date()
    if isinstance(cell, datetime.date):
        return cell
    if isinstance(cell, (int, float)) and not isinstance(cell, bool):
        cell = text(cell)
    if not isinstance(cell, str) or len(cell) > 60:
        return None
    said = re.sub(r"^(d\.|den)\s*(?=\d)", "", plain(cell).casefold())
    if found := _YEAR_FIRST.fullmatch(said):
        year, month, of_month = (int(part) for part in found.groups())
    elif found := _DAY_FIRST.fullmatch(said):
        of_month, month, year = (int(part) for part in found.groups())
        if year < 100:
            year += 1900 if today is not None and 2000 + year > today.year else 2000
    elif (found := _IN_WORDS.fullmatch(said)) and found[2].lower()[:3] in MONTHS:
        of_month, month, year = int(found[1]), MONTHS.index(found[2].lower()[:3]) + 1, int(found[3])
    elif (found := _MONTH.fullmatch(said)) and (found[1] is None or found[1].lower()[:3] in MONTHS):
        of_month, month, year = 1, MONTHS.index(found[1].lower()[:3]) + 1 if found[1] else 1, int(found[2])
    else:
        return None
    try:
        return datetime.date(year, month, of_month)
    except ValueError:
        return None


def surface(cell: Cell) -> str | None:
    """The surface that the words under "Underlag" say: firm, loose, unpaved, other; None where they say none of them. "Fast" and "løs" say
    it themselves, and of both the careful one counts; else the first word that is known tells. What is denied or in doubt ("ikke fast"),
    and firm beside another, is not known."""
    said = text(cell).casefold()
    if _DOUBT.search(said):
        return None
    if re.search(r"\bløs(t|e)?\b", said):
        return "loose"
    if re.search(r"\bfaste?\b", said):
        return "firm"
    found = [(match.start(), name) for name, pattern in SURFACES if (match := re.search(pattern, said))]
    kinds = {name for _, name in found}
    return min(found)[1] if found and (kinds == {"firm"} or "firm" not in kinds) else None
