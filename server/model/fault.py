"""fault: something broken. Staff and guides alone read its words and photos; readers see a FaultNote on the thing."""

import datetime
from typing import Annotated, Literal

from msgspec import UNSET, Meta, UnsetType

from server.model.values import FaultState, Id, Sha256, Value, What

KEPT_WHEN_FIXED_DAYS = 14
"""How long a fixed fault still stands on its thing's body."""


class FaultSubject(Value, frozen=True, kw_only=True):
    """The thing that is broken."""

    kind: Literal["place", "facility", "route"]
    id: Id


class Fault(Value, frozen=True, kw_only=True):
    """The body of kind "fault": one report. `since`: the day it came. Guides read it without who reported or took it."""

    id: Id
    subject: FaultSubject
    what: What
    since: datetime.date
    state: FaultState
    text: str
    photos: tuple[Sha256, ...]
    reported_by: Literal["citizen", "guide"] | UnsetType = UNSET
    taken_by: str | UnsetType | None = UNSET
    answer: str | None


class ReportFault(Value, frozen=True, kw_only=True):
    """args of report_fault."""

    what: What
    text: Annotated[str, Meta(max_length=500)] = ""
    photos: Annotated[tuple[Sha256, ...], Meta(max_length=3)] = ()
