"""What a row of a register says of access, surface and opening, as Facts: never one without a date, and none where it says "ukendt".

GeoFA's `tilgaeng_opl` is the measured object of Natur for alle (its schema: geofa.geodanmark.dk/tilgaengelighed/schema). What it calls firm
is not what the column belaegn_k calls firm, so each fact names which of them it is from, and the phone tells the definition beside it.
"""

import datetime
import json
from typing import Any, Final, TypeVar

import msgspec

from server.formats.register.codes import NOT_SUITED, SURFACES, YES_NO
from server.formats.register.geofa import Fields, number
from server.formats.words import plain
from server.model import measure
from server.model.values import Access, Fact, Surface

T = TypeVar("T")

MEASURED: Final = "Natur for alle"
SAVED_ON: Final = "saved_on"
"""A field that no file has: the day on which it was last saved, set by its reader where `wants_day`."""
LIMITED_KERB_CM: Final = 7
"""wiki.openstreetmap.org/wiki/Key:wheelchair: "limited" is a step of up to about 7 cm."""
LEAST_CM: Final = 20
"""What is narrower is no passage but a width in metres in a column for centimetres."""
GATES: Final = frozenset({"Låger", "Bom", "Elektrisk port"})
STILES: Final = "Stenter"
_JUDGED: Final = ("handicap_k", "handikap_k", "handicap", "handikap")
_YES: Final[dict[str, bool]] = {"true": True, "ja": True, "yes": True, "false": False, "nej": False, "no": False}


def wants_day(fields: Fields) -> bool:
    """Whether the row says of a hindrance, which is told even where its only date is that of the file. A promise is not."""
    return _hinders(fields) and _seen(fields) is None


def access(fields: Fields, source: str) -> Access:
    """Every measure to the careful side. `source` is what readers are told."""
    seen = _seen(fields)
    said = _object(fields.get("tilgaeng_opl"))
    measured = f"{source}, {MEASURED}"
    narrow = _width(said.get("smalleste_passagebredde"))
    width = narrow if narrow is not None else _width(said.get("generel_passagebredde_stoerstedelen"))
    if width is None:
        width = _width(said.get("fiskepladsens_brobredde"))
    # The narrowest place may be a gate or two stones: where there is a gate, it is told no wider than the narrowest place.
    barriers = said.get("barriere_typer")
    met = {one for one in barriers if isinstance(one, str)} if isinstance(barriers, list) else set()
    gate = narrow if met & GATES else None
    level = _yes(said.get("er_niveaufri", said.get("er_adgang_uden_trin_trapper")))
    if level is None and STILES in met:  # steps over a fence
        level = False
    made = Access(
        step_free=_fact(level, measured, seen),
        width_cm=_fact(width, measured, seen),
        gate_cm=_fact(gate, measured, seen),
    )
    if made.gate_cm is None:
        told = _width(fields.get("gate_width_cm"))
        made = msgspec.structs.replace(made, gate_cm=_fact(told, source, seen))
    return _hindered(made, fields, source)


def surface(fields: Fields, source: str) -> Fact[Surface] | None:
    """What belaegn_k says, else whether Natur for alle found it firm or loose."""
    seen = _seen(fields)
    kind = SURFACES.get(number(fields.get("belaegn_k")) or 0)
    if kind is not None:
        return _fact(kind, source, seen)
    firm = _yes(_object(fields.get("tilgaeng_opl")).get("er_belaegningen_fast"))
    said: Surface | None = None if firm is None else "firm" if firm else "loose"
    return _fact(said, f"{source}, {MEASURED}", seen)


def open_24h(fields: Fields, source: str) -> Fact[bool] | None:
    """doegnaab_k, where it is yes or no."""
    code = number(fields.get("doegnaab_k"))
    return _fact(None if code is None else YES_NO.get(code), source, _seen(fields))


def _hinders(fields: Fields) -> bool:
    unsuited = any(number(fields.get(column)) == NOT_SUITED for column in _JUDGED)
    return unsuited or plain(fields.get("wheelchair")).lower() in ("no", "limited")


def _hindered(made: Access, fields: Fields, source: str) -> Access:
    """ "No" and "not suited" are no measure, but nobody who needs it level is to be sent there. "Yes" and "suited" promise nothing."""
    if not _hinders(fields):
        return made
    seen = _seen(fields) or _date(fields.get(SAVED_ON))
    if plain(fields.get("wheelchair")).lower() == "limited":
        return msgspec.structs.replace(made, kerb_cm=_fact(LIMITED_KERB_CM, source, seen))
    if made.step_free is not None:
        return made
    return msgspec.structs.replace(made, step_free=_fact(False, source, seen))


def _fact(value: T | None, source: str, seen: datetime.date | None) -> Fact[T] | None:
    return None if value is None or seen is None else Fact(value=value, source=source[:200], seen_on=seen)


def _seen(fields: Fields) -> datetime.date | None:
    """When the row was last looked at: its own date of that, else from when this version of it holds, else when it was made."""
    return _date(fields.get("check_date")) or _date(fields.get("systid_fra")) or _date(fields.get("oprettet"))


def _date(value: Any) -> datetime.date | None:
    """The day of a date or moment; None of what is none, or of year 1, which registers write for "not known"."""
    try:
        day = datetime.date.fromisoformat(plain(value)[:10].replace("/", "-"))
    except ValueError:
        return None
    return day if day.year >= 1900 else None


def _object(value: Any) -> dict[str, Any]:
    """`tilgaeng_opl` as GDAL hands it over (an object, or its text); {} of everything else."""
    if isinstance(value, str):
        try:
            value = json.loads(value)
        except (ValueError, RecursionError):
            return {}
    return value if isinstance(value, dict) else {}


def _yes(value: Any) -> bool | None:
    if isinstance(value, bool):
        return value
    if (code := number(value)) is not None:
        return YES_NO.get(code)
    return _YES.get(plain(value).lower())


def _width(value: Any) -> int | None:
    """Whole centimetres, rounded down; None of what is no width of a passage (9 is "ukendt")."""
    if value is None or isinstance(value, bool):
        return None
    try:
        cm = measure.width_cm(float(plain(value).strip("'\"").replace(",", ".")))
    except (ValueError, OverflowError):
        return None
    return cm if LEAST_CM <= cm <= 10_000 and cm not in (999, 9999) else None
