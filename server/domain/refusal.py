"""What a verb may answer besides done. A refusal is final and remembered; `later` is neither."""

import datetime
from collections.abc import Iterable
from typing import Any, Literal

from server.model.day_names import MONTHS

Code = Literal[
    "invalid",
    "too_long",
    "too_many",
    "forbidden",
    "unknown_subject",
    "gone",
    "not_ready",
    "in_use",
    "bad_step",
    "conflict",
    "login_again",
    "again_soon",
]
LaterCode = Literal["busy", "unknown_verb", "blocked", "blob_missing", "rate_limited", "full"]


class Refused(Exception):
    """Refused for good. `at`: JSON pointer into the op. `extra`: what the code carries besides (missing, place_ids, name, on)."""

    def __init__(
        self, code: Code, detail: str, *, at: str | None = None, limit: int | None = None, **extra: Any
    ) -> None:
        super().__init__(code)
        self.code, self.detail, self.at, self.limit, self.extra = code, detail, at, limit, extra


class TryLater(Exception):
    """Not now: the phone keeps the op and sends it again; what follows of the same subject waits."""

    def __init__(self, code: LaterCode, retry_after_s: int | None = None) -> None:
        super().__init__(code)
        self.code, self.retry_after_s = code, retry_after_s


FIELDS = {
    "where": "hvor stedet er",
    "amenities": "hvad der er (faciliteter)",
    "ground": "hvad man går på (underlag)",
    "purpose": "hvad stedet er til (formål)",
    "activities": "hvad man kan lave (mulighed for aktiviteter)",
    "point": "et punkt på kortet",
    "route_id": "en rute, som alle kan se",
    "hours": "åbningstider (skriv gerne, at de er ukendte)",
    "url": "en adresse på nettet eller et telefonnummer",
    "place_id": "hvor det er (et sted eller en rute, som alle kan se, en adresse på nettet, eller ord)",
    "schedule": "hvornår det er",
}
"""What staff call the fields that a place or an event needs to be published."""


def day(on: datetime.date) -> str:
    """3. marts 2026"""
    return f"{on.day}. {MONTHS['da'][on.month - 1]} {on.year}"


def gone(name: str, on: datetime.date) -> Refused:
    """The thing was withdrawn or dissolved."""
    return Refused(
        "gone", f"{name} er der ikke mere. Det blev taget af listen den {day(on)}.", name=name, on=on.isoformat()
    )


def not_ready(lacks: Iterable[str], what: str = "Stedet") -> Refused:
    """The place, or `what` else, lacks something that readers must have."""
    fields = tuple(lacks)
    return Refused("not_ready", f"{what} mangler: {_and([FIELDS[f] for f in fields])}.", missing=fields)


def unknown(what: str) -> Refused:
    """No such thing, or none that this credential may know of."""
    return Refused("unknown_subject", f"{what} findes ikke her.", at="/subject")


def invalid(at: str, detail: str) -> Refused:
    """A value that can not be right, and where it stands in the op."""
    return Refused("invalid", detail, at=at)


def _and(words: list[str]) -> str:
    return " og ".join([", ".join(words[:-1]), words[-1]]) if len(words) > 1 else words[0]
