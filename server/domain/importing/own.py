"""Facilities, routes and places out of our own GeoJSON: as they went out, or as they were drawn by hand."""

import datetime
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import msgspec
from msgspec import UNSET

from server.domain.importing.row import At, Row, line_of, point_of, stretch, xy
from server.formats import own
from server.formats.reasons import left
from server.formats.rows import Found, Left
from server.model import unseen
from server.model.ids import imported_id
from server.model.slug import slug
from server.model.values import Point, Value
from server.store.facility import FacilityRow
from server.store.register import HERE
from server.store.route import RouteRow

Keyed = tuple[Row, str]


Edits = dict[str, own.Edited]
"""By id, of each thing that comes out of a database like this one (it names its register), the fields that were edited there."""


Day = datetime.date | None
"""The day until which a fact may be seen: the import's own. None: any."""


def facilities(
    rows: Sequence[Keyed], ids: set[str], told: list[Left], edits: Edits, today: Day = None
) -> Iterator[tuple[FacilityRow, list[At]]]:
    """Every row is either in one facility or in `told`. `ids`: those that other things of the file have; it grows, as `edits` does."""
    for row, key in rows:
        try:
            said = own.facility(row.first.fields)
            _fits(said, today)
            register = row.source if said.register is None else said.register
            id, reckoned = _id(said.id, register, "facility", key, ids)
        except own.FieldRefused as refused:
            told.append(left(*row.at, "invalid", at=refused.at, detail=refused.detail))
            continue
        ids |= {id, reckoned}
        if said.register is not None:
            edits[id] = said.edited or ()
        ((x, y),) = xy(row.first.wkb)
        made = FacilityRow(
            id=id, source=register, key=key, code=said.code, type_text=said.type_text, name=said.name, x=x, y=y,
            point=point_of(row.first), access=said.access, season=said.season, open_24h=said.open_24h,
            source_text=said.source or register or row.source, public=said.public,
        )  # fmt: skip
        yield made, [row.at]


def routes(
    rows: Sequence[Keyed], ids: set[str], told: list[Left], edits: Edits, today: Day = None
) -> Iterator[tuple[RouteRow, list[At]]]:
    """Every row is either in one route or in `told`. `ids`: those that other routes and stretches of the file have; it grows, as
    `edits` does."""
    by_route: dict[tuple[str, str], list[tuple[Row, own.OwnStretch]]] = defaultdict(list)
    for row, _ in rows:
        try:
            said = own.stretch(row.first.fields)
        except own.FieldRefused as refused:
            told.append(left(*row.at, "invalid", at=refused.at, detail=refused.detail))
            continue
        by_route[row.source, said.route].append((row, said))
    for (source, key), stretches in by_route.items():
        yield from _route(source, key, sorted(stretches, key=lambda pair: pair[1].no), ids, told, edits, today)


def _route(
    source: str,
    key: str,
    stretches: list[tuple[Row, own.OwnStretch]],
    ids: set[str],
    told: list[Left],
    edits: Edits,
    today: Day,
) -> Iterator[tuple[RouteRow, list[At]]]:
    """The whole route or nothing of it: with a stretch missing it would be told shorter than it is."""
    at = [row.at for row, _ in stretches]
    numbers = [said.no for _, said in stretches]
    if numbers != list(range(1, len(numbers) + 1)) or any(len(row.parts) > 1 for row, _ in stretches):
        told += [left(*one, "broken_route", route=key, numbers=", ".join(map(str, numbers))) for one in at]
        return
    mine: set[str] = set()
    try:
        said_of_all = own.route(stretches[0][0].first.fields)
        _fits(said_of_all, today)
        register = source if said_of_all.register is None else said_of_all.register
        id, reckoned = _id(said_of_all.route_id, register, "route", key, ids)
        mine |= {id, reckoned}
        made = []
        for row, said in stretches:
            _fits(said, today)
            its = said.id or imported_id(register, "stretch", row.first.key)
            if its in ids or its in mine:
                raise own.FieldRefused("id", f"{its} står på en anden ting i filen")
            mine.add(its)
            made.append(stretch(its, said.no, line_of(row.first), said.surface, said.access))
    except own.FieldRefused as refused:
        told += [left(*one, "no_route", route=key, at=refused.at, detail=refused.detail) for one in at]
        return
    ids |= mine
    if said_of_all.register is not None:
        edits[id] = said_of_all.edited or ()
    whole = RouteRow(
        id=id, source=register, key=key, slug=said_of_all.slug or slug(said_of_all.name.da), name=said_of_all.name,
        modes=said_of_all.modes, loop=said_of_all.loop, season=said_of_all.season, source_text=said_of_all.source or register or source,
        public=said_of_all.public, closures=said_of_all.closures, approaches=said_of_all.approaches, stretches=made,
    )  # fmt: skip
    yield whole, at


@dataclass(frozen=True, slots=True)
class OwnRow:
    """A place as the file says it, with the row that says it."""

    at: At
    said: own.OwnPlace
    point: Point | None


def places(found: Iterable[Found], told: list[Left], today: Day = None) -> Iterator[OwnRow]:
    """Every row is either in what comes out or in `told`."""
    ids: dict[str, int] = {}
    for one in found:
        try:
            said = own.place(one.fields)
            _fits(said, today)
            for name in ("name", "form"):
                if getattr(said.place, name) is UNSET:
                    raise own.FieldRefused(f"place.{name}", "feltet mangler")
            if said.register == HERE and said.key != said.id:
                raise own.FieldRefused("key", "et sted, der er lavet her, har sit id som key")
            if said.id in ids:
                raise own.FieldRefused("id", f"{said.id} står også i række {ids[said.id]}")
        except own.FieldRefused as refused:
            told.append(left(one.layer, one.row, "invalid", at=refused.at, detail=refused.detail))
            continue
        ids[said.id] = one.row
        yield OwnRow((one.layer, one.row), said, None if isinstance(one.wgs84, str) else one.wgs84)


def _fits(said: Value, today: Day) -> None:
    """As the verbs ask: words that can be seen, whole signs, and nothing seen on a day that is not yet. Raises own.FieldRefused."""
    fields = msgspec.to_builtins(said)
    if fields.get("register") == HERE:
        del fields["register"]  # the one text that may be empty
    if (wrong := unseen.first(fields)) is not None:
        raise own.FieldRefused(wrong[0][1:].replace("/", "."), wrong[1].removesuffix("."))
    if today is not None:
        for at, day in _seen_on(fields, ""):
            if day > today.isoformat():
                raise own.FieldRefused(at, f"{day} er ikke kommet endnu. Skriv en dato til og med i dag")


def _seen_on(value: Any, at: str) -> Iterator[tuple[str, str]]:
    """(where, day) of all that stands with a day on which it was seen."""
    if isinstance(value, dict):
        for name, inner in value.items():
            here = f"{at}.{name}".strip(".")
            if name == "seen_on" and isinstance(inner, str):
                yield here, inner
            else:
                yield from _seen_on(inner, here)
    elif isinstance(value, list | tuple):
        for n, inner in enumerate(value):
            yield from _seen_on(inner, f"{at}[{n}]")


def _id(said: str | None, register: str, kind: str, key: str, taken: set[str]) -> tuple[str, str]:
    """The id that a thing has, or gets, and the one that follows from register and key: nothing else of the file may have either, since a
    register has a key once. An id that does not follow from them is its thing's key too."""
    reckoned = imported_id(register, kind, key)
    id = said or reckoned
    if id not in (reckoned, key):
        raise own.FieldRefused("id", f"{id} hører hverken til {register} og {key}, eller er selv tingens key")
    if id in taken or reckoned in taken:
        raise own.FieldRefused("id", f"{id} står på en anden ting i filen")
    return id, reckoned
