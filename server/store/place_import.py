"""Places that a register brings: under which key, and what it last said of them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import msgspec

from server.model.place import Place, PlaceSet
from sync.sql import Tx, load

SQL = load(__file__)


@dataclass(frozen=True, slots=True)
class Held:
    """A place of a register. `row` is its inner id; `said` the fields of PlaceSet that the register last brought, as JSON values."""

    row: int
    id: str
    key: str
    name: str
    withdrawn: bool
    dissolved: bool
    said: dict[str, Any]


def held(tx: Tx, source: str) -> dict[str, Held]:
    """By key, every place of this source, withdrawn and dissolved ones too."""
    return {
        key: Held(row, uid, key, name, bool(withdrawn), bool(dissolved), msgspec.json.decode(said))
        for row, uid, key, name, withdrawn, dissolved, said in SQL.rows(tx, "held", source=source)
    }


def put(tx: Tx, row: int, source: str, key: str, said: dict[str, Any]) -> None:
    """Keeps what the register says of a place (inner id) now."""
    SQL.run(tx, "put", place=row, source=source, key=key, said=msgspec.json.encode(said).decode())


def every(tx: Tx) -> dict[str, tuple[str, str, dict[str, Any]]]:
    """By id, of every place that a register brought: the register, its key there, and what it last said."""
    return {uid: (source, key, msgspec.json.decode(said)) for uid, source, key, said in SQL.rows(tx, "every")}


def fields(body: Place) -> dict[str, Any]:
    """What is said of a place, as fields of PlaceSet in JSON values, those that are empty left out."""
    told = msgspec.json.decode(msgspec.json.encode(body))
    return {
        name: told[name] for name in PlaceSet.__struct_fields__ if name != "slug" and told.get(name) not in (None, [])
    }


def flat(fields: Mapping[str, Any]) -> dict[str, Any]:
    """Each fact of `access` as a field by itself: one that is changed here does not hold the others back."""
    access = {f"access/{name}": fact for name, fact in (fields.get("access") or {}).items() if fact is not None}
    return {name: value for name, value in fields.items() if name != "access"} | access


def raised(flat: Mapping[str, Any]) -> dict[str, Any]:
    """The fields again, whose facts of `access` stood by themselves."""
    kept = {name: value for name, value in flat.items() if value is not None}
    access = {name.removeprefix("access/"): kept.pop(name) for name in list(kept) if name.startswith("access/")}
    return kept | ({"access": access} if access else {})


def edited(here: Mapping[str, Any], said: Mapping[str, Any]) -> list[str]:
    """The fields that stand otherwise here than the register last said them; both as fields of PlaceSet."""
    ours, theirs = flat(here), {"form": "spot"} | flat(said)
    return sorted(name for name in ours.keys() | theirs.keys() if ours.get(name) != theirs.get(name))


def routes(tx: Tx) -> dict[str, set[str]]:
    """{what a route can be called: the ids of those that are called so}: its address here (slug), and its Danish name in small letters."""
    called: dict[str, set[str]] = {}
    for uid, slug, name in SQL.rows(tx, "routes"):
        called.setdefault(name.casefold(), set()).add(uid)
        called[slug] = {uid}  # an address is one's alone
    return called


def columns(tx: Tx) -> dict[str, dict[str, str]]:
    """{source: {heading: what it is read as}}, of every table that was imported."""
    found: dict[str, dict[str, str]] = {}
    for source, heading, read_as in SQL.rows(tx, "columns"):
        found.setdefault(source, {})[heading] = read_as
    return found


def placed(tx: Tx) -> dict[str, dict[str, str]]:
    """{source: {option: its value}}, of every source for which somebody said where its coordinates are to be read: --crs with an EPSG
    number, --lat-lon with ja or nej. They stand among the columns, under names that no column has."""
    found: dict[str, dict[str, str]] = {}
    for source, option, value in SQL.rows(tx, "placed"):
        found.setdefault(source, {})[option] = value
    return found


def put_column(tx: Tx, source: str, heading: str, read_as: str) -> None:
    """Remembers how a column of this source is read."""
    SQL.run(tx, "put_column", source=source, heading=heading, read_as=read_as)
