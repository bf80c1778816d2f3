"""Danish words for the plain pages: hours, facts, lengths. The phone has its own dictionaries; this is for who has no script."""

import datetime
from typing import Any

from server.model.hours import Hours, Weekly
from server.model.values import Fact, Text

DAYS = {
    "mo": "mandag",
    "tu": "tirsdag",
    "we": "onsdag",
    "th": "torsdag",
    "fr": "fredag",
    "sa": "lørdag",
    "su": "søndag",
}
MONTHS = [
    "januar",
    "februar",
    "marts",
    "april",
    "maj",
    "juni",
    "juli",
    "august",
    "september",
    "oktober",
    "november",
    "december",
]
SURFACES = {"firm": "fast underlag", "loose": "løst underlag", "unpaved": "uden belægning", "other": "andet underlag"}
FORMS = {"building": "Hus", "spot": "Plads", "route": "Tur", "online": "Online", "mental": "Fagperson"}
MODES = {"walk": "gåtur", "cycle": "cykeltur", "drive": "køretur", "ride": "ridetur", "paddle": "tur på vandet"}
FAULTS = {
    "broken": "noget er i stykker",
    "sign_gone": "skiltet er væk",
    "under_water": "stien står under vand",
    "toilet_closed": "toilettet er lukket",
    "litter": "der ligger affald",
    "other": "der er en fejl",
}
ACCESS = {
    "step_free": "Uden trin",
    "width_cm": "Bredde på vejen",
    "kerb_cm": "Kant eller trin",
    "gate_cm": "Låge",
    "slope_pct": "Stigning",
    "door_cm": "Dør",
}
DUNNO = "ved ikke"


def date(day: datetime.date) -> str:
    """3. marts 2026"""
    return f"{day.day}. {MONTHS[day.month - 1]} {day.year}"


def clock(time: str) -> str:
    """09:00 → 9, 14:30 → 14.30"""
    hours, minutes = time.split(":")
    return str(int(hours)) if minutes == "00" else f"{int(hours)}.{minutes}"


def season_day(month_day: str) -> str:
    """05-01 → 1. maj"""
    month, day = month_day.split("-")
    return f"{int(day)}. {MONTHS[int(month) - 1]}"


def weekly(period: Weekly) -> str:
    """mandag og onsdag kl. 9–15 (1. maj til 1. oktober)"""
    days = [DAYS[day] for day in period.days]
    which = days[0] if len(days) == 1 else f"{', '.join(days[:-1])} og {days[-1]}"
    part = ""
    if isinstance(period.from_, str) and isinstance(period.through, str):
        part = f" ({season_day(period.from_)} til {season_day(period.through)})"
    return f"{which} kl. {clock(period.opens)}–{clock(period.closes)}{part}"


def hours(told: Hours | None) -> list[str]:
    """The week in lines; one line "åbningstid: ved ikke" where nobody knows."""
    if told is None or told.weekly is None:
        return [f"åbningstid: {DUNNO}"]
    lines = [weekly(period) for period in told.weekly] or ["lukket"]
    return [
        *lines,
        {"closed": "lukket på helligdage", "open": "åbent på helligdage", None: f"helligdage: {DUNNO}"}[told.holidays],
    ]


def fact(name: str, told: Fact[Any] | None) -> tuple[str, str, str]:
    """(what, value, who and when); a fact nobody knows reads "ved ikke" and names no source."""
    what = ACCESS[name]
    if told is None:
        return what, DUNNO, ""
    said = f"{told.source}, {date(told.seen_on)}"
    if name == "step_free":
        return what, "ja" if told.value else "nej", said
    if name == "slope_pct":
        return what, f"{str(told.value).replace('.', ',')} %", said
    return what, f"{told.value} cm", said


def surface(told: Fact[Any] | None) -> str:
    """The surface in words, or "underlag: ved ikke"."""
    return f"underlag: {DUNNO}" if told is None else SURFACES[told.value]


def metres(length: int) -> str:
    """350 m under a kilometre (to 10 m), 2,4 km over."""
    return f"{round(length, -1)} m" if length < 1000 else f"{length / 1000:.1f} km".replace(".", ",")


def words(text: Text | None) -> str:
    """The Danish of a Text, or nothing."""
    return "" if text is None else text.da
