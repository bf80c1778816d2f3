"""Where the rows of a table are: degrees or metres, told by the numbers. Swapped ones are named, never swapped by themselves."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

import pyproj

from server.formats.refusal import FileRefused
from server.formats.table.cells import Cell, coordinate, is_empty, is_unknown, text
from server.formats.table.guess import Guess, ReadColumn, Rows
from server.model.values import DENMARK

Box = tuple[float, float, float, float]
NEIGHBOURHOOD_DEG: Final = 0.25
METRES, DEGREES = "EPSG:25832", "EPSG:4326"
ZONES: Final = (25832, 25833)
_WKT = re.compile(r"POINT\s*Z?\s*\(\s*(-?[\d.]+)\s+(-?[\d.]+)(?:\s+-?[\d.]+)?\s*\)", re.IGNORECASE | re.ASCII)


@dataclass(frozen=True, slots=True)
class TwoNumbers:
    """The two numbers of a row as they stand, the one that is said to be east or longitude first; `columns` names where."""

    east: float
    north: float
    columns: str


class Wrong(Exception):
    """A coordinate that can not be read: (column, what stands there, what is allowed)."""


@dataclass(slots=True)
class Locator:
    """The way from the numbers of a table to where it is. `crs` None: degrees, or metres in the zone in which they lie here."""

    guess: Guess
    crs: int | None
    swap: bool
    bounds: Box | None
    zone: int | None = None
    degrees: bool = True
    _ways: dict[tuple[str, str], pyproj.Transformer] = field(default_factory=dict)

    def look(self, rows: Rows) -> None:
        """Looks at all rows and decides what their numbers are. Raises `FileRefused` for a coordinate system that there is not."""
        if self.crs is not None:
            try:
                self.degrees = pyproj.CRS.from_epsg(self.crs).is_geographic
            except pyproj.exceptions.CRSError as reason:
                raise FileRefused(
                    f"--crs {self.crs} er ikke et koordinatsystem, der kendes. Danske kommuner bruger 25832."
                ) from reason
            self.zone = None if self.degrees else self.crs
            return
        said = []
        for _, row in rows[:2_000]:
            try:
                if (one := self.said(row)) is not None:
                    said.append(one)
            except Wrong:
                continue
        metres = [one for one in said if abs(one.east) > 180 or abs(one.north) > 180]
        self.degrees = len(metres) * 2 <= len(said)
        if not self.degrees:
            near = {zone: sum(1 for one in metres if self._either_way(one, zone)) for zone in ZONES}
            self.zone = max(ZONES, key=lambda zone: near[zone])

    def _either_way(self, one: TwoNumbers, zone: int) -> bool:
        return any(self.near(self._lonlat(x, y, zone)) for x, y in ((one.east, one.north), (one.north, one.east)))

    def said(self, row: Sequence[Cell]) -> TwoNumbers | None:
        """What a row says; None where it says nothing. Raises `Wrong` for what is said and can not be read."""
        both = self.guess.first("point")
        for east, north in (("lon", "lat"), ("x", "y")):
            columns = self.guess.first(east), self.guess.first(north)
            if columns[0] is None and columns[1] is None:
                continue
            first, second = _number(row, columns[0]), _number(row, columns[1])
            if first is None and second is None:
                continue
            if first is None or second is None:
                lacks = columns[0] if first is None else columns[1]
                held = columns[1] if first is None else columns[0]
                name = f"'{lacks.heading}'" if lacks else ("længde" if first is None else "bredde")
                raise Wrong(
                    held.heading if held else "",
                    text(row[held.at]) if held else "",
                    f"der står kun det ene af to tal; {name} mangler",
                )
            return TwoNumbers(first, second, " og ".join(f"'{one.heading}'" for one in columns if one))
        return None if both is None else _both(row, both)

    def place(self, one: TwoNumbers) -> tuple[float, float]:
        """(x, y) in EPSG:25832, rounded to 0.01 m; not finite where it lies nowhere."""
        east, north = (one.north, one.east) if self.swap else (one.east, one.north)
        return self.metres(east, north)

    def metres(self, east: float, north: float) -> tuple[float, float]:
        """(x, y) of two numbers that stand in this order."""
        source = f"EPSG:{self.crs or 4326}" if self.is_degrees(east, north) else f"EPSG:{self.zone or ZONES[0]}"
        x, y = self._way(source, METRES).transform(east, north)
        return round(x, 2) + 0.0, round(y, 2) + 0.0

    def is_degrees(self, east: float, north: float) -> bool:
        """What a row's numbers are: those of its table, unless they can be the other alone."""
        if self.crs is not None:
            return self.degrees
        low, high = sorted((east, north))
        if 100_000 < low < 1_000_000 and 5_900_000 < high < 6_600_000:
            return False
        return self.degrees or max(abs(east), abs(north)) <= 180

    def lonlat(self, x: float, y: float) -> tuple[float, float]:
        """[lon, lat] of metres in EPSG:25832, six decimals."""
        lon, lat = self._way(METRES, DEGREES).transform(x, y)
        return round(lon, 6), round(lat, 6)

    def near(self, lonlat: tuple[float, float]) -> bool:
        """Whether a point lies in the municipality or close to it."""
        west, south, east, north = self.bounds or DENMARK
        pad = NEIGHBOURHOOD_DEG if self.bounds else 0.0
        return west - pad <= lonlat[0] <= east + pad and south - pad <= lonlat[1] <= north + pad

    def system(self) -> str:
        """What the numbers are, for people."""
        if self.degrees:
            return "grader" if self.crs is None else f"grader (EPSG:{self.crs})"
        return f"meter i EPSG:{self.zone}"

    def _lonlat(self, x: float, y: float, zone: int) -> tuple[float, float]:
        lon, lat = self._way(f"EPSG:{zone}", DEGREES).transform(x, y)
        return lon, lat

    def _way(self, source: str, target: str) -> pyproj.Transformer:
        if (source, target) not in self._ways:
            self._ways[source, target] = pyproj.Transformer.from_crs(source, target, always_xy=True)
        return self._ways[source, target]


def _number(row: Sequence[Cell], column: ReadColumn | None) -> float | None:
    if column is None or column.at >= len(row) or is_empty(row[column.at]) or is_unknown(row[column.at]):
        return None
    value = coordinate(row[column.at])
    if value is None:
        raise Wrong(column.heading, text(row[column.at]), "skriv et tal: grader (54,7690) eller meter (684906,52)")
    return value


def _both(row: Sequence[Cell], column: ReadColumn) -> TwoNumbers | None:
    """Two numbers in one cell: "54,7690; 11,8745", "54.7690, 11.8745", "POINT (11.8745 54.769)". Danes and maps on the web write latitude
    first, WKT longitude; metres are told apart by themselves."""
    if column.at >= len(row) or is_empty(row[column.at]) or is_unknown(row[column.at]):
        return None
    said = text(row[column.at])
    where = f"'{column.heading}'"
    if found := _WKT.search(said):
        return TwoNumbers(float(found[1]), float(found[2]), where)
    if said.count("°") != 1:
        whole = said.count(",") == 1 and ("." in said or len(said) > 12)  # else the comma is a decimal one
        for parts in (
            said.split(";"),
            said.split("/"),
            said.split(", "),
            re.split(r"\s+", said),
            said.split(",") if whole else (),
        ):
            numbers = [coordinate(part.strip(" ,")) for part in parts if part.strip(" ,")]
            if len(numbers) == 2 and numbers[0] is not None and numbers[1] is not None:
                first, second = numbers[0], numbers[1]
                if abs(first) > 180:  # metres: east has six digits, north seven
                    return TwoNumbers(min(first, second), max(first, second), where)
                return TwoNumbers(second, first, where)
        if re.search(r"[nNøØeE]", said) and (found_two := re.fullmatch(r"(.*[nN])[\s,]*(.*[eEøØ])", said)):
            north, east = coordinate(found_two[1].strip()), coordinate(found_two[2].strip())
            if north is not None and east is not None:
                return TwoNumbers(east, north, where)
    raise Wrong(column.heading, said, "skriv breddegrad og længdegrad med semikolon imellem (54,7690; 11,8745)")
