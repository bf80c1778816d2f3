"""settings, the one thing "site": what makes this municipality's server its own, and what save_settings takes."""

import datetime
from typing import Annotated, Final, Literal

from msgspec import UNSET, Meta, UnsetType, field

from server.model.colours import Colours
from server.model.facility import Code
from server.model.hours import Hours
from server.model.values import Clock, Language, Line, Phone, Point, Sha256, Text, Value

SITE_ID = "site"

Lon = Annotated[float, Meta(ge=-180, le=180)]
Lat = Annotated[float, Meta(ge=-90, le=90)]
Bounds = tuple[Lon, Lat, Lon, Lat]
"""[west, south, east, north]"""
Land = Annotated[tuple[tuple[Line, ...], ...], Meta(max_length=500)]
"""Polygons, each of rings (the first is its shore, the others holes), each an encoded line that ends where it began."""


class Town(Value, frozen=True, kw_only=True):
    """A town to sort by where no position is given."""

    name: Text
    point: Point


class Help(Value, frozen=True, kw_only=True):
    """A number to ring, and when somebody answers."""

    what: Literal["municipality", "line", "crisis", "emergency"]
    name: Text
    phone: Phone
    hours: Hours | None = None


class Transport(Value, frozen=True, kw_only=True):
    """How transport on demand is ordered: `hours_ahead`, or before `deadline_local` the day before."""

    phone: Phone
    hours_ahead: Annotated[int, Meta(ge=0, le=336)] | None = None
    deadline_local: Clock | None = None
    hours: Hours | None = None
    price: Text | None = None


class Quiet(Value, frozen=True, kw_only=True):
    """Hours in which no phone is sent anything, local times; `from` after `to` runs over midnight."""

    from_: Clock = field(name="from")
    to: Clock


class Period(Value, frozen=True, kw_only=True):
    """From–to, both days inclusive: a school's holidays."""

    from_: datetime.date = field(name="from")
    to: datetime.date
    name: Text | None = None

    def __post_init__(self) -> None:
        if self.to < self.from_:
            raise ValueError("Ferien slutter, før den begynder.")


Needed = Annotated[int, Meta(ge=0, le=100)]
"""How many places must be in use before the map may be opened to all. 0: it may be opened empty."""
NEEDED: Final = 3
"""How many those are until the municipality says another number."""
SEEN_MONTHS: Final = 12
"""Within how many months a place was seen to be, where nobody has said another number."""
LaunchState = Literal["closed", "trial", "open"]
"""closed: nobody but those who log in sees the app. trial: whoever has the link too. open: everybody, and for good."""


class Launch(Value, frozen=True, kw_only=True):
    """How far a municipality is with opening its map. `opened_on`: the day, null while it is not open, and where nobody noted it.
    `by`: the day that the municipality has set itself."""

    state: LaunchState
    opened_on: datetime.date | None = None
    needed: Needed = NEEDED
    by: datetime.date | None = None


BEGINS: Final = Launch(state="closed")
"""How a municipality's own map begins: not a demo, which is open."""


class LaunchSet(Value, frozen=True, kw_only=True):
    """What save_settings changes of it: the members that are sent. `opened_on` is the server's own to set, and must be as it stands."""

    state: LaunchState | UnsetType = UNSET
    opened_on: datetime.date | UnsetType | None = UNSET
    needed: Needed | UnsetType = UNSET
    by: datetime.date | UnsetType | None = UNSET


class OpenTrial(Value, frozen=True, kw_only=True):
    """args of open_trial. The code stays with the one who made the link: `code_sha256` is the SHA-256 of its letters."""

    code_sha256: Sha256


Towns = Annotated[tuple[Town, ...], Meta(max_length=200)]
Helps = Annotated[tuple[Help, ...], Meta(max_length=20)]
Holidays = Annotated[tuple[datetime.date, ...], Meta(max_length=400)]
SchoolHolidays = Annotated[tuple[Period, ...], Meta(max_length=100)]
ShownCodes = Annotated[tuple[Code, ...], Meta(max_length=500)]
SeenMonths = Annotated[int, Meta(ge=1, le=120)]
Languages = Annotated[tuple[Language, ...], Meta(min_length=1, max_length=3)]
MunicipalityCode = Annotated[str, Meta(pattern=r"^[0-9]{3}$(?!\n)")]


class Site(Value, frozen=True, kw_only=True):
    """The body of settings/site. A new database has `code`, `name` and a closed `launch` alone. `shown_codes` null: all are shown.
    `colours` null: the look's own. `launch` null: open, as all were before there was one. `seen_months` null: SEEN_MONTHS.
    `events_at_once`: what an association makes is public without staff having looked at it."""

    name: Text
    code: MunicipalityCode
    demo: bool = False
    bounds: Bounds | None = None
    land: Land = ()
    towns: Towns = ()
    languages: Languages = ("da",)
    help: Helps = ()
    holidays: Holidays = ()
    shown_codes: ShownCodes | None = None
    transport: Transport | None = None
    quiet: Quiet | None = None
    colours: Colours | None = None
    launch: Launch | None = None
    seen_months: SeenMonths | None = None
    school_holidays: SchoolHolidays = ()
    events_at_once: bool = False

    @property
    def is_open(self) -> bool:
        """Whether everybody may open the map."""
        return self.launch is None or self.launch.state == "open"


class SiteSet(Value, frozen=True, kw_only=True):
    """The fields that save_settings may set; null empties. `demo` is no setting: it says where the data came from."""

    name: Text | UnsetType = UNSET
    code: MunicipalityCode | UnsetType = UNSET
    bounds: Bounds | UnsetType | None = UNSET
    land: Land | UnsetType | None = UNSET
    towns: Towns | UnsetType | None = UNSET
    languages: Languages | UnsetType | None = UNSET
    help: Helps | UnsetType | None = UNSET
    holidays: Holidays | UnsetType | None = UNSET
    shown_codes: ShownCodes | UnsetType | None = UNSET
    transport: Transport | UnsetType | None = UNSET
    quiet: Quiet | UnsetType | None = UNSET
    colours: Colours | UnsetType | None = UNSET
    launch: LaunchSet | UnsetType = UNSET
    seen_months: SeenMonths | UnsetType | None = UNSET
    school_holidays: SchoolHolidays | UnsetType | None = UNSET
    events_at_once: bool | UnsetType = UNSET


class SaveSettings(Value, frozen=True, kw_only=True):
    """args of save_settings."""

    set: SiteSet
