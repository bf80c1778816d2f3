"""The table of verbs: everything that changes anything, with the right and the credential that it needs."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final, Literal

from msgspec import Struct

from server.domain.calendar import RESULT, end_calendar, import_calendar, save_calendar
from server.domain.ctx import Ctx
from server.domain.device import follow, forget_device, save_push, skip, unfollow
from server.domain.done import Done
from server.domain.event.changing import change_time
from server.domain.event.moving import move_event
from server.domain.event.saving import save_event
from server.domain.event.splitting import split_event
from server.domain.facility import save_facility
from server.domain.fault import answer_fault, report_fault
from server.domain.importing.apply import apply_import
from server.domain.launch import open_trial
from server.domain.merge import merge
from server.domain.met import answer_met, ask_met, count_event, tell_after
from server.domain.notice import send_notice, stop_notice
from server.domain.organiser import save_organiser, set_organiser
from server.domain.person import end_person, end_session, hand_over, invite, remove_passkey, set_role
from server.domain.place import move_state, save_place
from server.domain.restore import restore
from server.domain.route import save_route
from server.domain.site import save_settings
from server.domain.withdraw import withdraw
from server.model.calendar import ImportCalendar, SaveCalendar
from server.model.device import AskMet, Follow, SavePush, Skip, TellAfter
from server.model.double import Merge
from server.model.event import ChangeTime, MoveEvent, SaveEvent, SplitEvent
from server.model.facility import SaveFacility
from server.model.fault import AnswerFault, ReportFault
from server.model.imports import ApplyImport
from server.model.met import AnswerMet, CountEvent
from server.model.notice import SendNotice
from server.model.organiser import SaveOrganiser, SetOrganiser
from server.model.person import HandOver, Invite, Nothing, Right, SetRole
from server.model.place import MoveState, SavePlace, Withdraw
from server.model.route import SaveRoute
from server.model.site import OpenTrial, SaveSettings
from sync.sql import Tx
from sync.wire import Subject

__all__ = ["VERBS", "Ctx", "Done", "Verb"]

Need = Literal["none", "device", "session"]
"""The credential that carries the right. The command line is somebody at the machine itself: it has all rights, but it is no phone."""


@dataclass(frozen=True, slots=True)
class Verb:
    """`run(tx, ctx, subject, args)` does it or raises Refused or TryLater; `args` is the Struct that it takes.

    `fresh`: who does it has logged in within the last minutes (model/person.FRESH_S).
    `subjects`: the kinds of thing that it is done to; every other one is refused. `result`: the members of what it answers with.
    Both stand in the table of sync/PROTOCOL.md. `based`: it takes the op's `base` after `args`; to every other verb a base is
    something that this version does not know. `makes_device`: a phone's first op may be this one (ctx.device is then its new row)."""

    name: str
    right: Right
    credential: Need
    args: type[Struct]
    run: Callable[..., Done]
    subjects: tuple[str, ...] = ()
    result: tuple[str, ...] = ()
    based: bool = False
    fresh: bool = False
    makes_device: bool = False

    def do(self, tx: Tx, ctx: Ctx, subject: Subject, args: Any, base: str | None) -> Done:
        """Does it. Raises Refused or TryLater. `base` is None where it takes none."""
        return self.run(tx, ctx, subject, args, *((base,) if self.based else ()))


THINGS = ("place", "facility", "route")
WITHDRAWN = (*THINGS, "organiser", "event")
FOLLOWED = ("event", "place", "organiser", "area", "settings")
SAVED = ("conflicts",)
COUNTED = (
    *("new", "changed", "unchanged", "left_out", "things", "gone", "gone_edited_count", "gone_count", "columns"),
    *("differences", "differences_count", "conflicts", "conflicts_count", "needed_count", "lacking", "lacking_count"),
)


VERBS: Final[dict[str, Verb]] = {
    verb.name: verb
    for verb in (
        Verb("report_fault", "public", "none", ReportFault, report_fault, THINGS),
        Verb("follow", "public", "device", Follow, follow, FOLLOWED, ("follow",), makes_device=True),
        Verb("unfollow", "public", "device", Nothing, unfollow, FOLLOWED),
        Verb("skip", "public", "device", Skip, skip, ("event",), ("skip",)),
        Verb("save_push", "public", "device", SavePush, save_push, ("device",), ("push",), makes_device=True),
        Verb("forget_device", "public", "device", Nothing, forget_device, ("device",)),
        Verb("ask_met", "public", "device", AskMet, ask_met, ("event",), ("met",), makes_device=True),
        Verb("tell_after", "public", "none", TellAfter, tell_after, ("event",)),
        Verb("answer_met", "organise", "session", AnswerMet, answer_met, ("event",)),
        Verb("count_event", "organise", "session", CountEvent, count_event, ("event",)),
        Verb("send_notice", "staff", "session", SendNotice, send_notice, ("notice",), ("goes_at",)),
        Verb("stop_notice", "staff", "session", Nothing, stop_notice, ("notice",)),
        Verb("answer_fault", "staff", "session", AnswerFault, answer_fault, ("fault",)),
        Verb("save_place", "staff", "session", SavePlace, save_place, ("place",), SAVED, based=True),
        Verb("save_facility", "staff", "session", SaveFacility, save_facility, ("facility",), SAVED, based=True),
        Verb("save_route", "staff", "session", SaveRoute, save_route, ("route",), SAVED, based=True),
        Verb("move_state", "staff", "session", MoveState, move_state, ("place",)),
        Verb("save_organiser", "staff", "session", SaveOrganiser, save_organiser, ("organiser",), SAVED, based=True),
        Verb("set_organiser", "admin", "session", SetOrganiser, set_organiser, ("person",)),
        Verb("save_event", "organise", "session", SaveEvent, save_event, ("event",), SAVED, based=True),
        Verb("move_event", "organise", "session", MoveEvent, move_event, ("event",), ("state",)),
        Verb("change_time", "organise", "session", ChangeTime, change_time, ("event",)),
        Verb("split_event", "organise", "session", SplitEvent, split_event, ("event",)),
        Verb("save_calendar", "organise", "session", SaveCalendar, save_calendar, ("calendar",)),
        Verb("end_calendar", "organise", "session", Nothing, end_calendar, ("calendar",)),
        Verb("import_calendar", "organise", "session", ImportCalendar, import_calendar, ("calendar",), RESULT),
        Verb("withdraw", "organise", "session", Withdraw, withdraw, WITHDRAWN),
        Verb("restore", "organise", "session", Nothing, restore, WITHDRAWN),
        Verb("merge", "staff", "session", Merge, merge, ("place", "facility")),
        Verb("apply_import", "staff", "session", ApplyImport, apply_import, ("settings",), COUNTED),
        Verb("save_settings", "admin", "session", SaveSettings, save_settings, ("settings",)),
        Verb("open_trial", "admin", "session", OpenTrial, open_trial, ("settings",)),
        Verb("invite", "admin", "session", Invite, invite, ("person",), ("ends_at",), fresh=True),
        Verb("set_role", "admin", "session", SetRole, set_role, ("person",), fresh=True),
        Verb("end_person", "admin", "session", Nothing, end_person, ("person",), fresh=True),
        Verb("hand_over", "signed_in", "session", HandOver, hand_over, ("person",), ("ends_at",), fresh=True),
        Verb("end_session", "signed_in", "session", Nothing, end_session, ("session",)),
        Verb("remove_passkey", "signed_in", "session", Nothing, remove_passkey, ("passkey",), fresh=True),
    )
}
