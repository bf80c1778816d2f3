"""How far a phone has read: `epoch.seq`, and during a first read `epoch.seq.floor` (PROTOCOL.md, F5)."""

import re
from dataclasses import dataclass

_SHAPE = re.compile(r"([A-Za-z0-9_-]{1,64})\.(0|[1-9][0-9]{0,63})(?:\.(0|[1-9][0-9]{0,63}))?")
_EPOCH = re.compile(r"[A-Za-z0-9_-]{1,64}")


class BadCursor(Exception):
    """What can not be parsed: 422, code `bad_cursor`."""


class Resync(Exception):
    """The cursor is of another history: 410, code `resync`. The phone reads afresh beside its old copy."""


@dataclass(frozen=True, slots=True)
class Cursor:
    """`floor` is the head at page one of a first read: tombstones at or below it are left out."""

    epoch: str
    seq: int
    floor: int | None = None

    def __str__(self) -> str:
        return f"{self.epoch}.{self.seq}" if self.floor is None else f"{self.epoch}.{self.seq}.{self.floor}"


def parse(text: str) -> Cursor:
    """Raises BadCursor. Numbers are plain decimals; one far too large still parses, and is then above every head."""
    found = _SHAPE.fullmatch(text)
    if found is None:
        raise BadCursor(text[:80])
    epoch, seq, floor = found.groups()
    return Cursor(epoch, int(seq), None if floor is None else int(floor))


def check_epoch(epoch: str) -> str:
    """An epoch that fits into a cursor, else ValueError."""
    if _EPOCH.fullmatch(epoch) is None:
        raise ValueError(f"an epoch is 1-64 of A-Z a-z 0-9 _ -, not {epoch!r}")
    return epoch
