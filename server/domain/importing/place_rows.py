"""Rows that are meeting places, as an import brings them: what is one place, what stands in the file twice, what can not be kept.

Needs no database, so all of it is done before BEGIN."""

import datetime
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

import msgspec

from server.formats.reasons import left
from server.formats.rows import ColumnRead, Found, Left
from server.formats.words import plain
from server.formats.wrong import in_danish
from server.model.place import NAME_LIMIT, PlaceSet

Fields = dict[str, Any]
At = tuple[str, int]
ANY_DAY: Final = "2000-01-01"
DATED: Final = ("surface", "hours")


@dataclass(frozen=True, slots=True)
class Wanted:
    """A place as a file brings it. `fields`: those of PlaceSet as JSON values, whole; source and date of a fact are null where the
    file does not say them."""

    at: At
    key: str
    name: str
    fields: Fields
    undated_on: datetime.date | None = None
    """The day of facts without one, at the latest that of the import."""
    route: str = ""
    """The route that it stands on, by name or address as the file has it."""


@dataclass(frozen=True, slots=True)
class Source:
    """What a file brings under one name. `chosen`: somebody said that it is this source, so no other is looked for."""

    name: str
    chosen: bool
    layer: str
    places: list[Wanted]
    columns: list[ColumnRead]


def ready(found: Iterable[Found], columns: Iterable[ColumnRead], source: str | None) -> tuple[list[Source], list[Left]]:
    """(what the file brings by source, each row that is left out). Needs no database: done before BEGIN."""
    left_out: list[Left] = []
    by: dict[tuple[str, str], Source] = {}

    def of(layer: str) -> Source:
        return by.setdefault((source or layer, layer), Source(source or layer, source is not None, layer, [], []))

    for column in columns:
        of(column.layer).columns.append(column)
    rows: dict[str, list[Found]] = {}
    for one in found:
        rows.setdefault(one.layer, []).append(one)
    for layer, each in rows.items():
        of(layer).places.extend(_folded(each, left_out))
    return list(by.values()), left_out


def _folded(rows: Sequence[Found], left_out: list[Left]) -> Iterator[Wanted]:
    """Each place once. Equal rows fold into the first; an id that stands on two different places keeps the first and names the other;
    places of two names in one spot are two."""
    taken: dict[str, Wanted] = {}
    for row in rows:
        wanted = _wanted(row, left_out)
        if wanted is None:
            continue
        other = taken.get(wanted.key)
        if other is not None and other.name != wanted.name and not row.own:
            wanted = replace(wanted, key=f"{wanted.key}/{wanted.name[:100]}")
            other = taken.get(wanted.key)
        if other is None:
            taken[wanted.key] = wanted
        elif row.own and (other.fields, other.route) != (wanted.fields, wanted.route):
            left_out.append(left(*wanted.at, "same_id", key=wanted.key, other=other.at[1]))
        else:
            left_out.append(left(*wanted.at, "same", other=other.at[1]))
    yield from taken.values()


def _wanted(row: Found, left_out: list[Left]) -> Wanted | None:
    fields = dict(row.fields)
    route, undated = fields.pop("route", ""), fields.pop("undated_on", None)
    if fields.get("form") == "spot":  # what is taken where nothing is said
        del fields["form"]
    if row.wgs84 and not isinstance(row.wgs84, str):
        fields["point"] = list(row.wgs84)
    try:
        said = _whole(fields)
    except msgspec.ValidationError as reason:
        at, detail = in_danish(reason, PlaceSet)
        left_out.append(left(row.layer, row.row, "invalid", at=at or "felterne", detail=f"{detail}. Ret det i filen"))
        return None
    name = said["name"]["da"] if "name" in said else ""
    if not name or len(name) > NAME_LIMIT:
        why = (
            left(row.layer, row.row, "too_long", at="navn", limit=NAME_LIMIT)
            if name
            else left(row.layer, row.row, "no_name")
        )
        left_out.append(why)
        return None
    day = None if undated is None else datetime.date.fromisoformat(undated)
    return Wanted((row.layer, row.row), row.key, plain(name), said, day, route)


def _whole(fields: Fields) -> Fields:
    """The fields of PlaceSet as they are kept, each value whole. Source and date that a fact did not have are null in it. Raises
    msgspec.ValidationError."""
    given = dict(fields)
    lacks: list[tuple[str, str | None, set[str]]] = []

    def placed(fact: Any, name: str, inner: str | None) -> Any:
        if not isinstance(fact, dict):
            return fact
        lacks.append((name, inner, {"source", "seen_on"} - fact.keys()))
        return {"source": "kilde", "seen_on": ANY_DAY, **fact}

    for name in DATED:
        if name in given:
            given[name] = placed(given[name], name, None)
    if isinstance(given.get("access"), dict):
        given["access"] = {inner: placed(fact, "access", inner) for inner, fact in given["access"].items()}
    whole: Fields = msgspec.json.decode(msgspec.json.encode(msgspec.convert(given, PlaceSet)))
    for name, inner, missing in lacks:
        fact = whole[name] if inner is None else whole[name][inner]
        fact.update(dict.fromkeys(missing))
    return {name: value for name, value in whole.items() if value is not None}


def filled(fields: Fields, source: str, today: datetime.date, before: Fields) -> Fields:
    """The fields with source and date in every fact. One without a date that said the same before keeps the day on which it first said so:
    importing again changes nothing."""

    def dated(fact: Any, old: Any) -> Any:
        if not isinstance(fact, dict) or (fact["source"] and fact["seen_on"]):
            return fact
        known = fact | {"source": fact["source"] or source}
        if known["seen_on"] is None:
            same = isinstance(old, dict) and known | {"seen_on": old["seen_on"]} == old
            known["seen_on"] = old["seen_on"] if same else today.isoformat()
        return known

    done = dict(fields)
    for name in DATED:
        if name in done:
            done[name] = dated(done[name], before.get(name))
    if "access" in done:
        had = before.get("access") or {}
        done["access"] = {name: dated(fact, had.get(name)) for name, fact in done["access"].items()}
    return done
