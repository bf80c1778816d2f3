"""How often an address may be wrong about a code or a passkey in an hour: ten times. In memory alone, forgotten after the hour."""

import time
from collections import OrderedDict, deque
from collections.abc import Callable
from typing import Final

from server.web.errors import Refused

HOUR_S: Final = 3600.0
WRONG_MOST: Final = 10
ADDRESSES: Final = 10_000
"""Addresses remembered; beyond, the one that was wrong longest ago is forgotten."""


class Tries:
    """Counts what was wrong, not what was right."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._wrong: OrderedDict[str, deque[float]] = OrderedDict()

    def allow(self, address: str) -> None:
        """Refused 429 where that address was wrong too often."""
        times, now = self._wrong.get(address, deque()), self._clock()
        while times and times[0] <= now - HOUR_S:
            times.popleft()
        if not times:
            self._wrong.pop(address, None)
        if len(times) >= WRONG_MOST:
            minutes = max(1, round((times[0] + HOUR_S - now) / 60))
            raise Refused(429, "too_many_tries", f"Det var forkert for mange gange. Prøv igen om {minutes} minutter.")

    def wrong(self, address: str) -> None:
        """One more."""
        self._wrong.setdefault(address, deque(maxlen=WRONG_MOST)).append(self._clock())
        self._wrong.move_to_end(address)
        while len(self._wrong) > ADDRESSES:
            self._wrong.popitem(last=False)
