"""fault: something broken. Staff and guides alone read its words and photos; readers see a FaultNote on the thing."""

import datetime
from typing import Annotated, Literal

from msgspec import UNSET, Meta, UnsetType

from server.model.values import Id, Sha256, Text, Value, What

KEPT_WHEN_FIXED_DAYS = 14
"""How long a fixed fault still stands on its thing's body."""


class FaultSubject(Value, frozen=True, kw_only=True):
    """The thing that is broken."""

    kind: Literal["place", "facility", "route"]
    id: Id


ReportState = Literal["reported", "taken", "fixed", "closed"]
Photos = Annotated[tuple[Sha256, ...], Meta(max_length=3)]


class Shown(Value, frozen=True, kw_only=True):
    """What staff let everybody read of a report: its words, and which of its photos."""

    words: bool = False
    photos: Photos = ()


class Fault(Value, frozen=True, kw_only=True):
    """The body of kind "fault": one report. `since`: the day it came. Guides read it without who reported or took it. `answer`: what
    staff last said of it, which everybody reads while its note stands."""

    id: Id
    subject: FaultSubject
    what: What
    since: datetime.date
    state: ReportState
    text: str
    photos: tuple[Sha256, ...]
    reported_by: Literal["citizen", "guide"] | UnsetType = UNSET
    taken_by: str | UnsetType | None = UNSET
    answer: Text | None
    shown: Shown


class ReportFault(Value, frozen=True, kw_only=True):
    """args of report_fault."""

    what: What
    text: Annotated[str, Meta(max_length=500)] = ""
    photos: Photos = ()


class AnswerFault(Value, frozen=True, kw_only=True):
    """args of answer_fault. `taken` and `fixed` hold for every open report of the same on the same thing, `closed` for this one alone.
    null leaves what was said before: who takes it, the word back, what is shown."""

    state: Literal["taken", "fixed", "closed"]
    taken_by: Annotated[str, Meta(min_length=1, max_length=80)] | None = None
    answer: Text | None = None
    show: Shown | None = None
