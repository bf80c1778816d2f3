"""apply_import: a file that was read (formats/geodata.py) becomes facilities and routes, in one transaction.

Once in, twice the same: importing again changes nothing. What is withdrawn here stays so. What the register no longer has is told,
not deleted.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any, Literal, TypeVar

import msgspec

from server.domain.ctx import Ctx
from server.domain.done import Done
from server.domain.import_rows import Prepared, prepare
from server.domain.refusal import Refused
from server.formats import geodata, rows
from server.formats.reasons import left
from server.formats.rows import Left
from server.model.imports import ApplyImport
from server.store import facility, imports, route
from server.store.facility import FacilityRow
from server.store.route import RouteRow
from sync.sql import Tx

GONE_NAMED = 200
Kind = Literal["facility", "route"]
R = TypeVar("R", FacilityRow, RouteRow)


def apply_import(tx: Tx, ctx: Ctx, subject: object, args: ApplyImport) -> Done:
    """The verb. Raises `Refused` where the file's lines are not there or not whole."""
    path = geodata.lines_of(ctx.data_dir, args.blob)
    try:
        prepared = prepare(rows.read(path), args.source)
    except FileNotFoundError as reason:
        raise Refused(
            "invalid", "Filen er ikke læst, eller dens linjer er væk. Læs den igen.", at="/args/blob"
        ) from reason
    except (rows.NotWhole, msgspec.MsgspecError, ValueError) as reason:
        raise Refused("invalid", f"Filens linjer er ikke hele ({reason}). Læs den igen.", at="/args/blob") from reason
    return apply(tx, prepared)


def apply(tx: Tx, prepared: Prepared) -> Done:
    """Writes what was prepared. `Done.result`: `new`, `changed`, `unchanged` count rows of the file, `left_out` names each other
    row (or `rows` of them at once), and all of them add up to what was in the file. `things` counts what came of it by kind, `gone`
    names what the register no longer has."""
    told = _Told(list(prepared.left))
    told.put(tx, "facility", prepared.facilities, facility.upsert)
    told.put(tx, "route", prepared.routes, route.upsert)
    return Done(touched=told.touched, result=told.result())


class _Told:
    """What is said of an import while it runs."""

    def __init__(self, left_out: list[Left]) -> None:
        self.left_out = left_out
        self.rows: Counter[str] = Counter()
        self.things: dict[Kind, Counter[str]] = {"facility": Counter(), "route": Counter()}
        self.gone: list[dict[str, str]] = []
        self.touched: list[tuple[str, str]] = []

    def put(
        self, tx: Tx, kind: Kind, things: Sequence[tuple[R, list[tuple[str, int]]]], upsert: Callable[[Tx, R], str]
    ) -> None:
        held = {
            id: one
            for source in {row.source for row, _ in things}
            for id, one in imports.held(tx, kind, source).items()
        }
        for row, at in things:
            had = held.pop(row.id, None)
            if had is not None and had.withdrawn:
                self.left_out += [left(*one, "withdrawn") for one in at]
                continue
            how = upsert(tx, row)
            self.rows[how] += len(at)
            self.things[kind][how] += 1
            if how != "unchanged":
                self.touched.append((kind, row.id))
        self.gone += [{"kind": kind, "id": id, "name": one.name} for id, one in held.items() if not one.withdrawn]

    def result(self) -> dict[str, Any]:
        order = ("new", "changed", "unchanged")
        return {
            **{how: self.rows[how] for how in order},
            "left_out": [_left_out(one) for one in self.left_out],
            "things": {kind: {how: counts[how] for how in order} for kind, counts in self.things.items()},
            "gone": self.gone[:GONE_NAMED],
            "gone_count": len(self.gone),
        }


def _left_out(one: Left) -> dict[str, Any]:
    told = {"layer": one.layer, "row": one.row, "code": one.code, "reason": one.reason}
    return told if one.rows == 1 else {**told, "rows": one.rows}
