"""What is found in a calendar: the shapes that its reader writes and that are kept until it goes in."""

from typing import Final, TypeAlias

from msgspec import UNSET, Struct, UnsetType

from server.model.calendar import CalendarRemark
from server.model.event import Change, Schedule, Theme
from server.model.values import Text, Url

Note: TypeAlias = CalendarRemark
"""Something that was not understood, or was read in another way than it stands; what it belongs to is taken in."""
Left: TypeAlias = CalendarRemark
"""An event that is not taken in: where it begins, and why."""


class Read(Struct, frozen=True, kw_only=True):
    """An event, all times in the municipality's own. `cancelled`: all of it is. `line`: where it begins."""

    uid: str
    line: int
    sequence: int
    name: Text
    about: Text | None
    where: Text | None
    url: Url | None
    themes: tuple[Theme, ...]
    schedule: Schedule
    changes: tuple[Change, ...] = ()
    cancelled: bool = False


class Calendar(Struct, frozen=True, kw_only=True):
    """A whole file. `passed`: the UIDs of events that were over long ago and are left aside. `whole`: nothing of it is missing or without
    its UID, so that what is not in it is gone from the calendar."""

    name: str | None
    reads: list[Read]
    left: list[Left]
    notes: list[Note]
    passed: list[str]
    whole: bool
    sha256: str | UnsetType = UNSET


REASONS: Final[dict[str, str]] = {
    "no_colon": "Linjen er ingen linje i en kalender (den har intet kolon), og er sprunget over.",
    "bad_line": "Linjen kan ikke læses og er sprunget over.",
    "not_utf8": "Teksten er ikke UTF-8 og er læst som Windows' bogstaver. Se efter æ, ø og å.",
    "cut": "Linjen er længere, end der læses, og er kortet af.",
    "not_closed": "Begivenheden er ikke afsluttet (END:VEVENT mangler). Den er taget, som den står.",
    "stray_end": "Linjen afslutter noget, der ikke er begyndt, og er sprunget over.",
    "outside": "Linjen står uden for kalenderen og er sprunget over.",
    "other_kind": "{count} opgaver, noter eller ledige tider er ikke begivenheder og er ikke læst.",
    "no_start": "Begivenheden siger ikke, hvornår den begynder (DTSTART mangler). Skriv en starttid i kalenderen.",
    "bad_start": "Starttiden »{value}« kan ikke læses. Ret den i kalenderen.",
    "no_name": "Begivenheden har intet navn (SUMMARY). Giv den et i kalenderen.",
    "private": "Begivenheden er privat i kalenderen og bliver der.",
    "bad_rule": "Gentagelsen »{value}« kan ikke bruges: {why}",
    "second_rule": "Begivenheden har flere gentagelser. Kun den første er brugt.",
    "same_uid": "Samme begivenhed står igen fra linje {other}. Den nyeste er taget.",
    "no_uid": "Begivenheden har intet kendemærke (UID). Flyttes den, kommer den som en ny.",
    "unknown_zone": "Tidszonen »{value}« kendes ikke. Tiden er taget som kommunens egen, og den vises som usikker.",
    "other_zone": "Tiderne står i en anden tidszone ({value}) og er regnet om til dansk tid.",
    "floating": "Kalenderen siger tidszonen {value}, men tider uden zone er taget som kommunens egen tid.",
    "bad_end": "Sluttiden »{value}« kan ikke læses. Der står ingen sluttid.",
    "end_before": "Begivenheden slutter, før den begynder. Der står ingen sluttid.",
    "many_days": "Begivenheden varer over et døgn og er taget som hele dage.",
    "too_many_days": "Begivenheden varer over {limit} dage. De første {limit} er taget.",
    "bad_day": "»{value}« er ingen dag, der kan bruges ({what}). Den er sprunget over.",
    "no_match": "»{value}« ({what}) er ingen af begivenhedens tider og ændrer intet.",
    "and_following": "En ændring gælder også de følgende gange. Kun den ene gang er ændret. Ret de andre her.",
    "too_many": "Der er over {limit} ({what}). De første {limit} er taget.",
    "no_series": "En enkelt gang af en serie, som ikke er i kalenderen, er taget som en begivenhed for sig.",
    "tentative": "Begivenheden er ikke endelig i kalenderen (TENTATIVE).",
    "shortened": "Teksten ({what}) er for lang og er kortet af.",
}
"""A code → its words. Those that are `Left` and those that are `Note` share them."""


def reason(code: str, **values: object) -> str:
    """The words of a code, filled in; what comes out of a file is shown short."""
    return REASONS[code].format(**{name: _short(value) for name, value in values.items()})


def _short(value: object) -> object:
    return value if not isinstance(value, str) or len(value) <= 160 else f"{value[:159]}…"
