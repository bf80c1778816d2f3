"""Opening hours (docs/wire.md), as schema.org's OpeningHoursSpecification has them. The phone counts what is open when."""

import datetime
from typing import Annotated, Literal

from msgspec import UNSET, Meta, UnsetType, field

from server.model.values import Clock, ClockTo24, DayOfYear, Text, Value, Words

Day = Literal["mo", "tu", "we", "th", "fr", "sa", "su"]


def _not_equal(opens: str, closes: str) -> None:
    """closes < opens runs over midnight and 00:00–24:00 is all day; equal could mean either, so it means neither."""
    if opens == closes:
        raise ValueError("Åbner og lukker på samme tid. Hele døgnet skrives 00:00–24:00.")


class Weekly(Value, frozen=True, kw_only=True):
    """A period of each week, perhaps in a part of the year alone (`from` after `through` wraps the year)."""

    days: Annotated[tuple[Day, ...], Meta(min_length=1, max_length=7)]
    opens: Clock
    closes: ClockTo24
    from_: DayOfYear | UnsetType = field(name="from", default=UNSET)
    through: DayOfYear | UnsetType = UNSET

    def __post_init__(self) -> None:
        _not_equal(self.opens, self.closes)
        if (self.from_ is UNSET) != (self.through is UNSET):
            raise ValueError("Skriv både første og sidste dag (from og through), eller ingen af dem.")


class Except(Value, frozen=True, kw_only=True):
    """One date that is otherwise: it replaces the periods that begin on it. Both times null: closed that day."""

    date: datetime.date
    opens: Clock | None = None
    closes: ClockTo24 | None = None

    def __post_init__(self) -> None:
        if (self.opens is None) != (self.closes is None):
            raise ValueError("Skriv både åbner og lukker, eller ingen af dem (lukket hele dagen).")
        if self.opens is not None and self.closes is not None:
            _not_equal(self.opens, self.closes)


class Hours(Value, frozen=True, kw_only=True):
    """`weekly` null is the explicit "ved ikke", with source and date. `holidays` null: on a holiday "ved ikke"."""

    weekly: Annotated[tuple[Weekly, ...], Meta(max_length=100)] | None
    holidays: Literal["closed", "open"] | None = None
    except_: Annotated[tuple[Except, ...], Meta(max_length=400)] = field(name="except", default=())
    note: Text | None = None
    source: Words
    seen_on: datetime.date
