"""apply_import, the part of places: rows of spreadsheets, waypoints and points that are meeting places.

A new one is under development, with what it lacks. What the file says next goes in where the place still stands as the file said it; what
somebody changed here since stays, and is told. Steps of its life are people's alone."""

import datetime
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final

import msgspec
from msgspec import UNSET

from server.domain.ctx import Ctx
from server.domain.importing import same_source
from server.domain.importing.chosen import NONE, Taken
from server.domain.importing.place_rows import Fields, Source, Wanted, filled
from server.formats.reasons import left
from server.formats.rows import Left
from server.formats.words import plain
from server.model.ids import imported_id
from server.model.lifecycle import PUBLIC
from server.model.place import Place, PlaceSet, missing
from server.model.slug import slug
from server.model.values import Access
from server.store import place, place_import, route, slugs, thing
from server.store.place import PlaceRow, Said
from server.store.place_import import Held, flat, raised
from server.store.same_source import Look
from sync.sql import Tx

NOT_NULL: Final[Fields] = {"approaches": (), "photos": (), "closures": ()}


@dataclass(slots=True)
class PlacesTold:
    """What is to be said of an import's places, for the result of the verb; `differences` and `conflicts` as in reimport.Differing."""

    how: Counter[str] = field(default_factory=Counter)
    left: list[Left] = field(default_factory=list)
    gone: list[dict[str, Any]] = field(default_factory=list)
    differences: list[dict[str, Any]] = field(default_factory=list)
    conflicts: list[dict[str, Any]] = field(default_factory=list)
    touched: list[tuple[str, str]] = field(default_factory=list)
    there: list[str] = field(default_factory=list)
    """The ids of places that the file has."""


def apply(tx: Tx, ctx: Ctx, sources: Iterable[Source], told: PlacesTold, taken: Taken = NONE) -> None:
    """Writes places and how their columns were read; says in `told` what came of it. `taken`: fields that become the file's, whoever
    wrote what stands here."""
    for one in sources:
        name = one.name
        if not one.chosen:
            looks = {wanted.key: _look(wanted.fields) for wanted in one.places}
            other = same_source.find(tx, "place", name, looks)
            if other is None:
                same_source.refuse_alike(tx, "place", name, looks)
            if other is not None:
                told.left.append(left(one.layer, None, "same_source", 0, source=other))
                name = other
        for column in one.columns:
            for known_as in {name, one.layer}:
                place_import.put_column(tx, known_as, column.column, column.read_as)
        _Register(tx, ctx, name, told, taken).take(one.places, chosen=one.chosen, renamed=name != one.name)


class _Register:
    """One source while it is written."""

    def __init__(self, tx: Tx, ctx: Ctx, source: str, told: PlacesTold, taken: Taken) -> None:
        self.tx, self.ctx, self.source, self.told, self.taken = tx, ctx, source, told, taken
        self.keys: set[str] = set()
        self.ids: dict[str, str] = {}
        self.there: set[str] = set()
        self.routes: dict[str, set[str]] | None = None

    def take(self, places: Sequence[Wanted], *, chosen: bool, renamed: bool) -> None:
        held = place_import.held(self.tx, self.source)
        self.keys = set(held)
        paired = _paired(held, places)
        if not chosen:
            again = [(w.key, _look(paired[w.key].said), _look(w.fields)) for w in places if w.key in paired]
            same_source.refuse_others("place", self.source, again)
        places = [self._on_route(wanted, paired.get(wanted.key)) for wanted in places]
        new = [wanted for wanted in places if wanted.key not in paired]
        self.ids = {key: imported_id(self.source, "place", key) for key in map(self._key, new)}
        self.there = set(thing.rows_of(self.tx, "place", self.ids.values()))
        if held and places and not paired and not chosen:
            self.told.left.append(left(places[0].at[0], None, "stranger", 0, source=self.source))
        here = {row.id: row for row in place.many(self.tx, (had.id for had in paired.values()))}
        for wanted in places:
            had = paired.get(wanted.key)
            if had is not None and (had.withdrawn or had.dissolved):
                code = "withdrawn" if had.withdrawn else "dissolved"
                self.told.left.append(left(*wanted.at, code))
                continue
            how = self._new(wanted) if had is None else self._again(had, here[had.id], wanted)
            self.told.how[how] += 1
        seen = {had.key for had in paired.values()}
        self.told.there += [had.id for had in paired.values()]
        gone = [one for one in held.values() if one.key not in seen and not one.withdrawn and not one.dissolved]
        if not renamed or len(gone) * 2 <= len(held):  # else the file is a part of it
            now = {row.id: _now(row) for row in place.many(self.tx, (one.id for one in gone))}
            self.told.gone += [
                {
                    "kind": "place",
                    "id": one.id,
                    "name": one.name,
                    "edited": place_import.edited(now[one.id], one.said),
                }
                for one in gone
            ]

    def _on_route(self, wanted: Wanted, had: Held | None) -> Wanted:
        """With the route that it names. One that is not told by its words is as it was, and told."""
        if not wanted.route:
            return wanted
        if self.routes is None:
            self.routes = place_import.routes(self.tx)
        address = wanted.route.rstrip("/").rsplit("/", 1)[-1].casefold()
        named = self.routes.get(address) or self.routes.get(plain(wanted.route).casefold(), set())
        if len(named) == 1:
            return replace(wanted, fields=wanted.fields | {"route_id": next(iter(named))})
        why = f"er navnet på {len(named)} ruter her; skriv adressen på den ene" if named else "er ikke her"
        self.told.left.append(left(*wanted.at, "route_unknown", 0, route=wanted.route[:60], why=why))
        before = had and had.said.get("route_id")
        return replace(wanted, fields=wanted.fields | {"route_id": before}) if before else wanted

    def _new(self, wanted: Wanted) -> str:
        key = self._key(wanted)
        self.keys.add(key)
        id = self.ids.get(key) or imported_id(self.source, "place", key)
        if id in self.there:  # a place that began in this spot and was moved since
            id = imported_id(self.source, "place", f"{key}/{wanted.name}/{self.ctx.moment}")
        said = filled(wanted.fields, self.source, self._day(wanted), {})
        given = msgspec.convert(said, PlaceSet)
        assert given.name is not UNSET  # noqa: S101  ready() saw to it
        blank = PlaceRow(
            row=0, id=id, slug=slugs.free(self.tx, "place", slug(given.name.da), id), form="spot", state="developing",
            said=Said(name=given.name), route_id=None, facility_ids=(), was_public=False, dissolved_on=None, why=None, successor_id=None,
            notes=None, last_seen_on=None, changed_at=self.ctx.moment, changed_by=self.ctx.who,
        )  # fmt: skip
        row = place.save(self.tx, _laid(blank, given, said))
        place_import.put(self.tx, row, self.source, key, said)
        self.told.touched.append(("place", id))
        return "new"

    def _again(self, had: Held, before: PlaceRow, wanted: Wanted) -> str:
        """Field by field: what the file says anew goes in, unless somebody changed it here."""
        said = filled(wanted.fields, self.source, self._day(wanted), had.said)
        ours, new, old = flat(_now(before)), flat(said), flat(had.said)
        for name in sorted(new.keys() | old.keys()):
            theirs, here = new.get(name), ours.get(name)
            if theirs == here:
                continue
            if here == old.get(name) or (before.id, name) in self.taken:
                ours[name] = theirs
            else:
                self._kept(before, name, here, theirs, new=theirs != old.get(name), more={"choice": True})
        after = self._published(before, raised(ours))
        key = had.key if _spot(had.key) == _spot(wanted.key) or wanted.key in self.keys else wanted.key
        if said != had.said or key != had.key:
            place_import.put(self.tx, had.row, self.source, key, said)
            self.keys.add(key)
        if after == before:
            return "unchanged"
        self._differences(before, after)
        row = place.save(self.tx, msgspec.structs.replace(after, changed_at=self.ctx.moment, changed_by=self.ctx.who))
        if after.said.name != before.said.name and not before.was_public:
            free = slugs.free(self.tx, "place", slug(after.said.name.da), before.id)
            if free != before.slug:
                slugs.move(self.tx, row, "place", free)
        self.told.touched.append(("place", before.id))
        return "changed"

    def _key(self, wanted: Wanted) -> str:
        """The key of a new place; where another has its own already, with its name behind."""
        return wanted.key if wanted.key not in self.keys else _beside(wanted)

    def _day(self, wanted: Wanted) -> datetime.date:
        return min(wanted.undated_on or self.ctx.today, self.ctx.today)

    def _published(self, before: PlaceRow, ours: Fields) -> PlaceRow:
        """The place with these fields. A public one loses nothing that it needs."""
        after = _laid(before, msgspec.convert(ours, PlaceSet), ours)
        if before.state not in PUBLIC:
            return after
        held = _now(before)
        for name in self._lacks(after):
            if held.get(name) is not None:
                ours[name] = held[name]
                self._kept(before, name, held[name], None, new=True, more={"needed": True})
        return _laid(before, msgspec.convert(ours, PlaceSet), ours)

    def _lacks(self, row: PlaceRow) -> tuple[str, ...]:
        body = row.body()
        public = row.route_id is not None and route.is_public(self.tx, row.route_id)
        return missing(body, route_is_public=public) if isinstance(body, Place) else ()

    def _kept(self, row: PlaceRow, name: str, here: Any, theirs: Any, *, new: bool, more: Fields) -> None:
        """`more`: `needed`, nobody wrote it here, the place is public and can not be without it; or `choice`."""
        one: dict[str, Any] = {"kind": "place", "id": row.id, "name": row.said.name.da, "field": name}
        one |= {"here": here, "register": theirs, "new": new}
        self.told.conflicts.append(one | more)

    def _differences(self, before: PlaceRow, after: PlaceRow) -> None:
        was, now = flat(_now(before)), flat(_now(after))
        self.told.differences += [
            {
                "kind": "place",
                "id": before.id,
                "name": before.said.name.da,
                "field": name,
                "before": was.get(name),
                "after": now.get(name),
            }
            for name in sorted(was.keys() | now.keys())
            if was.get(name) != now.get(name)
        ]


def _paired(held: dict[str, Held], places: Sequence[Wanted]) -> dict[str, Held]:
    """{key of a row: the place that it is}. By its spot and name (in one spot may be two, in any order); else by its key; else by its name,
    where one row and one place that are left have it: the file has moved it, or knows now where it is."""
    left_held, rest = dict(held), list(places)
    paired: dict[str, Held] = {}

    def pair(found: dict[str, Held]) -> None:
        paired.update({key: one for key, one in found.items() if left_held.pop(one.key, None) is not None})
        rest[:] = [wanted for wanted in rest if wanted.key not in paired]

    spots = {(_spot(one.key), plain(one.said["name"]["da"])): one for one in held.values()}
    pair({w.key: one for w in rest if (one := spots.get((_spot(w.key), w.name))) is not None})
    pair({w.key: held[w.key] for w in rest if w.key in held})
    rows = Counter(wanted.name for wanted in rest)
    there = Counter(plain(one.said["name"]["da"]) for one in left_held.values())
    named = {plain(one.said["name"]["da"]): one for one in left_held.values()}
    pair({w.key: named[w.name] for w in rest if rows[w.name] == there[w.name] == 1})
    return paired


def _look(fields: Fields) -> Look:
    """Who a place is: what a register says of it, never what was changed here."""
    point = fields.get("point")
    return Look(fields["name"]["da"], None if point is None else (point[0], point[1]))


def _beside(wanted: Wanted) -> str:
    """The key of a place in a spot that another has already."""
    return f"{wanted.key}/{wanted.name[:100]}"


def _spot(key: str) -> str:
    """The key without the name that tells two in one spot apart."""
    return key[:64] if same_source.SHAPE.fullmatch(key) else key


def _now(row: PlaceRow) -> Fields:
    """What stands here, as fields of PlaceSet."""
    said: Fields = msgspec.json.decode(msgspec.json.encode(row.said))
    own = {"form": row.form, "route_id": row.route_id, "facility_ids": list(row.facility_ids), "notes": row.notes}
    seen = {"last_seen_on": None if row.last_seen_on is None else row.last_seen_on.isoformat()}
    return {name: value for name, value in (said | own | seen).items() if value not in (None, [])}


def _laid(row: PlaceRow, given: PlaceSet, fields: Fields) -> PlaceRow:
    """The place with exactly these fields; what is not among them is empty. Its links to facilities stay."""
    said: dict[str, Any] = {
        name: getattr(given, name)
        if fields.get(name) is not None
        else Access()
        if name == "access"
        else NOT_NULL.get(name)
        for name in Said.__struct_fields__
    }
    return msgspec.structs.replace(
        row,
        said=Said(**said),
        form=row.form if given.form is UNSET else given.form,
        route_id=None if given.route_id is UNSET else given.route_id,
        notes=None if given.notes is UNSET else given.notes,
        last_seen_on=None if given.last_seen_on is UNSET else given.last_seen_on,
    )
