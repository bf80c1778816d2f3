"""From the rows of a table to meeting places: rows.py's lines."""

import datetime
import hashlib
import math
import re
import struct
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from server.formats.reasons import left
from server.formats.rows import Found, Left
from server.formats.table import hours
from server.formats.table.cells import (
    Cell,
    day,
    has_no_day,
    is_empty,
    is_unknown,
    length,
    number,
    surface,
    text,
    words,
    yes,
)
from server.formats.table.guess import Guess, ReadColumn, Rows, is_note, is_total
from server.formats.table.headings import MEANS
from server.formats.table.location import Locator, TwoNumbers, Wrong
from server.model.measure import slope_pct, step_cm, width_cm
from server.model.place import NAME_LIMIT

LONGEST: Final = 4_000
SHORT: Final = {"phone": 40, "contact": 200, "url": 500, "key": 200}
BUILDINGS: Final = re.compile(
    r"\b(bygning|hus|(kultur|forsamlings|medborger|beboer|aktivitets|sogne)(hus|gård)(et)?|(idræts|sports)?hal(len)?|sal|lokaler?|bibliotek(et)?"
    r"|center|cent(er|ret)|caf[eé]|kirke|skole|indendørs|building)\b"
)
ELSEWHERE: Final = re.compile(r"\b(ved|bag|bagved|foran|nær|uden|udenfor|overfor|mod|til|på|i|ikke|ej|ingen)\b.*")
"""What a place stands beside is not what it is: a bench by the school is no building."""
MEASURES: Final = {
    "width_cm": width_cm,
    "door_cm": width_cm,
    "gate_cm": width_cm,
    "kerb_cm": step_cm,
    "slope_pct": slope_pct,
}
LIMITS: Final = {
    "width_cm": (20, 2_000),
    "door_cm": (20, 500),
    "gate_cm": (20, 2_000),
    "kerb_cm": (0.5, 100),
    "slope_pct": (0.5, 100),
}
"""Least and most that can be meant, in cm or per cent: nothing narrower is a path, and a slope of
0.05 among whole per cents is a share. A kerb and a slope of 0 are known too."""
FACTS: Final = ("surface", "access", "hours")
TEXTS: Final = ("ground", "purpose", "activities", "first_time", "way_in")


@dataclass(frozen=True, slots=True)
class DayOfFile:
    """The one day of a file, which counts where a row has none that can be read: as somebody said (`is_said`), else on which the file was
    last saved. Never the day of the import: what nobody dated is not told as seen today."""

    day: datetime.date
    is_said: bool

    def __str__(self) -> str:
        how = "som --seen-on siger" if self.is_said else "hvor filen sidst blev gemt"
        return f"{self.day.day}.{self.day.month}.{self.day.year}, {how}"


@dataclass(slots=True)
class Reading:
    """One table while it is read."""

    layer: str
    guess: Guess
    where: Locator
    today: datetime.date
    otherwise: DayOfFile
    points: int = 0
    rounded: tuple[int, str, str] | None = None
    swapped: list[tuple[int, str, str, str]] = field(default_factory=list)
    undated: list[int] = field(default_factory=list)
    no_day: list[tuple[int, str, datetime.date]] = field(default_factory=list)

    def rows(self, rows: Rows) -> Iterator[Found | Left]:
        """Each row as `Found` or `Left`, with remarks (`Left` of no rows) on cells that could not be read."""
        for at, row in rows:
            yield from self._row(at, row)
        if len(self.swapped) > 1 and not self.points:
            yield left(
                self.layer, None, "swapped_all", len(self.swapped), lon=self.swapped[0][1], lat=self.swapped[0][2]
            )
        else:
            yield from (left(self.layer, at, "swapped", lon=lon, lat=lat) for at, lon, lat, _ in self.swapped)
        if self.undated:
            none = self.guess.first("seen_on") is None
            code, count = ("no_dates" if none else "undated"), len(self.undated)
            named = {"count": count, "at": self.undated[0], "column": self._heading("seen_on")}
            yield left(self.layer, None, code, 0, day=str(self.otherwise), **named)
        if self.no_day:
            at, said, first = self.no_day[0]
            named = {"count": len(self.no_day), "at": at, "column": self._heading("seen_on"), "value": said}
            yield left(self.layer, None, "no_day", 0, day=f"{first.day}.{first.month}.{first.year}", **named)
        if self.rounded is not None:
            at, column, value = self.rounded
            yield left(self.layer, None, "rounded", 0, at=at, column=column, value=value)

    def _row(self, at: int, row: list[Cell]) -> Iterator[Found | Left]:
        def cell(target: str) -> Cell:
            column = self.guess.first(target)
            return None if column is None or column.at >= len(row) else row[column.at]

        name = text(cell("name"))
        if not name:
            yield left(self.layer, at, "no_name_cell", column=self._heading("name"))
            return
        if is_unknown(name):
            yield self._unusable(at, name, "skriv stedets navn")
            return
        if is_note(row):
            yield self._unusable(at, name, "det er en bemærkning og ikke et sted. Er det et, så giv det en adresse")
            return
        over = self._too_long(row, name)
        if over is not None:
            yield left(self.layer, at, "too_long", at=over[0], limit=over[1])
            return
        remarks: list[Left] = []
        point: tuple[float, float] | None = None
        try:
            said = self.where.said(row)
        except Wrong as wrong:
            column, value, allowed = wrong.args
            remarks.append(self._remark(at, column, value, allowed, "Stedet er taget med uden punkt."))
            said = None
        if (
            said is None
            and not self._where(row)
            and (is_total(name) or is_total(next(one for one in row if not is_empty(one))))
        ):
            yield self._unusable(
                at, name, "det er en sum og ikke et sted. Er det et, så giv det en adresse eller et koordinat"
            )
            return
        if said is not None:
            point = self._point(said)
            if point is None:
                if (refused := self._misplaced(at, said)) is not None:
                    yield refused
                return
            self.points += 1
        fields = self._fields(at, row, cell, remarks, name)
        own = "" if is_unknown(cell("key")) else text(cell("key"))
        wkb = b"" if point is None else struct.pack("<BIdd", 1, 1, *point)
        key = own or hashlib.sha256(wkb or f"{name}\n{self._where(row)}".casefold().encode()).hexdigest()
        yield Found(
            layer=self.layer, row=at, kind="place", key=key, own=bool(own), wkb=wkb.hex(),
            wgs84="" if point is None else self.where.lonlat(*point), fields=fields,
        )  # fmt: skip
        yield from remarks

    def _unusable(self, at: int, name: str, why: str) -> Left:
        return left(
            self.layer,
            at,
            "cell",
            column=self._heading("name"),
            value=name[:60],
            allowed=why,
            then="Rækken er ikke taget med.",
        )

    def _heading(self, target: str) -> str:
        column = self.guess.first(target)
        return column.heading if column else MEANS[target]

    def _remark(self, at: int, column: str, value: str, allowed: str, then: str) -> Left:
        shown = value if len(value) <= 60 else value[:59] + "…"
        return left(self.layer, at, "cell", 0, column=column, value=shown, allowed=allowed, then=then)

    def _point(self, said: TwoNumbers) -> tuple[float, float] | None:
        x, y = self.where.place(said)
        if not (math.isfinite(x) and math.isfinite(y)):
            return None
        return (x, y) if self.where.near(self.where.lonlat(x, y)) else None

    def _misplaced(self, at: int, said: TwoNumbers) -> Left | None:
        """Why a point is not here; None where its row waits until it is known whether all are the other way round."""
        east, north = (said.north, said.east) if self.where.swap else (said.east, said.north)
        x, y = self.where.metres(north, east)
        if math.isfinite(x) and math.isfinite(y) and self.where.near(lonlat := self.where.lonlat(x, y)):
            self.swapped.append((at, f"{lonlat[0]:.4f}", f"{lonlat[1]:.4f}", said.columns))
            return None
        if self.where.is_degrees(said.east, said.north) and (abs(said.east) > 180 or abs(said.north) > 90):
            value = said.east if abs(said.east) > 180 else said.north
            return left(self.layer, at, "no_degree_cell", column=said.columns, value=_shown(value))
        return left(
            self.layer,
            at,
            "outside_cell",
            column=said.columns,
            x=_shown(said.east),
            y=_shown(said.north),
            system=self.where.system(),
        )

    def _too_long(self, row: Sequence[Cell], name: str) -> tuple[str, int] | None:
        """The first cell that is longer than its field: nothing is cut off in silence."""
        if len(name) > NAME_LIMIT:
            return self._heading("name"), NAME_LIMIT
        for column in self.guess.columns:
            if column.target and column.at < len(row) and isinstance(row[column.at], str):
                limit = SHORT.get(column.target, LONGEST)
                if len(words(row[column.at])) > limit:
                    return column.heading, limit
        return None

    def _where(self, row: Sequence[Cell]) -> str:
        """Street and number, postcode and town, as an address is written."""

        def of(target: str) -> list[str]:
            return [
                text(row[column.at])
                for column in self.guess.by.get(target, ())
                if column.at < len(row) and not is_empty(row[column.at]) and not is_unknown(row[column.at])
            ]

        street = ", ".join(of("where")) + "".join(f" {one}" for one in of("house"))
        names = of("town")
        if not street.strip() and not names:  # "4800" alone leads nobody there
            return ""
        town = " ".join(of("postcode") + names)
        return ", ".join(one for one in (street.strip(), town) if one)

    def _fields(self, at: int, row: list[Cell], cell: Any, remarks: list[Left], name: str) -> dict[str, Any]:
        """Fields of PlaceSet in the shapes of docs/wire.md, and besides them "route" as it stands and "undated_on", the day of facts
        without one. A fact has no source yet, and no date where the row has none: the import knows what it said before."""
        seen = self._seen(at, cell("seen_on"), remarks)
        known = seen or (
            self.otherwise.day if self.otherwise.is_said else None
        )  # said anew, it counts over what was before
        dated = {"seen_on": known.isoformat()} if known else {}
        fields: dict[str, Any] = {"name": {"da": name}}
        sort = "" if is_unknown(cell("form")) else text(cell("form"))
        if BUILDINGS.search(ELSEWHERE.sub("", sort.casefold())):
            fields["form"] = "building"
        if where := self._where(row):
            fields["where"] = {"da": where[:LONGEST]}
        if here := self._joined(row, "amenities") or ("" if "form" in fields else sort):
            fields["amenities"] = {"da": here[:LONGEST]}
        if notes := self._joined(row, "notes"):
            fields["notes"] = notes[:LONGEST]
        for target in TEXTS:
            if not is_empty(cell(target)) and not is_unknown(cell(target)):
                fields[target] = {"da": words(cell(target))}
        if (kind := surface(cell("ground"))) is not None:
            fields["surface"] = {"value": kind, **dated}
        elif not is_empty(cell("ground")) and not is_unknown(cell("ground")):
            why = "skriv ét af dem: fast, løst, grus, jord, græs"
            then = "Ordene er taget med; underlaget står som 'ved ikke'."
            remarks.append(self._remark(at, self._heading("ground"), text(cell("ground")), why, then))
        if access := self._access(at, row, cell, dated, remarks):
            fields["access"] = access
        if not is_empty(cell("hours")) and not is_unknown(cell("hours")):
            fields["hours"] = {**hours.read(words(cell("hours"))), **dated}
            if fields["hours"]["weekly"] is None and any(one.isdigit() for one in text(cell("hours"))):
                why = "skriv dage og klokkeslæt (man-fre 9-15; lør 10-14)"
                then = "Ordene er taget med; tiderne står som 'ved ikke'."
                remarks.append(self._remark(at, self._heading("hours"), text(cell("hours")), why, then))
        if not is_empty(cell("route")) and not is_unknown(cell("route")):
            fields["route"] = text(cell("route"))
        self._people(at, cell, fields, remarks)
        if seen is None and any(fact in fields for fact in FACTS):
            fields["undated_on"] = self.otherwise.day.isoformat()
            if is_empty(cell("seen_on")) or is_unknown(cell("seen_on")):  # else it is told by the row
                self.undated.append(at)
        return fields

    def _joined(self, row: Sequence[Cell], target: str) -> str:
        said = [
            words(row[c.at])
            for c in self.guess.by.get(target, ())
            if c.at < len(row) and not is_empty(row[c.at]) and not is_unknown(row[c.at])
        ]
        return "\n".join(dict.fromkeys(said))

    def _seen(self, at: int, cell: Cell, remarks: list[Left]) -> datetime.date | None:
        if is_empty(cell) or is_unknown(cell):
            return None
        seen = day(cell, self.today)
        if seen is None or not datetime.date(1900, 1, 1) <= seen <= self.today:
            why = "skriv en dato til og med i dag (1.5.2024)"
            remarks.append(
                self._remark(at, self._heading("seen_on"), text(cell), why, f"Rækkens dag er {self.otherwise}.")
            )
            return None
        if has_no_day(cell):
            self.no_day.append((at, text(cell), seen))
        return seen

    def _access(
        self, at: int, row: list[Cell], cell: Any, dated: dict[str, str], remarks: list[Left]
    ) -> dict[str, Any]:
        access: dict[str, Any] = {}
        if (is_free := self._step_free(at, cell, remarks)) is not None:
            access["step_free"] = {"value": is_free, **dated}
        for target, rounded in MEASURES.items():
            column = self.guess.first(target)
            if column is None or is_empty(cell(target)) or is_unknown(cell(target)):
                continue
            value = length(cell(target), column.unit)
            least, most = LIMITS[target]
            is_none = target in ("kerb_cm", "slope_pct") and value == 0
            if value is None or not math.isfinite(value) or not (least <= value <= most or is_none):
                allowed = (
                    "skriv et tal i procent"
                    if target == "slope_pct"
                    else f"skriv et tal i {column.unit} (90 eller 90,5)"
                    if value is None
                    else f"læst i {column.unit} skal det være mellem {_in(least, column.unit)} og {_in(most, column.unit)}"
                )
                remarks.append(
                    self._remark(at, column.heading, text(cell(target)), allowed, "Det står som 'ved ikke'.")
                )
                continue
            access[target] = {"value": rounded(value), **dated}
            if access[target]["value"] != round(value, 9) and self.rounded is None and target != "slope_pct":
                self.rounded = (at, column.heading, text(cell(target)))
        return access

    def _step_free(self, at: int, cell: Any, remarks: list[Left]) -> bool | None:
        """Whether there are no steps, of the column that says it and the one that counts them. A yes with anything behind it or with steps
        beside it is not known."""

        def unsure(target: str, allowed: str) -> None:
            then = "Det står som 'ved ikke'."
            remarks.append(self._remark(at, self._heading(target), text(cell(target)), allowed, then))

        said, counted = (not is_empty(cell(one)) and not is_unknown(cell(one)) for one in ("step_free", "steps"))
        free, steps = yes(cell("step_free")), number(cell("steps"))
        if said and free is None:
            unsure("step_free", "skriv ja eller nej")
            return None
        if counted and steps is None and not (free and yes(cell("steps")) is False):
            unsure("steps", "skriv antallet af trin (0, 1, 2 …)")
            return False if said and not free else None
        if counted and steps is not None and (steps < 0 or (free and steps > 0)):
            unsure(
                "steps", "det passer ikke med 'ja' til trinfri" if steps > 0 else "skriv antallet af trin (0, 1, 2 …)"
            )
            return False if said and not free else None
        if said:
            return free
        return steps == 0 if counted and steps is not None else None

    def _people(self, at: int, cell: Any, fields: dict[str, Any], remarks: list[Left]) -> None:
        def said(target: str) -> str:
            return "" if is_unknown(cell(target)) else text(cell(target))

        if said("contact") or said("phone"):
            fields["contact"] = {"name": said("contact") or "Kontakt"}
            phone = re.sub(r"(?<=\d{8})[.,]0$", "", said("phone"))  # a number that went through a program of numbers
            fields["contact"] |= {"phone": phone} if phone else {}
            fields["contact"] |= {"role": {"da": said("role")}} if said("role") else {}
        if url := said("url"):
            url = url if url.lower().startswith(("http://", "https://")) else f"https://{url}"
            if " " in url or "." not in url:
                remarks.append(
                    self._remark(
                        at, self._heading("url"), said("url"), "skriv en adresse (https://…)", "Den er ikke taget med."
                    )
                )
            else:
                fields["url"] = url[:4].lower() + url[4:] if url[:5].lower() != "https" else url[:5].lower() + url[5:]
        if said("guests") and (welcome := yes(cell("guests"))) is not None:
            fields["guests_welcome"] = welcome
        elif said("guests"):
            why, then = "skriv ja eller nej", "Det er ikke taget med."
            remarks.append(self._remark(at, self._heading("guests"), said("guests"), why, then))


def columns_told(guess: Guess, where: Locator) -> Iterator[tuple[ReadColumn, str]]:
    """Each column with the sentence of how it is read; of coordinates with what their numbers are."""
    for column in guess.columns:
        said = column.told()
        if column.target in ("lat", "lon", "x", "y", "point"):
            said = said[:-1] + f"; tallene er {where.system()}."
        yield column, said


def _in(cm: float, unit: str) -> str:
    return _shown(cm / {"m": 100, "meter": 100, "mm": 0.1}.get(unit, 1))


def _shown(value: float) -> str:
    return f"{value:.10g}".replace(".", ",")
