"""A register that comes again meets what stands here: what it says anew goes in, what a person changed here stays, and both are told
field by field."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, Literal

import msgspec

from server.domain import edit
from server.domain.ctx import Ctx
from server.domain.edit import Fields
from server.store import edited, facility, route
from server.store.facility import FacilityRow, Upserted
from server.store.route import RouteRow
from sync.sql import Tx

Kind = Literal["facility", "route"]
Ready = facility.Ready | route.Ready
Stored = facility.Stored | route.Stored
NOT_SAID: Final = ("id", "faults", "near", "place_ids", "length_m", "loop")
"""Members of a body that a register does not say, or says with the line."""


@dataclass(slots=True)
class Told:
    """`differences`: {kind, id, name, field, before, after} of what the register changed here. `conflicts`: {kind, id, name, field, here,
    register, new} of what stays as a person wrote it, while the register says something else; `new`: it says so since this import."""

    differences: list[dict[str, Any]] = field(default_factory=list)
    conflicts: list[dict[str, Any]] = field(default_factory=list)


def take(tx: Tx, ctx: Ctx, kind: Kind, things: Sequence[Ready], same: dict[str, bytes], told: Told) -> list[Upserted]:
    """Writes the things of a register, and says of each whether it is new, changed or unchanged. `same`: the fingerprint of each that the
    store holds, by its id. What was made here, or is another register's, is left alone but for what differs, which is told."""
    held = {one.body.id: one for one in _bodies(tx, kind, [m.row.id for m in things if same.get(m.row.id) != m.same])}
    marked = edited.marked(tx, kind)
    there = [m.row.id for m in things if m.row.id in marked and m.row.id not in held]
    held |= {one.body.id: one for one in _bodies(tx, kind, there)}
    how: list[Upserted] = []
    for made in things:
        here = held.get(made.row.id)
        if here is not None and (here.source != made.row.source or here.source == facility.HERE):
            if not here.withdrawn:
                _foreign(tx, kind, here, made, told)
            how.append("unchanged")
            continue
        kept = _kept(tx, kind, here, made, marked[made.row.id], told) if here and made.row.id in marked else ()
        upsert: Any = facility.upsert if kind == "facility" else route.upsert
        how.append(upsert(tx, made, kept=kept, at=ctx.moment, by=ctx.who))
    changed = [made.row.id for made, one in zip(things, how, strict=True) if one == "changed"]
    for after in _bodies(tx, kind, changed):
        _differences(kind, held[after.body.id], after, told)
    return how


def _kept(tx: Tx, kind: Kind, here: Stored, made: Ready, marks: Fields, told: Told) -> set[str]:
    """The fields that stay as a person wrote them. A mark leaves where the register says the same by now, or has no such stretch more."""
    now, register = _fields(here), _said(tx, made.row)
    kept: set[str] = set()
    for name, before in marks.items():
        if name not in register:
            if name == "slug":
                kept.add(name)
                continue
            edited.drop(tx, here.row, name)
            told.conflicts.append(_conflict(kind, here, name, now.get(name), None, new=True))
        elif register[name] == now.get(name):
            edited.drop(tx, here.row, name)
        else:
            kept.add(name)
            new = register[name] != before
            if new:
                edited.put(tx, here.row, name, register[name])
            told.conflicts.append(_conflict(kind, here, name, now.get(name), register[name], new=new))
    return kept


def _foreign(tx: Tx, kind: Kind, here: Stored, made: Ready, told: Told) -> None:
    """A file brings a thing that is not its register's, or that was made here and bears no marks: our own GeoJSON, read into the database
    that it came from, perhaps long after."""
    now = _fields(here)
    told.conflicts += [
        _conflict(kind, here, name, now.get(name), value, new=True)
        for name, value in _said(tx, made.row).items()
        if now.get(name) != value
    ]


def _differences(kind: Kind, before: Stored, after: Stored, told: Told) -> None:
    was, now = _fields(before), _fields(after)
    for name in was.keys() | now.keys():
        if name in NOT_SAID or was.get(name) == now.get(name):
            continue
        if name.startswith("stretches/") and not (name in was and name in now):
            continue  # told with the line
        told.differences.append(
            {
                **_named(kind, before),
                "field": name,
                "before": _shown(name, was, before),
                "after": _shown(name, now, after),
            }
        )


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


def _conflict(kind: Kind, here: Stored, name: str, now: Any, register: Any, *, new: bool) -> dict[str, Any]:
    return {**_named(kind, here), "field": name, "here": now, "register": register, "new": new}


def _named(kind: Kind, stored: Stored) -> dict[str, str]:
    body = stored.body
    name = body.name.da if body.name else getattr(body, "type_text", "")
    return {"kind": kind, "id": body.id, "name": name}


def _bodies(tx: Tx, kind: Kind, ids: Iterable[str]) -> Sequence[Stored]:
    ids = list(ids)
    if not ids:
        return []
    return facility.bodies(tx, ids, {}) if kind == "facility" else route.bodies(tx, ids, {})
