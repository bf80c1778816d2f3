"""Who follows a place is told that it, or the route that it is, will be closed: each closure once, when it is entered."""

import datetime
from collections.abc import Sequence
from typing import Final

from server.domain.ctx import Ctx
from server.model import push_words as words
from server.model.lifecycle import PUBLIC
from server.model.neutral import heavy_of
from server.model.push_words import At
from server.model.quiet import quiet_until
from server.model.values import Closure, Text
from server.store import delivery, follow, place, site
from sync.sql import Tx

USEFUL: Final = datetime.timedelta(days=7)
"""A phone that was off for so long reads it in the app."""


def tell(
    tx: Tx,
    ctx: Ctx,
    *,
    id: str,
    name: Text,
    path: str,
    places: Sequence[str],
    before: Sequence[Closure],
    after: Sequence[Closure],
) -> None:
    """Of the closures `after`, those that were not there `before` and are not over. `id`, `path`: of the thing that is closed. `places`:
    ids of those whose followers are told; of those that readers do not know nobody is. One whose end or reason alone is another is the
    same closure."""
    known = {_key(id, one) for one in before}
    new = [one for one in after if _key(id, one) not in known and (one.to is None or one.to >= ctx.today)]
    public = [one for one in place.many(tx, places) if one.state in PUBLIC] if new else []
    if not public:
        return
    devices = follow.followers(tx, [("place", one.id) for one in public])
    at = quiet_until(ctx.now, site.get(tx).quiet) or ctx.now
    for one in new if devices else ():
        why = one.why if heavy_of(one.why) is None else None
        text = words.closed(name, At(one.from_, None), at, until=None if one.to is None else At(one.to, None), why=why)
        message = delivery.message(
            tx, _key(id, one), "notice", 1, {"title": text["title"], "body": text["body"]}, path, "normal", at + USEFUL
        )
        delivery.deliver(tx, message, devices, at)


def _key(id: str, one: Closure) -> str:
    """What it is told under."""
    stretches = "" if one.stretch_ids is None else "/" + "+".join(sorted(stretch[:8] for stretch in one.stretch_ids))
    return f"{id}/{one.from_:%Y%m%d}{stretches}"
