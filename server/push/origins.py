"""How much each push service is asked at once, and when it is left alone: one that is busy or broken holds back its own phones alone."""

import asyncio
import random
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Final

from server.store.push import Closed

AT_ONCE: Final = 64
"""Requests to one push service at a time."""
IN_A_ROW: Final = 5
"""So many failures, with nothing that came through between them, and it is left alone: before, it may be one phone's own."""
FIRST_S: Final = 10.0
MOST_S: Final = 15 * 60.0
"""How long it is left alone after the first time, which doubles, and at most where it does not say itself."""
KNOWN: Final = 1000
"""So many are remembered, whatever becomes of them: a push service may have a name for each phone."""
LONGEST_S: Final = 24 * 3600.0
"""What it says itself is believed up to a day."""


@dataclass(slots=True)
class Origin:
    """One push service. `until`: left alone till then, by the monotonic clock; `failures` in a row; `times` that it was closed in a row;
    `since`: nothing came through."""

    most: int = AT_ONCE
    busy: int = 0
    until: float = 0.0
    failures: int = 0
    times: int = 0
    since: datetime | None = None
    why: str = ""
    waiting: deque[asyncio.Future[None]] = field(default_factory=deque)


class Origins:
    """All of them. `clock` only goes on; `wall` is the time of day (UTC), which is written down."""

    def __init__(
        self,
        clock: Callable[[], float] = time.monotonic,
        wall: Callable[[], datetime] = lambda: datetime.now(UTC),
        draw: Callable[[], float] = random.random,
    ) -> None:
        self._clock, self._wall, self._draw = clock, wall, draw
        self._known: dict[str, Origin] = {}
        self._changed: dict[str, Closed | None] = {}

    def remember(self, closed: list[Closed]) -> None:
        """What was written down before this process began."""
        for one in closed:
            left = min(max((one.until - self._wall()).total_seconds(), 0.0), LONGEST_S)
            self._known[one.origin] = Origin(
                most=1, until=self._clock() + left, times=one.failures, since=one.since, why=one.why
            )

    def closed(self) -> list[str]:
        """Those that are left alone now. What was asked without trouble, and is not any more, is forgotten."""
        now = self._clock()
        if len(self._known) > KNOWN:
            self._known = {name: one for name, one in self._known.items() if one.busy or one.waiting or one.until > now}
        return [origin for origin, one in self._known.items() if one.until > now]

    def full(self) -> list[str]:
        """Those for which enough wait already: what else there is for them would only stand in the way of others."""
        return [origin for origin, one in self._known.items() if len(one.waiting) >= (AT_ONCE if one.most > 1 else 1)]

    def waiting(self) -> int:
        """How many wait for their turn."""
        return sum(len(one.waiting) for one in self._known.values())

    def opens_in(self) -> float | None:
        """In how many seconds the first of them may be tried; None where none is closed."""
        now = self._clock()
        return min((one.until - now for one in self._known.values() if one.until > now), default=None)

    async def enter(self, origin: str) -> bool:
        """Waits until it may be asked; False where it is left alone meanwhile. After True comes `well` or `failed`, once."""
        one = self._known.setdefault(origin, Origin())
        while True:
            if one.until > self._clock():
                return False
            if one.busy < one.most:
                one.busy += 1
                return True
            turn = asyncio.get_running_loop().create_future()
            one.waiting.append(turn)
            try:
                await turn
            except asyncio.CancelledError:
                if turn.done() and not turn.cancelled():
                    self._wake(one)  # the turn was given to somebody who is gone: it is the next one's
                raise

    def well(self, origin: str) -> None:
        """It answered as it should, whatever it said of the phone."""
        one = self._known[origin]
        if one.since is not None and one.times:
            self._changed[origin] = None
        one.failures, one.times, one.since, one.why, one.most, one.until = 0, 0, None, "", AT_ONCE, 0.0
        self._leave(one)

    def left(self, origin: str) -> None:
        """Nothing is known of how it answers: the request was broken off."""
        self._leave(self._known[origin])

    def failed(self, origin: str, why: str, after_s: float | None = None, *, busy: bool = False) -> float:
        """It did not, or said that it is `busy` (429). `after_s`: it says itself when it may be asked again. Returns in how many seconds
        the parcel may be tried again."""
        one, now = self._known[origin], self._clock()
        one.since = one.since or self._wall()
        one.why = why
        if after_s is not None:
            after_s = min(max(after_s, 0.0), LONGEST_S)
        if one.until > now:  # it was closed while this was on its way: told once is enough
            if after_s is not None and now + after_s > one.until:
                self._close(origin, one, after_s)
        else:
            one.failures += 1
            if busy or after_s is not None or one.failures >= IN_A_ROW or one.times:
                wait = min(FIRST_S * 2 ** min(one.times, 10), MOST_S) * (1 + 0.2 * self._draw())
                one.times += 1
                self._close(origin, one, wait if after_s is None else max(after_s, 0.5))
        self._leave(one)
        return max(one.until - now, 0.0)

    def changed(self) -> dict[str, Closed | None]:
        """What is to be written down since this was last asked; None: something came through again."""
        changed, self._changed = self._changed, {}
        return changed

    def _close(self, origin: str, one: Origin, wait: float) -> None:
        one.until, one.most = self._clock() + wait, 1  # one is tried first, when it may be
        until = self._wall() + timedelta(seconds=wait)
        self._changed[origin] = Closed(origin, one.since or self._wall(), until, one.times, one.why)

    def _leave(self, one: Origin) -> None:
        one.busy -= 1
        self._wake(one)

    def _wake(self, one: Origin) -> None:
        """All who wait, where it is closed: they are to hear of it. Else as many as there is room for."""
        room = len(one.waiting) if one.until > self._clock() else max(0, one.most - one.busy)
        while room and one.waiting:
            turn = one.waiting.popleft()
            if not turn.done():
                turn.set_result(None)
                room -= 1


def retry_after(told: str | None, now: datetime) -> float | None:
    """The header Retry-After in seconds from `now` (UTC): a number, or a date (RFC 9110, 10.2.3). None where it says nothing."""
    if told is None:
        return None
    told = told.strip()
    if told.isascii() and told.isdecimal():
        return float(told[:9])
    try:
        at = parsedate_to_datetime(told)
    except ValueError:
        return None
    if at.tzinfo is None:
        at = at.replace(tzinfo=UTC)
    return max(0.0, (at - now).total_seconds())
