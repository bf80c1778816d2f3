"""How many new anonymous ops an address may send in an hour. In memory alone: no address is ever written down."""

import time
from collections import OrderedDict, deque
from collections.abc import Callable

HOUR_S = 3600.0
ADDRESSES = 10_000
"""Addresses remembered; beyond, the least lately seen is forgotten (generous rather than full)."""


class Limits:
    """Counts what was new, not what was sent again: a phone that repeats itself after a cut is never punished for it."""

    def __init__(self, an_hour: int | None, clock: Callable[[], float] = time.monotonic) -> None:
        self._an_hour, self._clock = an_hour, clock
        self._seen: OrderedDict[str, deque[float]] = OrderedDict()

    def left(self, address: str) -> int | None:
        """How many new ops the address has left in this hour; None where there is no limit."""
        if self._an_hour is None:
            return None
        times = self._seen.get(address, deque())
        while times and times[0] <= self._clock() - HOUR_S:
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
