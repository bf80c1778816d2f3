"""notice: a push that staff write, to who follows something. The body (public once it is sent: an archive), and the args of its verbs."""

from typing import Annotated, Literal

from msgspec import UNSET, Meta, UnsetType

from server.model.values import Id, Text, Value

NoticeKind = Literal["place", "event", "organiser", "area", "all"]
NoticeState = Literal["scheduled", "sending", "sent", "stopped"]


class NoticeTo(Value, frozen=True, kw_only=True):
    """Who gets it: followers of this. `id` null for all."""

    kind: NoticeKind
    id: Annotated[str, Meta(max_length=80)] | None = None


class NoticeStaff(Value, frozen=True, kw_only=True):
    """What staff alone read of a notice: who sends it, and, once it is over, how many devices it reached and why not the others
    (reason to number)."""

    by: str
    devices: int
    reached: int
    not_reached: dict[str, int]


class Notice(Value, frozen=True, kw_only=True):
    """The body of kind "notice". `at`: UTC, when it goes, or went, out. `staff` stands in the staff scope alone."""

    id: Id
    to: NoticeTo
    title: Text
    body: Text
    state: NoticeState
    at: str
    staff: NoticeStaff | UnsetType = UNSET


class SendNotice(Value, frozen=True, kw_only=True):
    """args of send_notice, to a new UUIDv7. `at` null: now, outside the quiet hours. `sure`: who sends knows that the same followers had
    one less than 24 hours ago."""

    to: NoticeTo
    title: Text
    body: Text
    at: str | None = None
    sure: bool = False


class Reach(Value, frozen=True, kw_only=True):
    """GET /api/v1/reach: how many devices a notice would go to, and to how many of them as a push. `last_at`: when the same followers last
    had one; `next_at`: when they get the next that is scheduled. `goes_at`: when one that is wanted at the moment asked about (now, where
    none is said) goes out, outside the quiet hours."""

    devices: int
    reached_by_push: int
    last_at: str | None
    next_at: str | None
    goes_at: str


class Progress(Value, frozen=True, kw_only=True):
    """GET /api/v1/notices/{id}: how far one is. `waiting` + `reached` + those that were `not_reached` (reason to number) are `devices`."""

    state: NoticeState
    devices: int
    waiting: int
    reached: int
    not_reached: dict[str, int]
