"""Making a DATA_DIR ready: the database made or migrated, its epoch right, and what a new one begins with published."""

import datetime
import secrets
from dataclasses import dataclass
from pathlib import Path
from zoneinfo import ZoneInfo

from server.model.site import Site
from server.model.values import Text
from server.publish import publish, republish
from server.store import meta, site
from server.store.database import examine, exists, file_of, local
from server.store.heads import Heads
from server.store.migrate import migrate
from server.store.refusal import StoreRefused, folder
from server.store.selfcheck import self_check
from sync import feed, inbox
from sync.sql import Tx

COPENHAGEN = ZoneInfo("Europe/Copenhagen")
REPLIES_WHOLE = datetime.timedelta(days=60)
"""How long a remembered reply keeps its `result` and `detail` (PROTOCOL.md, O5)."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """What was done: whether the database is new, the migrations that ran, whether phones will read afresh."""

    new: bool
    migrations: tuple[str, ...]
    new_epoch: bool


def prepare(data_dir: Path, *, code: str, name: str, demo: bool = False) -> Prepared:
    """Makes the database of `data_dir`, or brings it up to date. A new one has settings/site of `code` and `name` alone.

    Raises StoreRefused (driver missing, newer database, changed migration) and Busy (another process writes)."""
    self_check()
    folder(data_dir)
    new = not exists(data_dir)
    ran = migrate(file_of(data_dir), backups=data_dir / "backups")
    if not new and (wrong := examine(data_dir)):
        raise StoreRefused(f"The database in {data_dir} is damaged ({wrong}). Put a backup back, or move it away.")
    last = Heads(data_dir).last()
    now = datetime.datetime.now(COPENHAGEN)
    with local(data_dir) as tx:
        if meta.get(tx, "created") is None:
            _begin(tx, code, name, demo, now.date())
            return Prepared(new, tuple(m.name for m in ran), new_epoch=True)
        stale = meta.get(tx, "stamp") is not None or (last is not None and Heads.read_from(tx).below(last))
        if stale:
            feed.new_epoch(tx, _epoch())
            meta.drop(tx, "stamp")
        if meta.get(tx, "republish") is not None:
            republish(tx, now.date())
        inbox.thin(tx, now - REPLIES_WHOLE)
    return Prepared(new, tuple(m.name for m in ran), new_epoch=stale)


def _begin(tx: Tx, code: str, name: str, demo: bool, today: datetime.date) -> None:
    feed.begin(tx, _epoch())
    meta.put(tx, "created", today.isoformat())
    meta.put(tx, "code", code)
    meta.put(tx, "demo", "1" if demo else "0")
    site.put(tx, Site(name=Text(da=name), code=code, demo=demo))
    publish(tx, [("settings", "site")], today)


def _epoch() -> str:
    return secrets.token_hex(4)
