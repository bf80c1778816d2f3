"""Challenges that are out: 32 random bytes each, one use, five minutes."""

import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, Literal

from server.login.out import Out

HOLDS_S: Final = 300.0
Purpose = Literal["login", "invitation", "passkey"]


@dataclass(frozen=True, slots=True)
class Challenge:
    """`about`: whose answer it must be (an invitation's hash, a session's id); "" where anybody's."""

    purpose: Purpose
    about: str
    value: bytes


class Challenges:
    """All that are out."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._out: Out[Challenge] = Out(HOLDS_S, clock)

    def make(self, purpose: Purpose, about: str = "", *, by: str = "") -> tuple[str, bytes]:
        """(what it is asked for by, its bytes). `by`: the address that asks."""
        value = secrets.token_bytes(32)
        return self._out.put(Challenge(purpose, about, value), by), value

    def take(self, name: str, purpose: Purpose, about: str = "") -> bytes | None:
        """Its bytes, once; None where it is not out, is too old, or was made for something else."""
        found = self._out.take(name)
        return found.value if found is not None and (found.purpose, found.about) == (purpose, about) else None
