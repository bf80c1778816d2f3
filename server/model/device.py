"""A citizen's phone that asked to be reminded: what it follows, how it is reached, and the args of what it does. It has no name."""

import datetime
from typing import Annotated, Final, Literal

from msgspec import Meta

from server.model.values import Id, Language, Text, Value

When = Literal["evening", "transport", "hour"]
"""The evening before; in time to order transport; one hour before."""
Followed = Literal["event", "place", "organiser", "area", "settings"]
"""What can be followed. area: round a town, its id the slug of the town's Danish name. settings (site): all of it."""
FOLLOWS_MOST: Final = 200
"""How many things one device follows."""
SKIPS_MOST: Final = 400
"""How many times it may skip at once."""
SILENT_MONTHS: Final = 12
"""After so long without a word from it a device is forgotten."""
MET_KEPT_H: Final = 48
"""Hours after an occurrence for which it is known that somebody asked to be met."""

Whens = Annotated[tuple[When, ...], Meta(max_length=3)]
Base64Url = Annotated[str, Meta(pattern=r"^[A-Za-z0-9+/_=-]+$(?!\n)", max_length=200)]


class Follow(Value, frozen=True, kw_only=True):
    """args of follow. `when` empty: told of changes alone. `only`: of a series, the time that the rule gives on this day alone."""

    when: Whens
    only: datetime.date | None = None


class Skip(Value, frozen=True, kw_only=True):
    """args of skip: not reminded of the time of `day` (the day on which the rule gives it); `skip` false takes it back."""

    day: datetime.date
    skip: bool = True


class SavePush(Value, frozen=True, kw_only=True):
    """args of save_push: where this phone is reached, as its browser says (PushSubscription.toJSON), null where it is no more.
    `key`: the VAPID public key that the subscription was made with, base64url."""

    endpoint: Annotated[str, Meta(min_length=1, max_length=1024)] | None
    p256dh: Base64Url | None = None
    auth: Base64Url | None = None
    key: Base64Url | None = None
    lang: Language = "da"


class AskMet(Value, frozen=True, kw_only=True):
    """args of ask_met: "Jeg vil gerne mødes ved døren", at the time of `day`; `asks` false takes it back."""

    day: datetime.date
    asks: bool = True


class TellAfter(Value, frozen=True, kw_only=True):
    """args of tell_after: how it was, by nobody in particular. not_there: "Jeg kom ikke, og det er i orden"."""

    day: datetime.date
    how: Literal["good", "so_so", "not_for_me", "not_there"]


class MyFollow(Value, frozen=True, kw_only=True):
    """One thing that the device follows."""

    kind: Followed
    id: str
    when: Whens
    only: datetime.date | None
    since: datetime.date


class MySkip(Value, frozen=True, kw_only=True):
    """A time of which the device is not reminded."""

    event_id: Id
    day: datetime.date


class MyMet(Value, frozen=True, kw_only=True):
    """A time at which the device asked to be met, and the host's answer to all who did."""

    event_id: Id
    day: datetime.date
    answer: Text | None
    answered_at: str | None


class MyAnswer(Value, frozen=True, kw_only=True):
    """What became of something that this device sent in and staff decide."""

    op_id: Id
    state: str
    words: Text | None
    on: datetime.date


class Mine(Value, frozen=True, kw_only=True):
    """GET /api/v1/mine: what the server holds of this device. `vapid_key`: the one to subscribe with. `push`: it holds where this phone is
    reached; `push_key`: the VAPID key that this was made with. Never the address itself."""

    follows: tuple[MyFollow, ...]
    skips: tuple[MySkip, ...]
    met: tuple[MyMet, ...]
    answers: tuple[MyAnswer, ...]
    vapid_key: str
    push: bool
    push_key: str | None
