"""Whether the feed holds what it says of itself: for a copy of the database, before anybody relies on it."""

from sync.feed import v_of
from sync.sql import Tx, load

SQL = load(__file__)


def wrong(tx: Tx) -> str | None:
    """The first thing that does not hold, None where all does: each `v` is that of its body as stored, no `seq` is above its
    scope's head, and the digest is the sum of what is live. SQLite keeps no sums of its pages: a byte that has turned over in
    a body is found here alone."""
    for scope, head, digest in SQL.rows(tx, "scopes"):
        after, total = 0, 0
        while some := SQL.rows(tx, "some", scope=scope, after=after):
            for nr, kind, id_, seq, v, body in some:
                after = nr
                if seq > head:
                    return f"feed {scope}: {kind} {id_} stands above its head"
                if body is None:
                    continue
                if v != v_of(kind, id_, body):
                    return f"feed {scope}: the body of {kind} {id_} is not the one that its v was made of"
                total += int(v, 16)
        if total % 2**32 != digest:
            return f"feed {scope}: its digest is not the sum of what it holds"
    return None
