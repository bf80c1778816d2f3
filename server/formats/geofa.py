"""GeoFA, the public register of outdoor facilities (OpenFKG, version 1.7), and the older municipal layers made from it; and the
GeoJSON that we write ourselves. What their layers, types and codes mean in our nouns. Knows nothing of files or geometry.

Codes that are not known keep their text: the lists grow.
"""

import json
import unicodedata
from collections.abc import Iterable, Sequence
from typing import Any, Final, Literal, NamedTuple

from server.formats.refusal import FileRefused
from server.model.route import Mode

Fields = dict[str, Any]
Kind = Literal["facility", "stretch"]

# Type in the older layers → code of list d_5800_facilitet. Everything else keeps its text, without a code.
TYPES: Final[dict[str, int]] = {
    "Bænk": 1371,
    "Picnicbord": 1201,
    "Tørvejrsrum": 1132,
    "Tørvejrsrum/Madpakkehus": 1132,
    "Legeplads": 1031,
    "Naturlegeplads": 1041,
    "Toilet": 1012,
    "Drikkevand": 1222,
    "Vandpost": 1222,
    "Badestrand": 1051,
    "Badestrand/-sted": 1051,
    "Fugletårn": 2012,
    "Fugletårn/Udsigtstårn": 2012,
    "Udsigtspunkt": 2022,
    "Museum": 5021,
    "Campingplads": 3041,
}
CODES: Final[dict[int, str]] = {
    1012: "Toilet",
    1031: "Legeplads",
    1041: "Naturlegeplads",
    1051: "Badestrand/-sted",
    1112: "Motionsmødested",
    1132: "Tørvejrsrum/Madpakkehus",
    1201: "Borde-bænke/Picnic",
    1222: "Vandpost",
    1351: "Parkeringsplads",
    1371: "Bænk",
    2012: "Fugletårn/Udsigtstårn",
    2022: "Udsigtspunkt",
    3012: "Shelter",
    3041: "Campingplads",
    5011: "Forsamlingshus",
    5021: "Museum",
}
# d_basis_belaegning; 9 (ukendt) and all others: no fact.
SURFACES: Final[dict[int, str]] = {1: "firm", 2: "loose", 3: "unpaved", 8: "other"}
# d_5802_rutetype, as far as it says how one moves.
ROUTE_TYPES: Final[dict[int, Mode]] = {
    3: "cycle",
    4: "cycle",
    5: "walk",
    8: "ride",
    9: "paddle",
    11: "walk",
    13: "drive",
}

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
        "source",
        "public",
        "slug",
    ),
)
LONGEST_TITLE: Final = 200
LONGEST: Final = {
    **dict.fromkeys(ID_COLUMNS, 200),
    "type": 200,
    "facil_ty": 200,
    "navn": 254,
    "navn_uk": 255,
    "navn_d": 255,
    "name": 4000,
}
_NESTED = frozenset({"name", "access", "season", "open_24h", "surface", "modes", "closures", "approaches"})


def titles(layers: Iterable[str]) -> list[str]:
    """The layers' names as people read them: they become the source of what stands in them. Raises `FileRefused`."""
    found: list[str] = []
    for layer in layers:
        title = plain(layer)
        if not 1 <= len(title) <= LONGEST_TITLE:
            raise FileRefused(
                f"laget {title[:40]!r} skal have et navn på 1 til {LONGEST_TITLE} tegn. Giv det et andet navn."
            )
        if title in found:
            raise FileRefused(f"to lag hedder {title!r}. Giv det ene et andet navn.")
        found.append(title)
    return found


def layer_left(layer: str, columns: Sequence[str], geometry: str | None) -> str | None:
    """The code of why nothing of a layer is a noun of ours, or None where its rows are to be looked at."""
    if geometry is None:
        return "no_geometry_layer"
    if layer not in LAYERS and (set(columns) == OLDER_COLUMNS or "Polygon" in geometry):
        return "map"
    return None


def kind_of(layer: str, fields: Fields, geometry: str) -> Kind | None:
    """The noun of one row; `geometry` is its shape's name. Where the layer does not say, its shape does."""
    own = fields.get("moede")
    if own is not None:
        return own if own in ("facility", "stretch") else None
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
            return text
    if fields.get("moede") == "stretch":
        return f"{plain(fields.get('route'))}/{number(fields.get('no')) or 1}"
    return None


def plain(value: Any) -> str:
    """One line of plain text out of whatever stood in a column: no control characters, no marks that turn the reading direction,
    no doubled white space."""
    if value is None:
        return ""
    kept = (" " if unicodedata.category(c) in ("Cc", "Zl", "Zp") else c for c in str(value))
    return " ".join("".join(c for c in kept if unicodedata.category(c) not in ("Cf", "Cs", "Co", "Cn")).split())


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
    return code, text or CODES.get(code or 0) or (f"GeoFA {code}" if code else "Facilitet, slags ukendt")


def mode_of(layer: str, fields: Fields) -> Mode | None:
    """How one moves on a nameless or GeoFA line."""
    if layer in LAYERS:
        return LAYERS[layer].mode
    code = number(fields.get("rute_ty_k"))
    return ROUTE_TYPES.get(code) if code is not None else None


def name_of(fields: Fields) -> dict[str, str] | None:
    """A Text, from GeoFA's three languages or a plain name."""
    da = plain(fields.get("navn") or fields.get("name"))
    if not da:
        return None
    other = {"en": plain(fields.get("navn_uk")), "de": plain(fields.get("navn_d"))}
    return {"da": da} | {language: words for language, words in other.items() if words}


def too_long(fields: Fields) -> tuple[str, int] | None:
    """The first field that is longer than GeoFA's own or ours, and how long it may be: nothing is cut off in silence."""
    for column, limit in LONGEST.items():
        if len(plain(fields.get(column))) > limit:
            return column, limit
    return None


def surface_of(fields: Fields, source: str) -> Fields | None:
    """A Fact of the surface, or None: never a value without a date."""
    code, seen = number(fields.get("belaegn_k")), plain(fields.get("systid_fra"))[:10]
    if code not in SURFACES or len(seen) != 10:
        return None
    return {"value": SURFACES[code], "source": source, "seen_on": seen.replace("/", "-")}
