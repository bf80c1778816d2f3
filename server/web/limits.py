"""How many new anonymous ops an address may send in an hour. In memory alone, and there for an hour: no address is ever written down."""

import asyncio
import math
import time
from collections import Counter, OrderedDict, deque
from collections.abc import Callable
from contextlib import suppress

from server.ops import AFTER_BUSY_S, Share

HOUR_S = 3600.0
ADDRESSES = 10_000
"""Addresses remembered; beyond, the least lately seen is forgotten (generous rather than full)."""


class Limits:
    """Counts what was new, not what was sent again: a phone that repeats itself after a cut is never punished for it. What a request may
    do is taken from the share before it runs, so that requests that run at once have one share between them."""

    def __init__(self, an_hour: int | None, clock: Callable[[], float] = time.monotonic) -> None:
        self._an_hour, self._clock = an_hour, clock
        self._seen: OrderedDict[str, deque[float]] = OrderedDict()  # the one that sent longest ago stands first
        self._out: Counter[str] = Counter()
        self._timer: asyncio.TimerHandle | None = None

    def take(self, address: str, ops: int) -> Share | None:
        """What a request of so many ops may do, as much as is left of it; `settle` when it is over. None where there is no limit."""
        if self._an_hour is None:
            return None
        now = self._clock()  # read once: an address that `forget` leaves must not be emptied a moment later
        self._forget(now - HOUR_S)
        times = self._seen.get(address, deque())
        while times and times[0] <= now - HOUR_S:
            times.popleft()
        out = self._out[address]
        taken = max(0, min(ops, self._an_hour - len(times) - out))
        self._out[address] += taken
        # While others of the address run, nobody knows what they leave.
        wait = AFTER_BUSY_S if out else math.ceil((times[0] if times else now) + HOUR_S - now)
        return Share(taken, taken, max(1, wait))

    def settle(self, address: str, share: Share | None, new: int) -> None:
        """Gives back what the request has not used: of what was taken for it, `new` ops were."""
        if share is None or self._an_hour is None:
            return
        self._out[address] -= share.taken
        if not self._out[address]:
            del self._out[address]
        if not new:
            return
        times = self._seen.setdefault(address, deque(maxlen=self._an_hour))
        times.extend([self._clock()] * new)
        self._seen.move_to_end(address)
        while len(self._seen) > ADDRESSES:
            self._seen.popitem(last=False)
        self._wake()

    def known(self) -> int:
        """How many addresses are remembered."""
        return len(self._seen.keys() | self._out.keys())

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
