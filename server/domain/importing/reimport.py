"""A register that comes again meets what stands here: what it says anew goes in, what a person changed here stays, and both are told
field by field."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, Literal

import msgspec

from server.domain import edit
from server.domain.ctx import Ctx
from server.domain.edit import Fields
from server.domain.importing.chosen import NONE, Taken
from server.domain.importing.moved import moved_m
from server.model import line
from server.store import edited, facility, geometry, register, route, thing
from server.store.facility import FacilityRow
from server.store.register import Upserted
from server.store.route import RouteRow
from sync.sql import Tx

Kind = Literal["facility", "route"]
Encoded = facility.EncodedFacility | route.EncodedRoute
Stored = facility.Stored | route.Stored
NOT_SAID: Final = ("id", "faults", "near", "place_ids", "length_m", "loop", "order")
"""Members of a body that a register does not say, or says with the line."""
UNKNOWN: Final[Fields] = {}
"""What a mark holds where nobody knows what the register said: no field is ever this."""


@dataclass(slots=True)
class Differing:
    """`differences`: {kind, id, name, field, before, after} of what the register changed here. `conflicts`: {kind, id, name, field, here,
    register, new} of what stays as a person wrote it, while the register says something else; `new`: it says so since this import. With
    `needed`: nobody wrote it, but a public place can not be without."""

    differences: list[dict[str, Any]] = field(default_factory=list)
    conflicts: list[dict[str, Any]] = field(default_factory=list)


def take(
    tx: Tx,
    ctx: Ctx,
    kind: Kind,
    things: Sequence[Encoded],
    same: dict[str, bytes],
    differing: Differing,
    taken: Taken = NONE,
) -> list[Upserted]:
    """Writes the things of a register, and says of each whether it is new, changed or unchanged. `same`: the fingerprint of each that the
    store holds, by its id. What was made here, or is another register's, is left alone but for what differs, which is told. `taken`: edited
    fields that become the register's."""
    held = {one.body.id: one for one in _bodies(tx, kind, [m.row.id for m in things if same.get(m.row.id) != m.same])}
    marked = edited.marked(tx, kind)
    there = [m.row.id for m in things if m.row.id in marked and m.row.id not in held]
    held |= {one.body.id: one for one in _bodies(tx, kind, there)}
    how: list[Upserted] = []
    for made in things:
        here = held.get(made.row.id)
        if here is not None and (here.source != made.row.source or here.source == register.HERE):
            if not here.withdrawn:
                _foreign(tx, kind, here, made, differing)
            how.append("unchanged")
            continue
        if made.edited is not None and (made.edited or made.row.id in marked):
            how.append(_ours(tx, ctx, kind, here, made, marked.get(made.row.id, {}), differing, taken))
            continue
        marks = marked.get(made.row.id)
        kept = _kept(tx, kind, here, made, marks, differing, taken) if here and marks else ()
        if here is not None and (kept or kind == "facility") and not here.withdrawn:
            said = {name: value for name, value in _said(tx, made.row).items() if name not in kept}
            if _stands(tx, here, made, said):  # all that is new of it was told as a conflict, or is below a centimetre
                (facility if kind == "facility" else route).brought(tx, here.row, made.same)
                how.append("unchanged")
                continue
        how.append(_write(tx, ctx, kind, made, kept))
    changed = [made.row.id for made, one in zip(things, how, strict=True) if one == "changed"]
    for after in _bodies(tx, kind, changed):
        _differences(kind, held[after.body.id], after, differing)
    return how


def _kept(
    tx: Tx, kind: Kind, here: Stored, made: Encoded, marks: Fields, differing: Differing, taken: Taken
) -> set[str]:
    """The fields that stay as a person wrote them. A mark leaves where the register says the same by now, has no such stretch more, or
    somebody chose its word."""
    now, register = _fields(here), _said(tx, made.row)
    kept: set[str] = set()
    for name, before in marks.items():
        if name not in register:
            if name == "slug":
                kept.add(name)
                continue
            edited.drop(tx, here.row, name)
            differing.conflicts.append(_conflict(kind, here, name, now.get(name), None, new=True))
        elif register[name] == now.get(name):
            edited.drop(tx, here.row, name)
        elif (made.row.id, name) in taken:
            edited.drop(tx, here.row, name)
            _anew(tx, kind, here)
        else:
            kept.add(name)
            new = register[name] != before
            if new:
                edited.put(tx, here.row, name, register[name])
            differing.conflicts.append(_conflict(kind, here, name, now.get(name), register[name], new=new, choice=True))
    return kept


def _anew(tx: Tx, kind: Kind, here: Stored) -> None:
    """It is written though its register says what it said before."""
    (facility if kind == "facility" else route).brought(tx, here.row, b"")


def _ours(
    tx: Tx,
    ctx: Ctx,
    kind: Kind,
    here: Stored | None,
    made: Encoded,
    marks: Fields,
    differing: Differing,
    taken: Taken,
) -> Upserted:
    """An export of ours comes back, here or in another database: it knows what was edited and is no register's word, so that no mark
    leaves or moves by it. What was edited there and not here is edited here too from now on."""
    said = _said(tx, made.row)
    edited_there = [name for name in made.edited or () if name in said or name == "slug"]
    if here is None:
        how = _write(tx, ctx, kind, made, ())
        if how == "new":
            (row,) = thing.rows_of(tx, kind, [made.row.id]).values()
            for name in edited_there:
                edited.put(tx, row, name, UNKNOWN)
        return how
    now = _fields(here)
    differ = [name for name in marks if name in said and said[name] != now.get(name)]
    if chosen := {name for name in differ if (made.row.id, name) in taken}:
        _anew(tx, kind, here)
    differing.conflicts += [
        _conflict(kind, here, name, now.get(name), said[name], new=False, choice=True)
        for name in differ
        if name not in chosen
    ]
    for name in edited_there:
        if name not in marks and name in said and said[name] != now.get(name):
            edited.put(tx, here.row, name, now.get(name))
    kept = marks.keys() - chosen
    if _stands(tx, here, made, {name: value for name, value in said.items() if name not in kept}):
        return "unchanged"
    return _write(tx, ctx, kind, made, kept)


def _stands(tx: Tx, here: Stored, made: Encoded, said: Fields) -> bool:
    """Whether all of this stands here already, the line among it."""
    now, row = _fields(here), made.row
    if any(now.get(name) != value for name, value in said.items()) or here.body.source != row.source_text:
        return False
    if isinstance(here, facility.Stored) or isinstance(row, FacilityRow):
        return True
    lines = [[one.id, one.line or geometry.encoded(tx, one.xy)] for one in row.stretches]
    return bool(now["line"] == lines and now["loop"] == row.loop)


def _write(tx: Tx, ctx: Ctx, kind: Kind, made: Encoded, kept: Collection[str]) -> Upserted:
    upsert: Any = facility.upsert if kind == "facility" else route.upsert
    how: Upserted = upsert(tx, made, kept=kept, at=ctx.moment, by=ctx.who)
    return how


def _foreign(tx: Tx, kind: Kind, here: Stored, made: Encoded, differing: Differing) -> None:
    """A file brings a thing that is not its register's, or that was made here and bears no marks: our own GeoJSON, read into the database
    that it came from, perhaps long after."""
    now = _fields(here)
    differing.conflicts += [
        _conflict(kind, here, name, now.get(name), value, new=True)
        for name, value in _said(tx, made.row).items()
        if now.get(name) != value
    ]


def _differences(kind: Kind, before: Stored, after: Stored, differing: Differing) -> None:
    was, now = _fields(before), _fields(after)
    for name in was.keys() | now.keys():
        if name in NOT_SAID or was.get(name) == now.get(name):
            continue
        if name.startswith("stretches/") and (name.endswith("/line") or not (name in was and name in now)):
            continue  # told with the line
        shown = {"before": _shown(name, was, before), "after": _shown(name, now, after)}
        if name == "line" and shown["before"] == shown["after"]:  # as long, and elsewhere
            lines = ([line.decode(encoded) for _, encoded in fields["line"]] for fields in (was, now))
            shown["after"] = shown["after"] | {"moved_m": moved_m(*lines)}
        differing.differences.append({**_named(kind, before), "field": name, **shown})


def _fields(stored: Stored) -> Fields:
    """What is said of a thing: the fields that people may change, and its line."""
    if isinstance(stored, facility.Stored):
        return edit.fields(stored.body, public=stored.public)
    return edit.fields(
        stored.body, public=stored.public, line=[[stretch.id, stretch.line] for stretch in stored.body.stretches]
    )


def _said(tx: Tx, row: FacilityRow | RouteRow) -> Fields:
    """The fields that people may change, as a register says them; a route's address is ours."""
    if isinstance(row, FacilityRow):
        told: Fields = {name: getattr(row, name) for name in facility.FIELDS}
        told["point"] = facility.point_of(tx, row)
    else:
        told = {name: getattr(row, name) for name in route.FIELDS}
        told |= {
            f"stretches/{one.id}/{name}": getattr(one, name) for one in row.stretches for name in ("surface", "access")
        }
    found: Fields = msgspec.json.decode(msgspec.json.encode(told))
    return found


def _shown(name: str, fields: Fields, stored: Stored) -> Any:
    if name == "line" and isinstance(stored, route.Stored):
        return {"stretches": len(stored.body.stretches), "length_m": stored.body.length_m}
    return fields.get(name)


def _conflict(
    kind: Kind, here: Stored, name: str, now: Any, register: Any, *, new: bool, choice: bool = False
) -> dict[str, Any]:
    one = {**_named(kind, here), "field": name, "here": now, "register": register, "new": new}
    return one | ({"choice": True} if choice else {})


def _named(kind: Kind, stored: Stored) -> dict[str, str]:
    body = stored.body
    name = body.name.da if body.name else getattr(body, "type_text", "")
    return {"kind": kind, "id": body.id, "name": name}


def _bodies(tx: Tx, kind: Kind, ids: Iterable[str]) -> Sequence[Stored]:
    ids = list(ids)
    if not ids:
        return []
    return facility.bodies(tx, ids, {}) if kind == "facility" else route.bodies(tx, ids, {})
