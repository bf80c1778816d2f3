"""GeoFA, the public register of outdoor facilities (OpenFKG, version 1.7), and the older municipal layers made from it; and the
GeoJSON that we write ourselves. What their layers, types and codes mean in our nouns. Knows nothing of files or geometry.

Codes that are not known keep their text: the lists grow.
"""

import datetime
import json
import re
from collections.abc import Iterable, Sequence
from typing import Any, Final, Literal, NamedTuple

from server.formats.register.codes import ALL_YEAR, CODES, ROUTE_TYPES, TYPES
from server.formats.words import plain, spoken
from server.model.route import Mode
from server.model.values import Season

Fields = dict[str, Any]
Kind = Literal["facility", "stretch", "place"]

NAMELESS: Final[dict[Mode | None, dict[str, str]]] = {
    "walk": {"da": "Vandrerute, uden navn", "en": "Walking route, no name", "de": "Wanderroute, ohne Namen"},
    "cycle": {"da": "Cykelrute, uden navn", "en": "Cycling route, no name", "de": "Radroute, ohne Namen"},
    "drive": {"da": "Bilrute, uden navn", "en": "Driving route, no name", "de": "Autoroute, ohne Namen"},
    "ride": {"da": "Riderute, uden navn", "en": "Riding route, no name", "de": "Reitroute, ohne Namen"},
    "paddle": {"da": "Sejlrute, uden navn", "en": "Paddling route, no name", "de": "Bootsroute, ohne Namen"},
    None: {"da": "Rute, uden navn", "en": "Route, no name", "de": "Route, ohne Namen"},
}


class Noun(NamedTuple):
    """What a known layer holds. `only`: the types that are a noun of ours, the others belong to the map."""

    kind: Kind
    source_text: str
    mode: Mode | None = None
    only: frozenset[str] | None = None


LAYERS: Final[dict[str, Noun]] = {
    "rute_vandre": Noun("stretch", "Kommunens vandreruter", "walk"),
    "rute_cykel": Noun("stretch", "Kommunens cykelruter", "cycle"),
    "rute_anden": Noun("stretch", "Kommunens bilruter", "drive"),
    "facilit_rasteplads": Noun("facility", "Kommunens rastepladser"),
    "facilit_service": Noun("facility", "Kommunens servicepunkter"),
    "land_udflugt": Noun("facility", "Kommunens udflugtsmål"),
    "land_besoegs": Noun("facility", "Kommunens seværdigheder", only=frozenset({"Museum"})),
    "facilit_overnatning": Noun("facility", "Kommunens overnatningssteder", only=frozenset({"Campingplads"})),
}
# Columns of an older layer. One that has just these and is not listed above is land, roads or shops: the map's business.
OLDER_COLUMNS: Final = frozenset({"gruppe", "type"})

# The source's own id, the first that is there. `fid` is none: it is the row's number in this one file.
ID_COLUMNS: Final = ("key", "objekt_id", "id")
# All that is read of a foreign file, so that what else is in it costs nothing.
COLUMNS: Final = OLDER_COLUMNS.union(
    ID_COLUMNS,
    ("navn", "name", "navn_uk", "navn_d", "facil_ty_k", "facil_ty", "rute_ty_k", "belaegn_k"),
    ("temakode", "cvr_kode", "straekn_nr", "tilgaeng_opl", "handicap_k", "handikap_k", "handicap", "handikap"),
    ("saeson_k", "saeson_st", "saeson_sl", "doegnaab_k", "oprettet"),
    ("wheelchair", "gate_width_cm", "check_date"),  # as OpenStreetMap says it, in files made from it
    ("off_kode", "statuskode", "systid_fra", "moede", "code", "type_text", "access", "season", "open_24h"),
    (
        "route",
        "no",
        "surface",
        "modes",
        "loop",
        "closures",
        "approaches",
        "route_id",
        "register",
        "edited",
        "source",
        "public",
        "slug",
        "place",
        "place_state",
        "place_photos",
    ),
)
_WHOLE = re.compile(r"(-?\d+)\.0+")
_TABLE = re.compile(r"(?<!\d)580[012](?!\d)")
LONGEST: Final = {
    **dict.fromkeys(ID_COLUMNS, 200),
    "type": 200,
    "facil_ty": 200,
    "straekn_nr": 128,
    "navn": 254,
    "navn_uk": 255,
    "navn_d": 255,
    "name": 4000,
}
_NESTED = frozenset(
    {"name", "access", "season", "open_24h", "surface", "modes", "closures", "approaches", "edited", "place"}
)


def layer_left(layer: str, columns: Sequence[str], geometry: str | None) -> str | None:
    """The code of why nothing of a layer is a noun of ours, or None where its rows are to be looked at."""
    if geometry is None and "moede" not in columns:
        return "no_geometry_layer"
    flat = "Polygon" in (geometry or "") and not is_area(layer, columns)
    if layer not in LAYERS and (set(columns) == OLDER_COLUMNS or flat):
        return "map"
    return None


def table_of(layer: str, columns: Iterable[str]) -> int | None:
    """5800, 5801 or 5802 where the rows are GeoFA's, by the layer's name or by a column that only they have; None where they are not."""
    if layer in LAYERS:
        return None
    if named := _TABLE.search(layer):
        return int(named[0])
    has = set(columns)
    return 5802 if "rute_ty_k" in has else 5800 if "facil_ty_k" in has else None


def is_area(layer: str, columns: Iterable[str]) -> bool:
    """Whether an area there is a facility (table 5801), shown at a point inside it. Other areas are the map's."""
    return table_of(layer, columns) in (5800, 5801)


def kind_of(layer: str, fields: Fields, geometry: str) -> Kind | None:
    """The noun of one row; `geometry` is its shape's name. Where the layer does not say, its shape does."""
    own = fields.get("moede")
    if own is not None:
        return own if own in ("facility", "stretch", "place") else None
    if layer in LAYERS:
        return LAYERS[layer].kind
    return "stretch" if geometry in ("LineString", "MultiLineString", "LinearRing") else "facility"


def type_left(layer: str, fields: Fields) -> str | None:
    """The row's type where the layer holds nouns of ours but this type is none of them."""
    noun = LAYERS.get(layer)
    if noun is None or noun.only is None:
        return None
    text = plain(fields.get("type"))
    return None if text in noun.only else text or "uden navn"


def own_id(fields: Fields) -> str | None:
    """The source's own id of a row, as text. A stretch of our own GeoJSON without one is the n-th of its route."""
    for column in ID_COLUMNS:
        value = fields.get(column)
        if value is not None and (text := plain(value)):
            whole = _WHOLE.fullmatch(text)  # a number that a spreadsheet or a shapefile made a real of
            return whole[1] if whole else text
    if fields.get("moede") == "stretch":
        return f"{plain(fields.get('route'))}/{number(fields.get('no')) or 1}"
    return None


def number(value: Any) -> int | None:
    """A code as a whole number, also where it comes quoted ("1371") or as 1371.0."""
    try:
        return int(float(str(value).strip().strip("'\"")))
    except (ValueError, OverflowError):
        return None


def public(fields: Fields) -> bool:
    """off_kode 1 and statuskode 3 are public; a file without these columns is taken as public, since it was handed over as such."""
    off, status = fields.get("off_kode"), fields.get("statuskode")
    return (off is None or number(off) == 1) and (status is None or number(status) == 3)


def nested(fields: Fields) -> Fields:
    """The fields of our own GeoJSON with their inner JSON read again (GDAL hands it over as text)."""
    return {name: _inner(value) if name in _NESTED else value for name, value in fields.items() if value is not None}


def _inner(value: Any) -> Any:
    if not isinstance(value, str) or value[:1] not in "{[":
        return value
    try:
        return json.loads(value)
    except (ValueError, RecursionError):
        return value


def type_of(fields: Fields) -> tuple[int | None, str]:
    """(code, text) of a facility. The text is what its source calls it; without one, what the code list does."""
    text = plain(fields.get("type_text") or fields.get("facil_ty") or fields.get("type"))
    code = number(fields.get("code") if fields.get("code") is not None else fields.get("facil_ty_k"))
    if code is None:
        code = TYPES.get(text)
    if code is not None and not 0 < code <= 99_999:
        code = None
    if text or code:
        return code, text or CODES.get(code or 0) or f"GeoFA {code}"
    said = fields.get("facil_ty_k")  # where it is no number it may be words
    words = plain(said)[: LONGEST["facil_ty"]] if number(said) is None else ""
    return None, words or "Facilitet, slags ukendt"


def mode_of(layer: str, fields: Fields) -> Mode | None:
    """How one moves on a nameless or GeoFA line."""
    if layer in LAYERS:
        return LAYERS[layer].mode
    code = number(fields.get("rute_ty_k"))
    return ROUTE_TYPES.get(code) if code is not None else None


def name_of(fields: Fields) -> dict[str, str] | None:
    """A Text, from GeoFA's three languages or a plain name; capitals alone become what people write. What makes a key is `called`."""
    da = called(fields)
    if not da:
        return None
    other = {"en": plain(fields.get("navn_uk")), "de": plain(fields.get("navn_d"))}
    return {"da": spoken(da)} | {language: spoken(words, language) for language, words in other.items() if words}


def called(fields: Fields) -> str:
    """The name just as the source has it, or "": of this keys are made, so that how we write names changes none."""
    return plain(fields.get("navn") or fields.get("name"))


def too_long(fields: Fields) -> tuple[str, int] | None:
    """The first field that is longer than GeoFA's own or ours, and how long it may be: nothing is cut off in silence."""
    for column, limit in LONGEST.items():
        if len(plain(fields.get(column))) > limit:
            return column, limit
    return None


def route_of(fields: Fields) -> tuple[str, str, str] | None:
    """(cvr_kode, navn, rute_ty_k): stretches that have these alike are one route. None of a row without a name, or not GeoFA's."""
    name = plain(fields.get("navn"))
    if not name or "rute_ty_k" not in fields:
        return None
    return plain(fields.get("cvr_kode")), name, plain(number(fields.get("rute_ty_k")))


def order_of(fields: Fields) -> tuple[tuple[int, int, str], ...]:
    """Sorts stretches by straekn_nr as people number them: 2 before 10, 2a before 2b, without a number last."""
    parts = re.findall(r"\d{1,18}|\D+", plain(fields.get("straekn_nr")))
    return tuple((0, int(part), "") if part.isdecimal() else (1, 0, part) for part in parts) or ((2, 0, ""),)


def season_of(fields: Fields) -> Season | None:
    """From–through each year, from saeson_st and saeson_sl. Their year is nothing (registers write 1). None all year, or not known."""
    if number(fields.get("saeson_k")) in ALL_YEAR:
        return None
    start, end = _day(fields.get("saeson_st")), _day(fields.get("saeson_sl"))
    return Season(from_=start, through=end) if start and end else None


_MONTHS: Final = ("jan", "feb", "mar", "apr", "maj", "jun", "jul", "aug", "sep", "okt", "nov", "dec")
_YEAR_FIRST = re.compile(r"(\d{1,4})[-/](\d{1,2})[-/](\d{1,2})(?:[T ].*)?")
_DAY_FIRST = re.compile(r"(\d{1,2})(?:[./]|[-](?=\d{1,2}-\d)) ?(\d{1,2})(?:[-./] ?\d{1,4})?\.?")
_WORDS = re.compile(r"(\d{1,2})\.? ?([a-zA-Z]{3})[a-zA-Z]*\.?(?: \d{1,4})?")


def _day(value: Any) -> str | None:
    """MM-DD of a date as GeoFA has it: a date (5800, 5801) or 25 signs of text (5802). None where it can not be told for sure."""
    text = plain(value)
    if (match := _DAY_FIRST.fullmatch(text)) and len(match[0]) < 11:
        day, month = int(match[1]), int(match[2])
    elif match := _YEAR_FIRST.fullmatch(text):
        month, day = int(match[2]), int(match[3])
    elif (match := _WORDS.fullmatch(text)) and match[2].lower() in _MONTHS:
        day, month = int(match[1]), _MONTHS.index(match[2].lower()) + 1
    else:
        return None
    try:
        return datetime.date(2000, month, day).strftime("%m-%d")
    except ValueError:
        return None
