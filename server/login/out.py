"""What is out and awaited back: kept in memory alone, by a random name, for so long, and good once. After a restart one begins anew."""

import secrets
import time
from collections import OrderedDict
from collections.abc import Callable
from typing import Final, Generic, TypeVar

T = TypeVar("T")
MOST: Final = 2_000
"""So many may be out. Beyond, the oldest goes of whoever has the most: who asks without end pushes out nobody else's."""


class Out(Generic[T]):
    """`holds_s`: seconds that each is awaited. `clock`: seconds that never go back."""

    def __init__(self, holds_s: float, clock: Callable[[], float] = time.monotonic, most: int = MOST) -> None:
        self._holds_s, self._clock, self._most = holds_s, clock, most
        self._out: OrderedDict[str, tuple[float, str, T]] = OrderedDict()  # all wait equally long: the first ends first
        self._of: dict[str, OrderedDict[str, None]] = {}

    def put(self, what: T, by: str) -> str:
        """Its name, which nobody can guess. `by`: whose it counts as."""
        while self._out and next(iter(self._out.values()))[0] < self._clock():
            self._forget(next(iter(self._out)))
        name = secrets.token_urlsafe(32)
        self._out[name] = (self._clock() + self._holds_s, by, what)
        self._of.setdefault(by, OrderedDict())[name] = None
        if len(self._out) > self._most:
            most = max(self._of, key=lambda by: len(self._of[by]))
            self._forget(next(iter(self._of[most])))
        return name

    def take(self, name: str) -> T | None:
        """What went out by that name, once; None where it is not out, or was for too long."""
        if name not in self._out:
            return None
        until, what = self._forget(name)
        return what if until >= self._clock() else None

    def _forget(self, name: str) -> tuple[float, T]:
        until, by, what = self._out.pop(name)
        del self._of[by][name]
        if not self._of[by]:
            del self._of[by]
        return until, what
