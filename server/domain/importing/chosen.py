"""What a person has to choose of a file, and chose: whose word a field is, and who wrote the one that stands here. And what is remembered
of a file that went in."""

import datetime
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, Final

from server.domain import edit
from server.domain.ctx import Ctx
from server.domain.done import Done
from server.model.imports import ApplyImport, Choices
from server.model.moment import COPENHAGEN
from server.model.place import Place, missing
from server.store import history, imported, place, place_import, route, thing
from sync.sql import Tx

Taken = frozenset[tuple[str, str]]
"""(id, field) that become the register's."""
NONE: Final[Taken] = frozenset()
COUNTED: Final = ("new", "changed", "unchanged")


def taken(choices: Choices) -> Taken:
    """Which fields somebody gave to the register."""
    return frozenset((one.id, one.field) for one in choices.take)


def written(tx: Tx, conflicts: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """The conflicts, each with who wrote what stands here (`by`, the id of a person) and on which day (`on`); null where nobody knows."""
    told = list(conflicts)
    by_kind: dict[thing.Kind, set[str]] = {}
    for one in told:
        by_kind.setdefault(one["kind"], set()).add(one["id"])
    rows = {(kind, id): row for kind, ids in by_kind.items() for id, row in thing.rows_of(tx, kind, ids).items()}
    back = {key: [(edit.fields(body), at, by) for body, at, by in history.back(tx, row)] for key, row in rows.items()}
    return [one | _writer(one["field"], back.get((one["kind"], one["id"]), [])) for one in told]


def _writer(field: str, back: list[tuple[edit.Fields, str, str]]) -> dict[str, str | None]:
    """Of the bodies, the latest first, the first one in which the field stands as it does in the latest."""
    by, at = "", ""
    for fields, then, who in back:
        if _value(fields, field) != _value(back[0][0], field):
            break
        by, at = who, then
    else:
        by, at = "", ""  # it stood there already when history began
    on = datetime.datetime.fromisoformat(at).astimezone(COPENHAGEN).date().isoformat() if at else None
    return {"by": by or None, "on": on}


def _value(fields: Mapping[str, Any], name: str) -> Any:
    if name.startswith("access/"):
        return (fields.get("access") or {}).get(name.removeprefix("access/"))
    return fields.get(name)


def lacking(tx: Tx, ids: Iterable[str]) -> list[dict[str, Any]]:
    """Of these places those that lack something before readers can be shown them: {id, name, missing}."""
    found = []
    for row in place.many(tx, ids):
        body = row.body()
        if not isinstance(body, Place):
            continue
        lacks = missing(body, route_is_public=row.route_id is not None and route.is_public(tx, row.route_id))
        if lacks:
            found.append({"id": row.id, "name": row.said.name.da, "missing": list(lacks)})
    return found


def noted(tx: Tx, ctx: Ctx, args: ApplyImport, done: Done) -> Done:
    """Remembers that the file went in, and of one that brought anything how somebody said that its coordinates are read."""
    counts = {how: int(done.result[how]) for how in COUNTED}
    told = counts | {"left_out": sum(one.get("rows", 1) for one in done.result["left_out"])}
    imported.note(tx, at=ctx.moment, by=ctx.who, name=args.name, source=args.source, blob=args.blob, told=told)
    known_as = args.source or (args.name and Path(args.name).stem)
    if known_as and any(counts.values()):
        if args.choices.crs is not None:
            place_import.put_column(tx, known_as, "--crs", str(args.choices.crs))
        if args.choices.lat_first is not None:
            place_import.put_column(tx, known_as, "--lat-lon", "ja" if args.choices.lat_first else "nej")
    return done
