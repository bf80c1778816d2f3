"""The table of verbs: everything that changes anything, with the right and the credential that it needs."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final, Literal

from msgspec import Struct

from server.domain.ctx import Ctx
from server.domain.done import Done
from server.domain.fault import report_fault
from server.domain.imports import apply_import
from server.domain.place import move_state, save_place
from server.domain.site import save_settings
from server.domain.withdraw import withdraw
from server.model.fault import ReportFault
from server.model.imports import ApplyImport
from server.model.place import MoveState, SavePlace, Withdraw
from server.model.site import SaveSettings
from sync.sql import Tx
from sync.wire import Subject

__all__ = ["VERBS", "Ctx", "Done", "Verb"]

Right = Literal["public", "staff", "admin"]
Need = Literal["none", "session"]
"""The credential that carries the right. The command line is somebody at the machine itself and has them all."""


@dataclass(frozen=True, slots=True)
class Verb:
    """`run(tx, ctx, subject, args)` does it or raises Refused or TryLater; `args` is the Struct that it takes.

    `subjects`: the kinds of thing that it is done to; every other one is refused. `result`: the members of what it answers with.
    Both stand in the table of sync/PROTOCOL.md."""

    name: str
    right: Right
    credential: Need
    args: type[Struct]
    run: Callable[[Tx, Ctx, Subject, Any], Done]
    subjects: tuple[str, ...] = ()
    result: tuple[str, ...] = ()


THINGS = ("place", "facility", "route")
COUNTED = ("new", "changed", "unchanged", "left_out", "things", "gone", "gone_count")


VERBS: Final[dict[str, Verb]] = {
    verb.name: verb
    for verb in (
        Verb("report_fault", "public", "none", ReportFault, report_fault, THINGS),
        Verb("save_place", "staff", "session", SavePlace, save_place, ("place",), ("conflicts",)),
        Verb("move_state", "staff", "session", MoveState, move_state, ("place",)),
        Verb("withdraw", "staff", "session", Withdraw, withdraw, THINGS),
        Verb("apply_import", "staff", "session", ApplyImport, apply_import, ("settings",), COUNTED),
        Verb("save_settings", "admin", "session", SaveSettings, save_settings, ("settings",)),
    )
}
