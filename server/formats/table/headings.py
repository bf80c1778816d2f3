"""What the words over a column mean, Danish first. The first line that fits tells, so the special stand before the general."""

import re
from collections.abc import Iterable, Sequence
from typing import Final

from server.formats.table.cells import Cell, is_error, text
from server.formats.table.sheets import Sheet
from server.formats.words import plain

MEANS: Final[dict[str, str]] = {
    "name": "stedets navn",
    "key": "stedets eget nummer",
    "lat": "breddegrad",
    "lon": "længdegrad",
    "y": "nord",
    "x": "øst",
    "point": "begge koordinater i én celle",
    "where": "hvor stedet er (adresse)",
    "house": "husnummer",
    "postcode": "postnummer",
    "town": "by",
    "amenities": "hvad der er på stedet",
    "ground": "underlag",
    "purpose": "formål",
    "activities": "muligheder for aktiviteter",
    "first_time": "råd til den, der kommer første gang",
    "way_in": "vejen ind",
    "hours": "åbningstider",
    "url": "hjemmeside",
    "contact": "kontaktperson",
    "phone": "telefon",
    "role": "kontaktpersonens rolle",
    "step_free": "trinfri (ja eller nej)",
    "steps": "antal trin",
    "width_cm": "bredde",
    "door_cm": "dørbredde",
    "gate_cm": "bredde af låge eller bom",
    "kerb_cm": "højde af kant eller trin",
    "slope_pct": "hældning i procent",
    "guests": "gæster velkomne (ja eller nej)",
    "form": "slags sted (bygning eller plads)",
    "seen_on": "dato, hvor det er set",
    "notes": "bemærkning til personalet",
    "route": "rute (dens navn eller adresse her)",
    "": "læses ikke",
}
"""What a column can be read as → how a person is told."""
ALIASES: Final = {
    "navn": "name", "id": "key", "bredde": "width_cm", "width": "width_cm", "bredde_cm": "width_cm", "latitude": "lat", "breddegrad": "lat",
    "longitude": "lon", "længdegrad": "lon", "nord": "y", "north": "y", "øst": "x", "east": "x", "koordinat": "point", "adresse": "where",
    "beskrivelse": "amenities", "underlag": "ground", "surface": "ground", "telefon": "phone", "kontaktperson": "contact",
    "door": "door_cm", "dørbredde": "door_cm", "gate": "gate_cm", "kerb": "kerb_cm", "slope": "slope_pct", "trinfri": "step_free",
    "rute": "route", "åbningstider": "hours", "dato": "seen_on", "bemærkning": "notes", "ingen": "", "none": "", "-": "",
}  # fmt: skip
LENGTHS: Final = frozenset({"width_cm", "door_cm", "gate_cm", "kerb_cm"})
PLAINLY: Final = frozenset({"navn", "stednavn", "stedets navn", "name"})
"""A heading that is nothing but the name of the place: of two columns of names it is the one."""
JOINED: Final = frozenset({"where", "amenities", "notes"})
"""Of these a table may have several columns: their words stand one after the other."""

BREDDE, LANGDE, STED = "?bredde", "?længde", "?sted"
"""Words that mean two things; the values decide (guess.py)."""

MAY_BE: Final[dict[str | None, frozenset[str]]] = {
    BREDDE: frozenset({"lat", "y", "width_cm", "door_cm", "gate_cm"}),
    LANGDE: frozenset({"lon", "x"}),
    STED: frozenset({"name", "where"}),
    "width_cm": frozenset({"door_cm", "gate_cm"}),
    "name": frozenset({"contact", "where", "town"}),
    None: frozenset({"lat", "lon", "x", "y", "point", "slope_pct", *LENGTHS}),
}
"""What a heading can become by the group above it, by its own meaning: "Bredde" under "Adgang" is still a width."""

RULES: Final[tuple[tuple[str, str], ...]] = (
    ("", r"\be ?mail|\bmail|epost|\bcvr|\bfoto|\bbillede|\bphoto|\bpicture"),
    ("phone", r"telefon|\btlf|\bmobil|\bphone"),
    ("role", r"\brolle\b|stilling\b|\btitel på kontakt"),
    ("contact", r"kontakt|ansvarlig|tovholder|\bværter?\b|\bcontact\b"),
    ("url", r"hjemmeside|web ?side|website|\bweb\b|\burl\b|\blink\b|\bwww\b|netside"),
    ("hours", r"åbning ?s ?tid|åbnings?timer|\båbent\b|\bopening"),
    (
        "point",
        r"lat\w* ?(lon|lng|long)|(bredde|længde)\w* (og|/)? ?(bredde|længde)|koordinatsæt|\bkoordinater\b"
        r"|\bgps( ?punkt)?$|\bwkt\b|\bgeometr",
    ),
    ("lat", r"breddegrad|^(koordinat|gps|position|punkt)\w* bredde|\blat(itude)?\b|\bwgs84 n\b"),
    ("lon", r"længdegrad|^(koordinat|gps|position|punkt)\w* længde|\blon(g|gitude)?\b|\blng\b|\bwgs84 [eø]\b"),
    ("y", r"\bnord(ing|koordinat)?\b|northing|\by\b|\butm ?n\b|^n$|\bynord\b|\by ?koord"),
    ("x", r"\bøst(ing|koordinat)?\b|easting|\bx\b|\butm ?[eø]\b|^[eø]$|\bxøst\b|\bx ?koord"),
    ("point", r"\bkoordinat|\bposition"),
    ("kerb_cm", r"kantsten|kant ?højde|\bkant\b|trin ?højde|niveauforskel|dørtrin|\bkerb\b"),
    ("door_cm", r"dør|\bdoor"),
    ("gate_cm", r"\blåge|\bbom\b|\bbom ?bredde|\bport\b|port ?bredde|passage ?bredde|\bgate\b|bredde ved (låge|bom)"),
    ("step_free", r"trin ?fri|niveaufri|uden trin|step ?free"),
    ("steps", r"antal trin|^trin$"),
    ("slope_pct", r"hældning|stigning|\bfald\b|\bslope"),
    ("width_cm", r"(sti|fri|vej|adgangs) ?bredde|bredde på|bredde af|\bwidth|\bbredde\b.*\b(cm|mm|meter|m)\b"),
    (BREDDE, r"^(gps |wgs84 |geo)?bredde\b"),
    (LANGDE, r"^(gps |wgs84 |geo)?længde\b"),
    ("first_time", r"første gang"),
    ("guests", r"gæster"),
    ("ground", r"underlag|belægning|overflade|\bsurface"),
    ("purpose", r"formål|\bpurpose"),
    ("activities", r"aktivitet|muligheder|\bactivit"),
    ("postcode", r"\bpost ?n(umme)?r\b|\bpostnummer|\bpostcode|\bzip\b"),
    ("house", r"\bhus ?n(umme)?r\b"),
    ("town", r"\bby(navn)?\b|postdistrikt|postby|\btown\b|\bcity\b"),
    ("where", r"adresse|address|beliggenhed|placering|vej ?navn|^vej|^gade|\bhvor\b|\blocation\b"),
    ("way_in", r"vejen ind|adgang|\bindgang"),
    (
        "amenities",
        r"facilitet|udstyr|inventar|\bher er\b|hvad er|indretning|beskrivelse|\bdescription|omtale|\bameniti",
    ),
    ("notes", r"bemærk|\bnote|kommentar|\bintern"),
    ("seen_on", r"dato|\bset\b|opdateret|registreret|besigtig|\btilsyn|\bdate\b|\bseen"),
    ("key", r"^(sted ?)?(id|nr|nummer|løbe ?nr|løbe ?nummer|objekt ?id|nøgle|key|no|uuid)$|^sted ?s?(id|nr|nummer)$"),
    ("form", r"^(form|type|slags|kategori|art|sted ?type|type sted)$"),
    ("name", r"\bnavn|stednavn|stedets navn|\bmødested(et)?$|^titel$|^lokation$|^lokalitet|^plads(en)?$|\bname\b"),
    (STED, r"^sted(et)?$|^steder$"),
    ("route", r"^(vandre|cykel|gå|ride|kano|sti)? ?(rute|tur)(n|en|navn|ns navn|ens navn)?$|^route( name)?$"),
)
_PATTERNS: Final = tuple((target, re.compile(pattern)) for target, pattern in RULES)


def folded(heading: str) -> str:
    """A heading as it is compared: small letters, words apart by one space, without signs."""
    return " ".join(re.sub(r"[\W_]+", " ", plain(heading).casefold()).split())


def meaning(heading: str) -> str | None:
    """What a heading means, a key of MEANS or one of the words of two meanings; None where it says nothing that is known."""
    words = "" if is_error(text(heading)) else folded(heading)
    return next((target for target, pattern in _PATTERNS if pattern.search(words)), None) if len(words) <= 120 else None


def is_pictures(heading: str) -> bool:
    """Whether a column is of pictures, which no spreadsheet brings."""
    return re.search(r"\bfoto|\bbillede|\bphoto|\bpicture", folded(heading)) is not None


def unit(heading: str) -> str | None:
    """The unit that a heading names."""
    said = plain(heading).casefold()
    found = re.search(r"\b(cm|centimeter|mm|meter|m)\b", re.sub(r"[\W_]+", " ", said)) or re.search(
        r"(%|\bpct\b)", said
    )
    return {"centimeter": "cm", "meter": "m", "pct": "%"}.get(found[1], found[1]) if found else None


def find(sheet: Sheet, chosen: Iterable[str]) -> tuple[int, list[str]] | None:
    """(index of the row of headings, the headings): of the first rows the one in which most cells are headings that are known or were
    chosen. Titles and groups stand above it; a heading that is merged over two rows, and one under a merged group, is whole again.
    None where no row is like that."""
    known = {folded(heading) for heading in chosen}
    best, most = None, 0
    for index, (_, row) in enumerate(sheet.rows[:30]):
        means = _known(row, known)
        score = len(means) + 2 * bool(means & {"name", STED})
        if len(means) and score > most:
            best, most = index, score
    if best is None:
        return None
    if _goes_on_below(sheet, best, known):
        best += 1
    return best, _headings(sheet, best)


def _known(row: Sequence[Cell], chosen: set[str]) -> set[str]:
    """What the cells of a row mean as headings."""
    words = [text(cell) for cell in row if isinstance(cell, str) and len(cell) <= 120]
    return {meaning(word) or word for word in words if meaning(word) is not None or folded(word) in chosen}


def _goes_on_below(sheet: Sheet, index: int, chosen: set[str]) -> bool:
    """Whether the next row has the other half of the headings, under groups or beside headings that are merged downwards."""
    if index + 1 >= len(sheet.rows) or sheet.rows[index + 1][0] != sheet.rows[index][0] + 1:
        return False
    above, below = sheet.rows[index][1], sheet.rows[index + 1][1]
    filled = [cell for cell in below if text(cell)]
    known = _known(below, chosen)
    gap = any(text(cell) and not (at < len(below) and text(below[at])) for at, cell in enumerate(above))
    return gap and len(known) >= 2 and len(known) * 2 > len(filled) and all(isinstance(cell, str) for cell in filled)


def _headings(sheet: Sheet, index: int) -> list[str]:
    row = sheet.rows[index][1]
    above = _group(sheet, index)
    found: list[str] = []
    for column in range(max(len(row), len(above))):
        own = text(row[column]) if column < len(row) else ""
        group = above[column] if column < len(above) else ""
        heading = own or group
        if own and group and meaning(f"{group} {own}") in MAY_BE.get(meaning(own), ()):
            heading = f"{group} {own}"
        heading = heading[:120]
        again = sum(1 for other in found if other == heading or re.fullmatch(re.escape(heading) + r" \(\d+\)", other))
        found.append(f"{heading} ({again + 1})" if heading and again else heading)
    return found


def _group(sheet: Sheet, index: int) -> list[str]:
    """What stands over each column in the row above the headings, where that is a row of groups and not a title."""
    if index == 0:
        return []
    number, row = sheet.rows[index - 1]
    filled = [column for column, cell in enumerate(row) if text(cell)]
    if sheet.rows[index][0] - number > 1 or len(filled) < 2:
        return []
    said = [text(cell) for cell in row]
    below = sheet.rows[index][1]
    width = max(len(below), len(said))
    said += [""] * (width - len(said))
    spans = {
        column
        for merged in sheet.merged
        if merged.top <= number <= merged.bottom
        for column in range(merged.left, merged.right + 1)
    }
    for column in range(1, width):
        if not said[column] and (column in spans or not sheet.merged) and column < len(below) and text(below[column]):
            said[column] = said[column - 1]
    return said


def as_target(given: str) -> str | None:
    """What a person wrote behind the equals sign of --column; None where it is nothing that a column can be read as."""
    said = given.strip().casefold()
    return said if said in MEANS else ALIASES.get(said)


def listed() -> Sequence[str]:
    """What may stand behind the equals sign, for a refusal."""
    return [target for target in MEANS if target] + ["ingen"]
