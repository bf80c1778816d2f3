"""The values that nouns are made of (docs/wire.md). Frozen; a field that is not known here is refused, never dropped."""

import datetime
import unicodedata
from typing import Annotated, Final, Generic, Literal, TypeVar

from msgspec import UNSET, Meta, Struct, UnsetType, field

T = TypeVar("T")

# `$(?!\n)`: Python's `$` also matches before a last newline, ECMAScript's does not; this reads alike in both.
END = r"$(?!\n)"

Id = Annotated[str, Meta(pattern=rf"^[0-9a-f]{{8}}-[0-9a-f]{{4}}-[0-9a-f]{{4}}-[0-9a-f]{{4}}-[0-9a-f]{{12}}{END}")]
"""A UUID as it travels: canonical, lower case."""
Sha256 = Annotated[str, Meta(pattern=rf"^[0-9a-f]{{64}}{END}")]
Slug = Annotated[str, Meta(pattern=rf"^[a-z0-9]+(-[a-z0-9]+)*{END}", max_length=80)]
Line = Annotated[str, Meta(min_length=1, max_length=200_000)]
"""An encoded polyline, precision 5, latitude first: see line.py."""
Point = tuple[Annotated[float, Meta(ge=-180, le=180)], Annotated[float, Meta(ge=-90, le=90)]]
"""[lon, lat] in WGS84, at most 6 decimals when it is sent."""
DENMARK = (7.5, 54.3, 15.6, 58.0)
"""[west, south, east, north]: where EPSG:25832, in which points are stored, is of use to a municipality."""
Words = Annotated[str, Meta(min_length=1, max_length=200)]
"""A plain string: a name, a source, a phone number."""
Phone = Annotated[str, Meta(min_length=1, max_length=40)]
Url = Annotated[str, Meta(pattern=r"^https?://[^\s]+" + END, max_length=500)]
Clock = Annotated[str, Meta(pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9]" + END)]
"""A local time of day, 00:00 to 23:59."""
ClockTo24 = Annotated[str, Meta(pattern=r"^(([01][0-9]|2[0-3]):[0-5][0-9]|24:00)" + END)]
DayOfYear = Annotated[
    str,
    Meta(
        pattern=r"^((0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])|(0[469]|11)-(0[1-9]|[12][0-9]|30)|02-(0[1-9]|[12][0-9]))"
        + END
    ),
]
"""MM-DD, 02-29 among them: it stands for the last day of February in years without one."""
Metres = Annotated[int, Meta(ge=0, le=10_000_000)]
Centimetres = Annotated[int, Meta(ge=0, le=10_000)]
Language = Literal["da", "en", "de"]
Surface = Literal["firm", "loose", "unpaved", "other"]

Prose = Annotated[str, Meta(min_length=1, max_length=4000)]


def in_denmark(point: Point) -> bool:
    """Whether a point lies in or about Denmark."""
    west, south, east, north = DENMARK
    return west <= point[0] <= east and south <= point[1] <= north


_LINES: Final = "\n\r\t"
_JOINING: Final = "\u00ad\u200c\u200d"
"""The soft hyphen, and what holds apart or together the letters of other alphabets and the parts of an emoji: they belong to words."""


def seen(words: str) -> bool:
    """Whether a sign of it can be seen."""
    return any(c.isprintable() and not c.isspace() for c in words)


def hidden(words: str) -> str | None:
    """The first sign that steers what is shown and is not seen itself, as U+202E, which turns the reading direction; None where there
    is none. Ends of lines and tabs are none."""
    if words.isascii() and words.isprintable():
        return None
    return next((c for c in words if c not in _LINES + _JOINING and unicodedata.category(c) in ("Cc", "Cf")), None)


class Value(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What every value is: frozen, named, and closed to fields that are not known."""


class Text(Value, frozen=True, kw_only=True):
    """Words by language, Danish always among them. Every word that staff or hosts wrote for readers is one."""

    da: Prose
    en: Prose | UnsetType = UNSET
    de: Prose | UnsetType = UNSET

    def __post_init__(self) -> None:
        for words in (self.da, self.en, self.de):
            if isinstance(words, str) and not seen(words):
                raise ValueError("Teksten er tom.")  # of signs that nobody sees, too


class Fact(Value, Generic[T], frozen=True, kw_only=True):
    """A value with who said so and when it was seen. Where nothing is known the fact itself is null: "ved ikke"."""

    value: T
    source: Words
    seen_on: datetime.date


class Season(Value, frozen=True, kw_only=True):
    """From–through each year, both days inclusive; `from` after `through` wraps the year."""

    from_: DayOfYear = field(name="from")
    through: DayOfYear


class Access(Value, frozen=True, kw_only=True):
    """What a body needs to get in. Centimetres are whole: a width is rounded down, a step up (measure.py)."""

    step_free: Fact[bool] | None = None
    width_cm: Fact[Centimetres] | None = None
    kerb_cm: Fact[Centimetres] | None = None
    gate_cm: Fact[Centimetres] | None = None
    slope_pct: Fact[Annotated[float, Meta(ge=0, le=100)]] | None = None
    door_cm: Fact[Centimetres] | None = None


class Contact(Value, frozen=True, kw_only=True):
    """Whom to ask. `role` is what readers are told this person is."""

    name: Words
    phone: Phone | None = None
    role: Text | None = None


class Photo(Value, frozen=True, kw_only=True):
    """`sha256` names the bytes that were sent; shown are /media/<sha256>-320.webp and -1280. `w`, `h` in pixels."""

    sha256: Sha256
    w: Annotated[int, Meta(ge=1, le=20_000)]
    h: Annotated[int, Meta(ge=1, le=20_000)]
    alt: Text
    credit: Annotated[str, Meta(max_length=200)]


class Closure(Value, frozen=True, kw_only=True):
    """Closed from–to, both days inclusive; `to` null: until further notice. `stretch_ids` null: all of it."""

    from_: datetime.date = field(name="from")
    to: datetime.date | None = None
    why: Text
    stretch_ids: tuple[Id, ...] | None = None

    def __post_init__(self) -> None:
        if self.to is not None and self.to < self.from_:
            raise ValueError("Spærringen slutter, før den begynder.")


class Approach(Value, frozen=True, kw_only=True):
    """The last way in, from a parking place, a stop or a road to the door."""

    from_: Literal["parking", "stop", "road"] = field(name="from")
    name: Text
    length_m: Metres
    surface: Fact[Surface] | None = None
    line: Line


What = Literal["broken", "sign_gone", "under_water", "toilet_closed", "litter", "other"]
FaultState = Literal["reported", "taken", "fixed"]


class FaultPhoto(Value, frozen=True, kw_only=True):
    """A citizen's photo that staff have accepted, served as a Photo is."""

    sha256: Sha256
    w: Annotated[int, Meta(ge=1, le=20_000)]
    h: Annotated[int, Meta(ge=1, le=20_000)]


class FaultNote(Value, frozen=True, kw_only=True):
    """What readers are told is broken: at most one for each `what`; `since` is the day of the first report. `words` (a citizen's) and
    `photos` are those that staff have accepted, `answer` is staff's word back. `closed`: it is "fixed" since there was nothing to mend."""

    what: What
    since: datetime.date
    state: FaultState
    words: str | UnsetType = UNSET
    photos: tuple[FaultPhoto, ...] | UnsetType = UNSET
    answer: Text | UnsetType = UNSET
    closed: Literal[True] | UnsetType = UNSET
