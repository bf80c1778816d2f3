"""Challenges that are out: 32 random bytes each, one use, five minutes, in memory alone. After a restart one begins anew."""

import secrets
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, Literal

HOLDS_S: Final = 300.0
MOST: Final = 2_000
"""So many may be out; the oldest goes first (a person who waited long begins anew)."""
Purpose = Literal["login", "invitation", "passkey"]


@dataclass(frozen=True, slots=True)
class Challenge:
    """`about`: whose answer it must be (an invitation's hash, a person's id); "" where anybody's."""

    purpose: Purpose
    about: str
    value: bytes
    until: float


class Challenges:
    """All that are out."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._out: OrderedDict[str, Challenge] = OrderedDict()

    def make(self, purpose: Purpose, about: str = "") -> tuple[str, bytes]:
        """(what it is asked for by, its bytes)."""
        name, value = secrets.token_urlsafe(16), secrets.token_bytes(32)
        self._out[name] = Challenge(purpose, about, value, self._clock() + HOLDS_S)
        while len(self._out) > MOST:
            self._out.popitem(last=False)
        return name, value

    def take(self, name: str, purpose: Purpose, about: str = "") -> bytes | None:
        """Its bytes, once; None where it is not out, is too old, or was made for something else."""
        found = self._out.pop(name, None)
        if found is None or found.until < self._clock() or (found.purpose, found.about) != (purpose, about):
            return None
        return found.value
