"""Somebody works here no more: all that they can come in with goes, the name stays in what they did."""

import datetime

from server.store import login, person
from server.store.person import Worker
from sync.sql import Tx


def leave(tx: Tx, found: Worker, on: datetime.date) -> None:
    """Passkeys, sessions and invitations are gone, and those of whoever was to follow; from that day they work here no more."""
    person.end(tx, found.row, on)
    person.drop_invitations(tx, found.row)
    for other in person.following(tx, found.row):
        person.drop_invitations(tx, other.row)
    login.drop_passkeys(tx, found.id)
    login.end_all(tx, found.id)
