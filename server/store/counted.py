"""How many came, as the host counts, and how it was, as nobody in particular says. Numbers alone."""

import datetime
from collections.abc import Collection

from server.model.organise import TOLD_LEAST, Counted, Told
from server.store import thing
from sync.sql import Tx, load

SQL = load(__file__)


def count(tx: Tx, event: str, day: datetime.date, came: int, new: int) -> None:
    """So many came to a time, in the place of what was said before."""
    SQL.run(tx, "count", event=event, day=day.isoformat(), came=came, new=new)


def counts(tx: Tx, events: Collection[str] | None, since: datetime.date) -> tuple[Counted, ...]:
    """What was counted since a day, for these events (None: for all), the earliest first."""
    rows = SQL.rows(
        tx, "counts", every=int(events is None), events=thing.json(events or ()), since=since.isoformat()
    )  # fmt: skip
    return tuple(
        Counted(event_id=event, day=datetime.date.fromisoformat(day), came=came, new=new)
        for event, day, came, new in rows
    )


def tell(tx: Tx, event: str, day: datetime.date, how: str) -> None:
    """One more says how a time was."""
    SQL.run(tx, "tell", event=event, day=day.isoformat(), how=how)


def told(tx: Tx, events: Collection[str] | None) -> tuple[Told, ...]:
    """How it was at the times of these events (None: of all), of those of which TOLD_LEAST have said something."""
    rows = SQL.rows(
        tx, "told", every=int(events is None), events=thing.json(events or ()), least=TOLD_LEAST
    )  # fmt: skip
    return tuple(
        Told(event_id=event, good=int(good), so_so=int(so_so), not_for_me=int(not_for_me), not_there=int(not_there))
        for event, good, so_so, not_for_me, not_there in rows
    )
