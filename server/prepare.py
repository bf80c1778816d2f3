"""Making a DATA_DIR ready: the database made or migrated, its epoch right, and what a new one begins with published."""

import datetime
import logging
import secrets
from dataclasses import dataclass
from pathlib import Path

from server.backup import backup
from server.model.moment import COPENHAGEN
from server.model.site import Launch, Site
from server.model.values import Text
from server.publish import publish, republish
from server.store import delivery, device_inbox, meta, notice, reminder, site
from server.store.database import examine, exists, file_of, local
from server.store.lost import lost
from server.store.migrate import migrate
from server.store.putback import put_back, whole
from server.store.refusal import Full, StoreRefused, folder
from server.store.selfcheck import self_check
from sync import feed, inbox
from sync.sql import Tx

log = logging.getLogger(__name__)
REPLIES_WHOLE = datetime.timedelta(days=60)
"""How long a remembered reply keeps its `result` and `detail` (PROTOCOL.md, O5)."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """What was done: whether the database is new, the migrations that ran, whether phones will read afresh."""

    new: bool
    migrations: tuple[str, ...]
    new_epoch: bool


def prepare(
    data_dir: Path,
    *,
    code: str,
    name: str,
    demo: bool = False,
    backups_to: Path | None = None,
    launch: Launch | None = None,
) -> Prepared:
    """Makes the database of `data_dir`, or brings it up to date. A new one has settings/site of `code`, `name` and `launch` alone (None:
    open from the start). `backups_to`: where backups lie beside DATA_DIR/backups.

    Raises StoreRefused (driver missing, newer database, changed migration, one that is gone) and Busy (another process writes)."""
    self_check()
    folder(data_dir)
    whole(data_dir)
    new = not exists(data_dir)
    if new:
        if gone := lost(data_dir, backups_to):
            raise StoreRefused(gone)
        file_of(data_dir).touch(mode=0o600)  # what citizens wrote is nobody else's; its logs take after it
    ran = migrate(file_of(data_dir), before=lambda name: _keep(data_dir, name))
    if not new and (wrong := examine(data_dir)):
        raise StoreRefused(f"The database in {data_dir} is damaged ({wrong}). Put a backup back, or move it away.")
    names = tuple(m.name for m in ran)
    now = datetime.datetime.now(COPENHAGEN)
    try:
        with local(data_dir) as tx:
            if meta.get(tx, "created") is None:
                _begin(tx, Site(name=Text(da=name), code=code, demo=demo, launch=launch), now.date())
                return Prepared(new, names, new_epoch=True)
            stale = _renewed(tx, data_dir, now)
            inbox.thin(tx, now - REPLIES_WHOLE)
            device_inbox.thin(tx, (now - REPLIES_WHOLE).date())
    except Full as full:
        with local(data_dir) as tx:  # what is there can be shown all the same, where nothing of it is wrong
            stale = _renewed(tx, data_dir, now)
        log.warning("replies over 60 days old are made shorter at the next start. %s", full)
    return Prepared(new, names, new_epoch=stale)


def _renewed(tx: Tx, data_dir: Path, now: datetime.datetime) -> bool:
    stale = renew(tx, data_dir)
    if meta.get(tx, "republish") is not None:
        republish(tx, now.date())
    return stale


def _begin(tx: Tx, begun: Site, today: datetime.date) -> None:
    feed.begin(tx, _epoch())
    meta.put(tx, "created", today.isoformat())
    meta.put(tx, "code", begun.code)
    meta.put(tx, "demo", "1" if begun.demo else "0")
    site.put(tx, begun)
    publish(tx, [("settings", "site")], today)
    meta.drop(tx, "republish")  # what a migration asks for: there is nothing yet to make anew


def renew(tx: Tx, data_dir: Path) -> bool:
    """Begins a new epoch where the database is a copy that was put back, and says whether it was. Whoever writes first does so: the
    start, or a command that comes before it."""
    if not put_back(tx, data_dir):
        return False
    feed.new_epoch(tx, _epoch())
    after_restore(tx)
    meta.drop(tx, "stamp")
    return True


def after_restore(tx: Tx, now: datetime.datetime | None = None) -> None:
    """Runs in the transaction that begins a new epoch for a database that was put back, by a restore or by hand. What must not
    happen a second time is settled here: what people were to be told before now they were told, or nobody knows whether; it is not told."""
    now = now or datetime.datetime.now(datetime.UTC)
    reminder.skip_due(tx, now)
    delivery.late(tx)
    if over := notice.skip_due(tx, now):
        publish(tx, [("notice", id) for id in over], now.date(), moved=False)


def _keep(data_dir: Path, name: str) -> None:
    """A migration goes forward only: the way back is this."""
    made = backup(data_dir, None, datetime.datetime.now(datetime.UTC), why=f"before {name}")
    log.warning("a backup was made before migration %s: %s", name, made)


def _epoch() -> str:
    return secrets.token_hex(4)
