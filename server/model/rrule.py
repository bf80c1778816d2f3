"""An RRULE as text (RFC 5545, 3.3.10) to its parts, and back. What this server can not write out is refused in words.

Refused: a rule finer than a day (FREQ below DAILY), parts that RFC 5545 forbids together, numbers without sense or beyond measure."""

import datetime
import re
from dataclasses import dataclass
from typing import Final, Literal

Freq = Literal["DAILY", "WEEKLY", "MONTHLY", "YEARLY"]
DAYS: Final = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
TOO_FINE: Final = ("SECONDLY", "MINUTELY", "HOURLY")
COUNT_MOST: Final = 1000
INTERVAL_MOST: Final = 1000
NUMBERS: Final = {
    "BYMONTH": (1, 12),
    "BYWEEKNO": (-53, 53),
    "BYYEARDAY": (-366, 366),
    "BYMONTHDAY": (-31, 31),
    "BYSETPOS": (-366, 366),
    "BYHOUR": (0, 23),
    "BYMINUTE": (0, 59),
    "BYSECOND": (0, 59),
}
"""The lowest and highest of each list of numbers; 0 is in none that may count from the end."""
_ENDLESS: Final = 2200
"""A last day after this year is none: calendars write 9999 where a series has no end."""
_UNTIL_FIRST: Final = 1900
_ONLY_ONCE: Final = ("BYHOUR", "BYMINUTE", "BYSECOND")
_UNTIL: Final = re.compile(r"(\d{8})(T(\d{6})(Z?))?", re.ASCII)
_DAY: Final = re.compile(r"([+-]?\d{1,2})?(MO|TU|WE|TH|FR|SA|SU)", re.ASCII)


class RuleRefused(ValueError):
    """Why a rule or a schedule can not be used, in Danish. `at`: the member of Schedule that is wrong."""

    def __init__(self, words: str, at: str = "rrule") -> None:
        super().__init__(words)
        self.words, self.at = words, at


@dataclass(frozen=True, slots=True)
class Rule:
    """The parts of a rule. `until`: a day, a local moment (naive) or a UTC one, as it stands. `days`: (n, weekday from Monday = 0), n None:
    each. `numbers`: the BYxxx lists by name."""

    freq: Freq
    interval: int
    count: int | None
    until: datetime.date | datetime.datetime | None
    days: tuple[tuple[int | None, int], ...]
    numbers: dict[str, tuple[int, ...]]
    week_starts: int

    @property
    def plain(self) -> bool:
        """Whether nothing but its frequency and the first day say when it is."""
        return not self.days and not self.numbers


def parse(text: str) -> Rule:
    """The rule that a text is. Raises RuleRefused."""
    parts = _parts(text)
    freq = parts.pop("FREQ", "")
    if freq in TOO_FINE:
        raise RuleRefused("En begivenhed kan højst gentages én gang om dagen.")
    if freq not in ("DAILY", "WEEKLY", "MONTHLY", "YEARLY"):
        raise RuleRefused("Reglen siger ikke, om det er hver dag, uge, måned eller år (FREQ).")
    interval = _number("INTERVAL", parts.pop("INTERVAL", "1"), 1, INTERVAL_MOST)
    count = None if "COUNT" not in parts else _number("COUNT", parts.pop("COUNT"), 1, COUNT_MOST)
    until = None if "UNTIL" not in parts else _until(parts.pop("UNTIL"))
    if count is not None and until is not None:
        raise RuleRefused("Reglen har både et antal og en sidste dag. Vælg den ene (COUNT eller UNTIL).")
    starts = parts.pop("WKST", "MO")
    if starts not in DAYS:
        raise RuleRefused(f"WKST er en ugedag, som MO. Her står {starts}.")
    days = tuple(_day(one) for one in parts.pop("BYDAY", "").split(",") if one)
    numbers = {name: _list(name, parts.pop(name)) for name in NUMBERS if name in parts}
    if parts:
        raise RuleRefused(f"Reglen har en del, som ikke kendes: {next(iter(parts))}.")
    rule = Rule(freq, interval, count, until, days, numbers, DAYS.index(starts))  # type: ignore[arg-type]
    _together(rule)
    return rule


def text_of(rule: Rule) -> str:
    """The rule as text; `parse` reads the same out of it."""
    parts = [f"FREQ={rule.freq}"]
    if rule.interval != 1:
        parts.append(f"INTERVAL={rule.interval}")
    if rule.count is not None:
        parts.append(f"COUNT={rule.count}")
    if rule.until is not None:
        parts.append(f"UNTIL={_moment(rule.until)}")
    if rule.days:
        parts.append("BYDAY=" + ",".join(f"{'' if n is None else n}{DAYS[day]}" for n, day in rule.days))
    parts += [f"{name}={','.join(map(str, values))}" for name, values in rule.numbers.items()]
    if rule.week_starts:
        parts.append(f"WKST={DAYS[rule.week_starts]}")
    return ";".join(parts)


def _parts(text: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for part in text.strip().rstrip(";").upper().split(";"):
        name, is_, value = part.strip().partition("=")
        if not is_ or not value:
            raise RuleRefused(f"Reglen kan ikke læses ved »{part[:40]}«.")
        if name in found:
            raise RuleRefused(f"Reglen siger {name[:20]} to gange.")
        found[name] = value
    return found


def _number(name: str, text: str, low: int, high: int) -> int:
    if not re.fullmatch(r"[+-]?[0-9]{1,12}", text) or not low <= int(text) <= high:
        raise RuleRefused(f"{name} er et tal fra {low} til {high}. Her står {text[:20]}.")
    return int(text)


def _list(name: str, text: str) -> tuple[int, ...]:
    low, high = NUMBERS[name]
    found = tuple(dict.fromkeys(_number(name, one, low, high) for one in text.split(",")))
    if low < 0 and 0 in found:
        raise RuleRefused(f"{name} tæller fra 1, eller fra -1 bagfra. 0 findes ikke.")
    return found


def _day(text: str) -> tuple[int | None, int]:
    found = _DAY.fullmatch(text)
    if found is None or (found[1] is not None and not 1 <= abs(int(found[1])) <= 53):
        raise RuleRefused(f"BYDAY er ugedage som TU, 2TU eller -1FR. Her står {text[:20]}.")
    return None if found[1] is None else int(found[1]), DAYS.index(found[2])


def _until(text: str) -> datetime.date | datetime.datetime | None:
    """None for one so far ahead that it is none. What lies at either end of time can not be reckoned with in another zone."""
    found = _UNTIL.fullmatch(text)
    try:
        if found is None or int(text[:4]) < _UNTIL_FIRST:
            raise ValueError
        if int(text[:4]) > _ENDLESS:
            return None
        if found[2] is None:
            return datetime.date.fromisoformat(found[1])
        moment = datetime.datetime.fromisoformat(f"{found[1]}T{found[3]}")
    except ValueError:
        raise RuleRefused(f"UNTIL er en dag, som 20261224. Her står {text[:20]}.") from None
    return moment.replace(tzinfo=datetime.UTC) if found[4] else moment


def _moment(until: datetime.date | datetime.datetime) -> str:
    if not isinstance(until, datetime.datetime):
        return until.strftime("%Y%m%d")
    return until.strftime("%Y%m%dT%H%M%S") + ("" if until.tzinfo is None else "Z")


def _together(rule: Rule) -> None:
    """What RFC 5545 forbids, in its order."""
    counted = any(n is not None for n, _ in rule.days)
    if counted and (rule.freq not in ("MONTHLY", "YEARLY") or "BYWEEKNO" in rule.numbers):
        raise RuleRefused("»Den anden tirsdag« (2TU) kan kun siges om en måned eller et år.")
    if rule.freq == "WEEKLY" and "BYMONTHDAY" in rule.numbers:
        raise RuleRefused("BYMONTHDAY kan ikke bruges sammen med hver uge.")
    if rule.freq != "YEARLY" and "BYYEARDAY" in rule.numbers:
        raise RuleRefused("BYYEARDAY kan kun bruges sammen med hvert år.")
    if rule.freq != "YEARLY" and "BYWEEKNO" in rule.numbers:
        raise RuleRefused("BYWEEKNO kan kun bruges sammen med hvert år.")
    others = rule.days or rule.numbers.keys() - {"BYSETPOS", *_ONLY_ONCE}
    if "BYSETPOS" in rule.numbers and not others:
        raise RuleRefused("BYSETPOS vælger blandt andre dage. Der står ingen i reglen.")
    if any(len(rule.numbers.get(name, ())) > 1 for name in _ONLY_ONCE):
        raise RuleRefused("En begivenhed kan højst være én gang om dagen.")
