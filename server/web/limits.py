"""How many new anonymous ops an address may send in an hour. In memory alone, and there for an hour: no address is ever written down."""

import asyncio
import time
from collections import OrderedDict, deque
from collections.abc import Callable
from contextlib import suppress

HOUR_S = 3600.0
ADDRESSES = 10_000
"""Addresses remembered; beyond, the least lately seen is forgotten (generous rather than full)."""


class Limits:
    """Counts what was new, not what was sent again: a phone that repeats itself after a cut is never punished for it."""

    def __init__(self, an_hour: int | None, clock: Callable[[], float] = time.monotonic) -> None:
        self._an_hour, self._clock = an_hour, clock
        self._seen: OrderedDict[str, deque[float]] = OrderedDict()  # the one that sent longest ago stands first
        self._timer: asyncio.TimerHandle | None = None

    def left(self, address: str) -> int | None:
        """How many new ops the address has left in this hour; None where there is no limit."""
        if self._an_hour is None:
            return None
        since = self._clock() - HOUR_S  # read once: an address that `forget` leaves must not be emptied a moment later
        self._forget(since)
        times = self._seen.get(address, deque())
        while times and times[0] <= since:
            times.popleft()
        return max(0, self._an_hour - len(times))

    def count(self, address: str, new: int) -> None:
        """Notes `new` ops that were taken from the address."""
        if self._an_hour is None or not new:
            return
        times = self._seen.setdefault(address, deque(maxlen=self._an_hour))
        times.extend([self._clock()] * new)
        self._seen.move_to_end(address)
        while len(self._seen) > ADDRESSES:
            self._seen.popitem(last=False)
        self._wake()

    def known(self) -> int:
        """How many addresses are remembered."""
        return len(self._seen)

    def forget(self) -> None:
        """Lets go of every address that has sent nothing new for an hour."""
        self._forget(self._clock() - HOUR_S)

    def _forget(self, since: float) -> None:
        while self._seen and next(iter(self._seen.values()))[-1] <= since:
            self._seen.popitem(last=False)

    def _wake(self) -> None:
        """An hour after the last op of the address that is first, also where nobody sends anything more."""
        with suppress(RuntimeError):  # no loop runs: whoever counts without one forgets when it is next asked
            loop = asyncio.get_running_loop()
            if self._timer is not None or not self._seen:
                return
            wait = next(iter(self._seen.values()))[-1] + HOUR_S - self._clock()
            self._timer = loop.call_later(max(1.0, wait), self._woken)

    def _woken(self) -> None:
        self._timer = None
        self.forget()
        self._wake()
