"""What a reminder says, in each language: nothing that must not stand on a locked screen. Moments are told as of when it is read first."""

import datetime
import re
from dataclasses import dataclass
from typing import Final

from server.model.day_names import DAYS, MONTHS
from server.model.moment import COPENHAGEN
from server.model.values import Language, Text

LANGUAGES: Final[tuple[Language, ...]] = ("da", "en", "de")
DATE: Final = {"da": "{day} den {n}. {month}", "en": "{day} {n} {month}", "de": "{day}, {n}. {month}"}
CLOCK: Final = {"da": "kl. {clock}", "en": "at {clock}", "de": "um {clock} Uhr"}
JOINED: Final = {"da": "{date} {clock}", "en": "{date} {clock}", "de": "{date}, {clock}"}
TODAY: Final = {"da": "i dag", "en": "today", "de": "heute"}
TOMORROW: Final = {"da": "i morgen", "en": "tomorrow", "de": "morgen"}
IN_AN_HOUR: Final = {"da": "Om en time, {clock}.", "en": "In an hour, {clock}.", "de": "In einer Stunde, {clock}."}
SOON: Final = {"da": "Om lidt, {clock}.", "en": "Soon, {clock}.", "de": "Gleich, {clock}."}
ORDER: Final = {
    "da": "Bestil flextur senest {by}, også turen hjem. Ring {phone}.",
    "en": "Book your ride (flextur) {by} at the latest, the trip home too. Call {phone}.",
    "de": "Bestelle die Fahrt (Flextur) bis spätestens {by}, auch den Heimweg. Ruf an: {phone}.",
}
FULL: Final = {
    "da": "Der er ikke flere pladser.",
    "en": "There are no places left.",
    "de": "Es gibt keine freien Plätze mehr.",
}
CANCELLED: Final = {"da": "Aflyst: {name}", "en": "Cancelled: {name}", "de": "Abgesagt: {name}"}
MOVED: Final = {"da": "Flyttet: {name}", "en": "Moved: {name}", "de": "Verlegt: {name}"}
NEWS: Final = {"da": "Nyt om: {name}", "en": "News: {name}", "de": "Neues: {name}"}
MOVED_TO: Final = {
    "da": "Flyttet til {new}. Det var {old}.",
    "en": "Moved to {new}. It was {old}.",
    "de": "Verlegt auf {new}. Geplant war {old}.",
}
NOW: Final = {"da": "Det er nu {new}.", "en": "It is now {new}.", "de": "Es ist jetzt {new}."}
WHERE: Final = {"da": "Sted: {where}.", "en": "Place: {where}.", "de": "Ort: {where}."}
NEXT: Final = {"da": "Næste gang er {new}.", "en": "The next time is {new}.", "de": "Das nächste Mal ist {new}."}
CLOSED: Final = {"da": "Lukket: {name}", "en": "Closed: {name}", "de": "Geschlossen: {name}"}
FROM: Final = {"da": "Fra {new}.", "en": "From {new}.", "de": "Ab {new}."}
FROM_TO: Final = {
    "da": "Fra {new} til og med {old}.",
    "en": "From {new} until {old}.",
    "de": "Von {new} bis {old}.",
}
MORE: Final = {
    "da": "Det gælder flere gange.",
    "en": "More times have changed.",
    "de": "Es betrifft mehrere Termine.",
}
WHY_MOST: Final = 200
"""Letters of a reason that are told; the app has all of it."""


@dataclass(frozen=True, slots=True)
class At:
    """When something is: its day here, and its moment where it is no whole day."""

    date: datetime.date
    start: datetime.datetime | None

    @classmethod
    def moment(cls, at: datetime.datetime) -> "At":
        return cls(at.astimezone(COPENHAGEN).date(), at)


Told = dict[str, Text]


def evening(name: Text, at: At, sent: datetime.datetime, *, full: bool = False) -> Told:
    """The evening before, or whenever it is told. `sent`: when it goes out."""
    return _text(name, {tongue: [_sentence(when(tongue, at, sent)), *_full(tongue, full)] for tongue in LANGUAGES})


def hour(name: Text, at: At, sent: datetime.datetime, *, full: bool = False) -> Told:
    """One hour before; where that is night, the evening before."""
    left = (at.start - sent) if at.start is not None else datetime.timedelta(days=1)
    body: dict[Language, list[str]] = {}
    for tongue in LANGUAGES:
        if at.start is None or left > datetime.timedelta(minutes=75):
            said = _sentence(when(tongue, at, sent))
        else:
            words = IN_AN_HOUR if left >= datetime.timedelta(minutes=45) else SOON
            said = words[tongue].format(clock=_clock(tongue, at.start))
        body[tongue] = [said, *_full(tongue, full)]
    return _text(name, body)


def transport(
    name: Text, at: At, sent: datetime.datetime, *, order_by: datetime.datetime, phone: str, full: bool = False
) -> Told:
    """In time to order transport: until when, and whom to ring; then when it is."""
    body: dict[Language, list[str]] = {}
    for tongue in LANGUAGES:
        by = At.moment(order_by)
        told = _clock(tongue, order_by) if by.date == _day(sent) else when(tongue, by, sent, short=True)
        order = ORDER[tongue].format(by=told, phone=_in_pairs(phone))
        body[tongue] = [order, _sentence(when(tongue, at, sent)), *_full(tongue, full)]
    return _text(name, body)


def cancelled(
    name: Text, at: At, sent: datetime.datetime, *, why: Text | None, more: bool, next_at: At | None = None
) -> Told:
    """It is off. `more`: and others of its times. `next_at`: when it is instead."""
    body: dict[Language, list[str]] = {}
    for tongue in LANGUAGES:
        further = [] if next_at is None else [NEXT[tongue].format(new=when(tongue, next_at, sent))]
        body[tongue] = [_sentence(when(tongue, at, sent)), *further, *_more(tongue, more), *_why(tongue, why)]
    return _text(name, body, CANCELLED)


def moved(name: Text, at: At, sent: datetime.datetime, *, was: At, why: Text | None, more: bool) -> Told:
    """It is at another time."""
    body: dict[Language, list[str]] = {}
    for tongue in LANGUAGES:
        said = MOVED_TO[tongue].format(new=when(tongue, at, sent), old=when(tongue, was, sent))
        body[tongue] = [said, *_more(tongue, more), *_why(tongue, why)]
    return _text(name, body, MOVED)


def as_it_is(name: Text, at: At, sent: datetime.datetime, *, where: Text | None, more: bool) -> Told:
    """It is then and there, whatever was said before."""
    body: dict[Language, list[str]] = {
        tongue: [NOW[tongue].format(new=when(tongue, at, sent)), *_where(tongue, where), *_more(tongue, more)]
        for tongue in LANGUAGES
    }
    return _text(name, body, NEWS)


def closed(name: Text, at: At, sent: datetime.datetime, *, until: At | None, why: Text | None) -> Told:
    """A place or a route is closed from a day on, which may be over already, until another one; None: nobody knows."""
    body: dict[Language, list[str]] = {}
    for tongue in LANGUAGES:
        first = when(tongue, at, sent, short=True)
        if until is None:
            said = FROM[tongue].format(new=first)
        elif until.date == at.date:
            said = _sentence(first)
        else:
            said = FROM_TO[tongue].format(new=first, old=when(tongue, until, sent, short=True))
        body[tongue] = [said, *_why(tongue, why)]
    return _text(name, body, CLOSED)


def when(tongue: Language, at: At, sent: datetime.datetime, *, short: bool = False) -> str:
    """As "i dag kl. 14", "i morgen, torsdag den 12. marts kl. 14" (`short`: "i morgen kl. 14"), "torsdag den 12. marts kl. 14"."""
    today = _day(sent)
    date = DATE[tongue].format(
        day=DAYS[tongue][at.date.weekday()], n=at.date.day, month=MONTHS[tongue][at.date.month - 1]
    )
    if at.date == today:
        date = TODAY[tongue]
    elif at.date == today + datetime.timedelta(days=1):
        date = TOMORROW[tongue] if short else f"{TOMORROW[tongue]}, {date}"
    return date if at.start is None else _joined(tongue, date, _clock(tongue, at.start))


def _joined(tongue: Language, date: str, clock: str) -> str:
    if tongue == "de" and date in (TODAY["de"], TOMORROW["de"]):
        return f"{date} {clock}"
    return JOINED[tongue].format(date=date, clock=clock)


def _clock(tongue: Language, at: datetime.datetime) -> str:
    local = at.astimezone(COPENHAGEN)
    if tongue == "en":
        return CLOCK["en"].format(clock=f"{local.hour}:{local.minute:02}")
    return CLOCK[tongue].format(clock=f"{local.hour}.{local.minute:02}" if local.minute else f"{local.hour}")


def _text(name: Text, body: dict[Language, list[str]], title: dict[str, str] | None = None) -> Told:
    titles = {
        tongue: named if title is None else title[tongue].format(name=named)
        for tongue in LANGUAGES
        for named in [_in(tongue, name)]
    }
    return {"title": Text(**titles), "body": Text(**{tongue: " ".join(said) for tongue, said in body.items()})}


def _in(tongue: Language, text: Text) -> str:
    """In that language, else in Danish."""
    found = getattr(text, tongue)
    return found if isinstance(found, str) else text.da


def _why(tongue: Language, why: Text | None) -> list[str]:
    if why is None:
        return []
    return [_cut(_in(tongue, why))]


def _cut(words: str) -> str:
    said = " ".join(words.split())
    return said if len(said) <= WHY_MOST else said[: WHY_MOST - 1].rstrip() + "…"


def _where(tongue: Language, where: Text | None) -> list[str]:
    return [] if where is None else [WHERE[tongue].format(where=_cut(_in(tongue, where)).rstrip("."))]


def _full(tongue: Language, full: bool) -> list[str]:
    return [FULL[tongue]] if full else []


def _more(tongue: Language, more: bool) -> list[str]:
    return [MORE[tongue]] if more else []


def _sentence(said: str) -> str:
    return f"{said[:1].upper()}{said[1:]}."


def _day(at: datetime.datetime) -> datetime.date:
    return at.astimezone(COPENHAGEN).date()


def _in_pairs(phone: str) -> str:
    """A Danish number as it is printed: "54 73 10 00"."""
    bare = re.sub(r"^(\+|00)45", "", re.sub(r"[\s-]", "", phone))
    return re.sub(r"(\d\d)(?=\d)", r"\1 ", bare) if re.fullmatch(r"\d{8}", bare) else phone
