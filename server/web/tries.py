"""How often somebody may be wrong about a code or a login in an hour. In memory alone, and let go of when the hour is over."""

import time
from collections import OrderedDict, deque
from collections.abc import Callable
from typing import Final

from server.web.errors import Refused

HOUR_S: Final = 3600.0
WRONG_MOST: Final = 10
"""Wrong codes of an address, and wrong answers by one passkey, whatever address they come from."""
WRONG_LOGINS: Final = 60
"""Wrong logins of an address: a town hall is behind one, and nobody is to be kept out by what colleagues do."""
REMEMBERED: Final = 10_000
"""Addresses and passkeys; beyond, the one that was wrong longest ago is forgotten."""


class Tries:
    """Counts what was wrong, not what was right. `who` is an address or a passkey, named with what it was wrong about."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._wrong: OrderedDict[str, deque[float]] = OrderedDict()  # the one that was wrong longest ago stands first

    def allow(self, who: str, most: int = WRONG_MOST) -> None:
        """Refused 429 where that one was wrong too often."""
        since = self._clock() - HOUR_S
        self._forget(since)
        times = [at for at in self._wrong.get(who, ()) if at > since]
        if len(times) >= most:
            minutes = max(1, round((times[-most] - since) / 60))
            raise Refused(429, "too_many_tries", f"Det var forkert for mange gange. Prøv igen om {minutes} minutter.")

    def wrong(self, who: str, most: int = WRONG_MOST) -> None:
        """One more."""
        self._forget(self._clock() - HOUR_S)
        self._wrong.setdefault(who, deque(maxlen=most)).append(self._clock())
        self._wrong.move_to_end(who)
        while len(self._wrong) > REMEMBERED:
            self._wrong.popitem(last=False)

    def known(self) -> int:
        """How many are remembered."""
        return len(self._wrong)

    def _forget(self, since: float) -> None:
        while self._wrong and next(iter(self._wrong.values()))[-1] <= since:
            self._wrong.popitem(last=False)
