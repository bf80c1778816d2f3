"""How Danish, English and German say when something is: the words and their order, one Speech each."""

import datetime
from abc import ABC, abstractmethod
from collections.abc import Collection, Sequence
from typing import ClassVar, Final

from server.model import day_names

WORKDAYS: Final = (0, 1, 2, 3, 4)
ALL_DAYS: Final = (0, 1, 2, 3, 4, 5, 6)


class Speech(ABC):
    """What a language says. `weekdays` count from Monday = 0, `which` from 1, and -1 is the last. What begins a sentence is written so;
    what follows begins with its own comma or space."""

    AND: ClassVar[str]
    as_listed: ClassVar[str]
    DAYS: ClassVar[tuple[str, ...]]
    MONTHS: ClassVar[tuple[str, ...]]

    @abstractmethod
    def daily(self, interval: int) -> str: ...
    @abstractmethod
    def weekly(self, interval: int, weekdays: tuple[int, ...]) -> str: ...
    @abstractmethod
    def monthly_on(self, interval: int, days: tuple[int, ...]) -> str:
        """On days of the month; (-1,) is its last day."""

    @abstractmethod
    def monthly(self, interval: int, which: tuple[int, ...], weekdays: tuple[int, ...]) -> str: ...
    @abstractmethod
    def yearly_on(self, interval: int, day: int, month: int) -> str: ...
    @abstractmethod
    def yearly(self, interval: int, which: tuple[int, ...], weekdays: tuple[int, ...], month: int) -> str: ...
    @abstractmethod
    def at(self, clock: str) -> str: ...
    @abstractmethod
    def only_in(self, months: tuple[int, ...]) -> str: ...
    @abstractmethod
    def skips(self, what: Collection[str]) -> str: ...
    @abstractmethod
    def count(self, n: int) -> str: ...
    @abstractmethod
    def until(self, day: datetime.date) -> str: ...
    @abstractmethod
    def not_on(self, days: Sequence[datetime.date], more: int) -> str:
        """`more`: how many others are not named; 0 or less: none."""

    @abstractmethod
    def also_on(self, days: Sequence[datetime.date], more: int) -> str: ...

    def listed(self, words: Sequence[str]) -> str:
        return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} {self.AND} {words[-1]}"

    def months(self, months: tuple[int, ...]) -> str:
        return self.listed([self.MONTHS[month - 1] for month in months])


class _Danish(Speech):
    AND = "og"
    as_listed = "På de dage, der står her"
    DAYS, MONTHS = day_names.DAYS["da"], day_names.MONTHS["da"]
    WHICH: ClassVar = {1: "første", 2: "anden", 3: "tredje", 4: "fjerde", 5: "femte", -1: "sidste"}

    def daily(self, interval: int) -> str:
        return {1: "Hver dag", 2: "Hver anden dag"}.get(interval, f"Hver {interval}. dag")

    def weekly(self, interval: int, weekdays: tuple[int, ...]) -> str:
        if interval == 1 and weekdays == ALL_DAYS:
            return self.daily(1)
        named = "mandag til fredag" if weekdays == WORKDAYS else self.listed([self.DAYS[day] for day in weekdays])
        if interval == 1:
            return f"Hver {named}" if weekdays != WORKDAYS else named.capitalize()
        if interval == 2 and len(weekdays) == 1:
            return f"Hver anden {named}"
        return f"Hver {'anden' if interval == 2 else f'{interval}.'} uge, {named}"

    def monthly_on(self, interval: int, days: tuple[int, ...]) -> str:
        month = {1: "hver måned", 2: "hver anden måned"}.get(interval, f"hver {interval}. måned")
        return f"Den {'sidste dag' if days == (-1,) else self.listed([f'{day}.' for day in days])} i {month}"

    def monthly(self, interval: int, which: tuple[int, ...], weekdays: tuple[int, ...]) -> str:
        month = {1: "måneden", 2: "hver anden måned"}.get(interval, f"hver {interval}. måned")
        return f"Den {self._which(which, weekdays)} i {month}"

    def yearly_on(self, interval: int, day: int, month: int) -> str:
        return f"{self._year(interval)} den {day}. {self.MONTHS[month - 1]}"

    def yearly(self, interval: int, which: tuple[int, ...], weekdays: tuple[int, ...], month: int) -> str:
        return f"{self._year(interval)} den {self._which(which, weekdays)} i {self.MONTHS[month - 1]}"

    def at(self, clock: str) -> str:
        hour, minute = clock.split(":")
        return f" kl. {int(hour)}" + ("" if minute == "00" else f".{minute}")

    def only_in(self, months: tuple[int, ...]) -> str:
        return f", kun i {self.months(months)}"

    def skips(self, what: Collection[str]) -> str:
        named = [words for one, words in (("school", "i skoleferier"), ("holidays", "på helligdage")) if one in what]
        return f", ikke {' eller '.join(named)}" if named else ""

    def count(self, n: int) -> str:
        return ", én gang" if n == 1 else f", {n} gange"

    def until(self, day: datetime.date) -> str:
        return f", til og med den {day.day}. {self.MONTHS[day.month - 1]} {day.year}"

    def not_on(self, days: Sequence[datetime.date], more: int) -> str:
        return f"Ikke {self._named(days, more)}"

    def also_on(self, days: Sequence[datetime.date], more: int) -> str:
        return f"Også {self._named(days, more)}"

    def _named(self, days: Sequence[datetime.date], more: int) -> str:
        words = [f"{self.DAYS[day.weekday()]} den {day.day}. {self.MONTHS[day.month - 1]}" for day in days]
        return self.listed([*words, f"{more} andre dage" if more > 1 else "en anden dag"] if more > 0 else words)

    def _which(self, which: tuple[int, ...], weekdays: tuple[int, ...]) -> str:
        day = "hverdag" if weekdays == WORKDAYS else self.DAYS[weekdays[0]]
        return f"{self.listed([self.WHICH[n] for n in which])} {day}"

    def _year(self, interval: int) -> str:
        return {1: "Hvert år", 2: "Hvert andet år"}.get(interval, f"Hvert {interval}. år")


class _English(Speech):
    AND = "and"
    as_listed = "On the days listed here"
    DAYS, MONTHS = day_names.DAYS["en"], day_names.MONTHS["en"]
    WHICH: ClassVar = {1: "first", 2: "second", 3: "third", 4: "fourth", 5: "fifth", -1: "last"}

    def daily(self, interval: int) -> str:
        return self._every(interval, "day")

    def weekly(self, interval: int, weekdays: tuple[int, ...]) -> str:
        if interval == 1 and weekdays == ALL_DAYS:
            return self.daily(1)
        named = "Monday to Friday" if weekdays == WORKDAYS else self.listed([self.DAYS[day] for day in weekdays])
        if interval == 1 and weekdays == WORKDAYS:
            return named
        if interval <= 2 and len(weekdays) == 1:
            return self._every(interval, named)
        return f"Every {named}" if interval == 1 else f"{self._every(interval, 'week')}, {named}"

    def monthly_on(self, interval: int, days: tuple[int, ...]) -> str:
        named = "last day" if days == (-1,) else self.listed([_ordinal(day) for day in days])
        return f"The {named} of {self._every(interval, 'month').lower()}"

    def monthly(self, interval: int, which: tuple[int, ...], weekdays: tuple[int, ...]) -> str:
        month = "the month" if interval == 1 else self._every(interval, "month").lower()
        return f"The {self._which(which, weekdays)} of {month}"

    def yearly_on(self, interval: int, day: int, month: int) -> str:
        return f"{self._every(interval, 'year')} on {day} {self.MONTHS[month - 1]}"

    def yearly(self, interval: int, which: tuple[int, ...], weekdays: tuple[int, ...], month: int) -> str:
        return f"{self._every(interval, 'year')} on the {self._which(which, weekdays)} of {self.MONTHS[month - 1]}"

    def at(self, clock: str) -> str:
        return f" at {clock}"

    def only_in(self, months: tuple[int, ...]) -> str:
        return f", only in {self.months(months)}"

    def skips(self, what: Collection[str]) -> str:
        told = (("school", "in the school holidays"), ("holidays", "on public holidays"))
        named = [words for one, words in told if one in what]
        return f", not {' or '.join(named)}" if named else ""

    def count(self, n: int) -> str:
        return ", once" if n == 1 else f", {n} times"

    def until(self, day: datetime.date) -> str:
        return f", until {day.day} {self.MONTHS[day.month - 1]} {day.year}"

    def not_on(self, days: Sequence[datetime.date], more: int) -> str:
        return f"Not on {self._named(days, more)}"

    def also_on(self, days: Sequence[datetime.date], more: int) -> str:
        return f"Also on {self._named(days, more)}"

    def _named(self, days: Sequence[datetime.date], more: int) -> str:
        words = [f"{self.DAYS[day.weekday()]} {day.day} {self.MONTHS[day.month - 1]}" for day in days]
        return self.listed([*words, f"{more} other days" if more > 1 else "one other day"] if more > 0 else words)

    def _which(self, which: tuple[int, ...], weekdays: tuple[int, ...]) -> str:
        day = "working day" if weekdays == WORKDAYS else self.DAYS[weekdays[0]]
        return f"{self.listed([self.WHICH[n] for n in which])} {day}"

    def _every(self, interval: int, what: str) -> str:
        return {1: f"Every {what}", 2: f"Every other {what}"}.get(interval, f"Every {interval} {what}s")


class _German(Speech):
    AND = "und"
    as_listed = "An den Tagen, die hier stehen"
    DAYS, MONTHS = day_names.DAYS["de"], day_names.MONTHS["de"]
    WHICH: ClassVar = {1: "ersten", 2: "zweiten", 3: "dritten", 4: "vierten", 5: "fünften", -1: "letzten"}

    def daily(self, interval: int) -> str:
        return {1: "Jeden Tag", 2: "Jeden zweiten Tag"}.get(interval, f"Alle {interval} Tage")

    def weekly(self, interval: int, weekdays: tuple[int, ...]) -> str:
        if interval == 1 and weekdays == ALL_DAYS:
            return self.daily(1)
        named = "Montag bis Freitag" if weekdays == WORKDAYS else self.listed([self.DAYS[day] for day in weekdays])
        if interval == 1:
            return named if weekdays == WORKDAYS else f"Jeden {named}"
        if interval == 2 and len(weekdays) == 1:
            return f"Jeden zweiten {named}"
        return f"Alle {'zwei' if interval == 2 else interval} Wochen, {named}"

    def monthly_on(self, interval: int, days: tuple[int, ...]) -> str:
        month = {1: "jedem Monat", 2: "jedem zweiten Monat"}.get(interval, f"jedem {interval}. Monat")
        return f"Am {'letzten Tag' if days == (-1,) else self.listed([f'{day}.' for day in days])} in {month}"

    def monthly(self, interval: int, which: tuple[int, ...], weekdays: tuple[int, ...]) -> str:
        month = {1: "im Monat", 2: "in jedem zweiten Monat"}.get(interval, f"in jedem {interval}. Monat")
        return f"Am {self._which(which, weekdays)} {month}"

    def yearly_on(self, interval: int, day: int, month: int) -> str:
        return f"{self._year(interval)} am {day}. {self.MONTHS[month - 1]}"

    def yearly(self, interval: int, which: tuple[int, ...], weekdays: tuple[int, ...], month: int) -> str:
        return f"{self._year(interval)} am {self._which(which, weekdays)} im {self.MONTHS[month - 1]}"

    def at(self, clock: str) -> str:
        hour, minute = clock.split(":")
        return f" um {int(hour)}" + ("" if minute == "00" else f".{minute}") + " Uhr"

    def only_in(self, months: tuple[int, ...]) -> str:
        return f", nur im {self.months(months)}"

    def skips(self, what: Collection[str]) -> str:
        told = (("school", "in den Schulferien"), ("holidays", "an Feiertagen"))
        named = [words for one, words in told if one in what]
        return f", nicht {' oder '.join(named)}" if named else ""

    def count(self, n: int) -> str:
        return ", einmal" if n == 1 else f", {n}-mal"

    def until(self, day: datetime.date) -> str:
        return f", bis zum {day.day}. {self.MONTHS[day.month - 1]} {day.year}"

    def not_on(self, days: Sequence[datetime.date], more: int) -> str:
        return f"Nicht am {self._named(days, more)}"

    def also_on(self, days: Sequence[datetime.date], more: int) -> str:
        return f"Auch am {self._named(days, more)}"

    def _named(self, days: Sequence[datetime.date], more: int) -> str:
        words = [f"{self.DAYS[day.weekday()]}, {day.day}. {self.MONTHS[day.month - 1]}" for day in days]
        others = f"an {more} anderen Tagen" if more > 1 else "an einem anderen Tag"
        return self.listed([*words, others] if more > 0 else words)

    def _which(self, which: tuple[int, ...], weekdays: tuple[int, ...]) -> str:
        day = "Werktag" if weekdays == WORKDAYS else self.DAYS[weekdays[0]]
        return f"{self.listed([self.WHICH[n] for n in which])} {day}"

    def _year(self, interval: int) -> str:
        return {1: "Jedes Jahr", 2: "Jedes zweite Jahr"}.get(interval, f"Alle {interval} Jahre")


def _ordinal(day: int) -> str:
    ending = "th" if 11 <= day <= 13 else {1: "st", 2: "nd", 3: "rd"}.get(day % 10, "th")
    return f"{day}{ending}"


DANISH: Final = _Danish()
ENGLISH: Final = _English()
GERMAN: Final = _German()
