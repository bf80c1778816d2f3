"""apply_import: a file that was read (formats/geodata.py) becomes facilities and routes, in one transaction.

Once in, twice the same: importing again changes nothing. What is withdrawn here stays so. What the register no longer has is told,
not deleted.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, Literal, TypeVar

import msgspec

from server.domain import import_place_rows, import_places
from server.domain.ctx import Ctx
from server.domain.done import Done
from server.domain.import_rows import Ready, prepare, ready
from server.domain.refusal import Refused
from server.domain.site import is_site
from server.formats import geodata, rows
from server.formats.reasons import left
from server.formats.rows import Left
from server.model.imports import ApplyImport
from server.store import facility, imports, route
from sync.sql import Tx
from sync.wire import Subject

GONE_NAMED = 200
Kind = Literal["facility", "route", "place"]
R = TypeVar("R", facility.Ready, route.Ready)


def apply_import(tx: Tx, ctx: Ctx, subject: Subject, args: ApplyImport) -> Done:
    """The verb, done to settings/site. Raises `Refused` where the file's lines are not there or not whole."""
    is_site(subject)
    made = ctx.imports.get((args.blob, args.source))
    return apply(tx, ctx, made or made_ready(ctx.data_dir, args.blob, args.source))


def made_ready(data_dir: Path, blob: str, source: str | None) -> Ready:
    """The file's lines as rows of the store, encoded. Needs no transaction; whoever holds none passes it on in `Ctx.imports`, so
    that the one writer is held for writing alone. Raises as the verb."""
    path = geodata.lines_of(data_dir, blob)
    try:
        prepared = prepare(rows.read(path), source)
        places, left_out = import_place_rows.ready(prepared.places, rows.columns(path), source)
        prepared.left += left_out
        return replace(ready(prepared), places=places)
    except FileNotFoundError as reason:
        raise Refused(
            "invalid", "Filen er ikke læst, eller dens linjer er væk. Læs den igen.", at="/args/blob"
        ) from reason
    except (rows.NotWhole, msgspec.MsgspecError, ValueError) as reason:
        raise Refused("invalid", f"Filens linjer er ikke hele ({reason}). Læs den igen.", at="/args/blob") from reason


def apply(tx: Tx, ctx: Ctx, made: Ready) -> Done:
    """Writes what was made ready. `Done.result`: `new`, `changed`, `unchanged` count rows of the file, `left_out` names each other
    row (or `rows` of them at once; 0 is a remark on what was taken), and all of them add up to what was in the file. `things` counts what
    came of it by kind, `gone` names what the register no longer has, `columns` says how those of a table were read."""
    told = _Told(list(made.left))
    told.put(tx, "facility", made.facilities, facility.upsert)
    told.put(tx, "route", made.routes, route.upsert)
    told.places(tx, ctx, made)
    return Done(touched=told.touched, result=told.result())


class _Told:
    """What is said of an import while it runs."""

    def __init__(self, left_out: list[Left]) -> None:
        self.left_out = left_out
        self.rows: Counter[str] = Counter()
        self.things: dict[Kind, Counter[str]] = {"facility": Counter(), "route": Counter(), "place": Counter()}
        self.columns: list[dict[str, str]] = []
        self.gone: list[dict[str, str]] = []
        self.touched: list[tuple[str, str]] = []

    def put(
        self,
        tx: Tx,
        kind: Literal["facility", "route"],
        things: Sequence[tuple[R, list[tuple[str, int]]]],
        upsert: Callable[[Tx, R], str],
    ) -> None:
        held = {
            id: one
            for source in {made.row.source for made, _ in things}
            for id, one in imports.held(tx, kind, source).items()
        }
        for made, at in things:
            id = made.row.id
            had = held.pop(id, None)
            if had is not None and had.withdrawn:
                self.left_out += [left(*one, "withdrawn") for one in at]
                continue
            how = upsert(tx, made)
            self.rows[how] += len(at)
            self.things[kind][how] += 1
            if how != "unchanged":
                self.touched.append((kind, id))
        self.gone += [{"kind": kind, "id": id, "name": one.name} for id, one in held.items() if not one.withdrawn]

    def places(self, tx: Tx, ctx: Ctx, made: Ready) -> None:
        """Rows of tables, waypoints: import_places.py writes them."""
        told = import_places.Told()
        import_places.apply(tx, ctx, made.places, told)
        self.rows.update(told.how)
        self.things["place"].update(told.how)
        self.left_out += told.left
        self.gone += told.gone
        self.touched += told.touched
        self.columns += [
            {"layer": column.layer, "column": column.column, "read_as": column.read_as, "reason": column.reason}
            for source in made.places
            for column in source.columns
        ]

    def result(self) -> dict[str, Any]:
        order = ("new", "changed", "unchanged")
        return {
            **{how: self.rows[how] for how in order},
            "left_out": [_left_out(one) for one in self.left_out],
            "things": {kind: {how: counts[how] for how in order} for kind, counts in self.things.items()},
            "gone": self.gone[:GONE_NAMED],
            "gone_count": len(self.gone),
            "columns": self.columns,
        }


def _left_out(one: Left) -> dict[str, Any]:
    told = {"layer": one.layer, "row": one.row, "code": one.code, "reason": one.reason}
    return told if one.rows == 1 else {**told, "rows": one.rows}
