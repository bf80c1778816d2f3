"""Databases that come from elsewhere: a restore that is half done, and a copy that somebody has put back."""

from pathlib import Path

from server.store import meta
from server.store.heads import Heads
from server.store.refusal import StoreRefused, shut
from sync.sql import Tx

READY = ".restore"
"""In DATA_DIR: what a restore has laid ready and decided on. While it is there, the state is neither the old nor the new."""


def whole(data_dir: Path) -> None:
    """Raises StoreRefused where a restore was cut off after it was decided (what is written now would be lost), and where
    nobody may look."""
    try:
        cut = (data_dir / READY).is_dir()
    except OSError as error:
        raise shut(data_dir, error) from error
    if cut:
        raise StoreRefused(
            f"A restore of {data_dir} was cut off. Start the server, or type `python -m server restore PATH` again: either finishes it."
        )


def put_back(tx: Tx, data_dir: Path) -> bool:
    """Whether this database is a copy, of which phones have read what it may not know: it bears a backup's stamp, or is not the one
    that DATA_DIR/heads tells of. Where `heads` is not there or can not be read nobody knows; reading afresh does no harm then."""
    return meta.get(tx, "stamp") is not None or Heads(data_dir).other_than(tx)
