"""Which zone a TZID means: a name of the world's table, Windows' name for one, or what the file itself says of it (VTIMEZONE)."""

import datetime
import re
import zoneinfo
from functools import lru_cache
from typing import Final
from zoneinfo import ZoneInfo

from icalendar import Timezone
from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON

from server.formats.ical.components import Component
from server.model.moment import COPENHAGEN

_WINDOWS: Final = {name.casefold(): zone for name, zone in WINDOWS_TO_OLSON.items()}
_OURS: Final = re.compile(r"copenhagen|københavn|kobenhavn|danmark|denmark|romance", re.IGNORECASE)
"""What Outlook shows in place of a name: "(UTC+01:00) Bruxelles, København, Madrid, Paris"."""
_WITHIN: Final = re.compile(r"([A-Z][A-Za-z]+/[A-Za-z_+-]+(?:/[A-Za-z_+-]+)?)$")
"""A name at the end of a longer one: /freeassociation.sourceforge.net/Europe/Copenhagen."""


@lru_cache(maxsize=1)
def _known() -> dict[str, str]:
    return {name.casefold(): name for name in zoneinfo.available_timezones()}


def named(name: str) -> ZoneInfo | None:
    """The zone of a name that is known by itself."""
    plain = name.strip().strip('"')
    key = _known().get(plain.casefold()) or _WINDOWS.get(plain.casefold())
    if key is None and (found := _WITHIN.search(plain)):
        key = _known().get(found[1].casefold())
    if key is None and _OURS.search(plain):
        return COPENHAGEN
    if key is None:
        return None
    try:
        return ZoneInfo(key)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError):
        return None


MOST_LINES: Final = 2_000
"""Of a zone's rules: with more it is no zone."""


class Zones:
    """The zones of one file."""

    def __init__(self, parts: list[Component]) -> None:
        self._told = {(one.value("TZID") or "").strip().strip('"'): one for one in parts if one.kind == "VTIMEZONE"}
        self._read: dict[str, datetime.tzinfo | None] = {}

    def find(self, name: str) -> datetime.tzinfo | None:
        """None: nobody knows it."""
        plain = name.strip().strip('"')
        if plain not in self._read:
            self._read[plain] = named(plain) or self._of_file(plain)
        return self._read[plain]

    def _of_file(self, name: str) -> datetime.tzinfo | None:
        """By the rules that the file gives."""
        told = self._told.get(name)
        if (
            told is None
            or not any(part.kind in ("STANDARD", "DAYLIGHT") for part in told.parts)
            or len(told.raw) > MOST_LINES
        ):
            return None
        # Its name is not put into a file again: it may hold anything.
        lines = ["TZID:X" if line.upper().startswith("TZID") else line for line in told.raw]
        try:
            zone = Timezone.from_ical("\r\n".join(lines).encode() + b"\r\n").to_tz()  # type: ignore[attr-defined]
            datetime.datetime(2026, 6, 1, 12, tzinfo=zone).utcoffset()
        except Exception:  # what the library raises of broken rules is of many kinds
            return None
        found: datetime.tzinfo = zone
        return found


def is_ours(zone: datetime.tzinfo) -> bool:
    """Whether clocks there always show what ours do, as far as calendars of today go: each month's turn and middle of five years."""
    if getattr(zone, "key", None) == COPENHAGEN.key:
        return True
    return all(
        datetime.datetime(year, month, day, 3, tzinfo=zone).utcoffset()
        == datetime.datetime(year, month, day, 3, tzinfo=COPENHAGEN).utcoffset()
        for year in range(2024, 2029)
        for month in range(1, 13)
        for day in (1, 15, 28)
    )
