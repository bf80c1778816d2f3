"""When followers of an event are to be told something: rows that the clock acts on."""

import datetime

from sync.sql import Tx


def arrange(tx: Tx, now: datetime.datetime, event_id: str) -> None:
    """Makes the reminders of an event's times anew, after they changed. `now`: UTC."""
