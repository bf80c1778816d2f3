"""Which registers have things under the keys that a file brings."""

from collections.abc import Iterable

from server.store import thing
from sync.sql import Tx, load

SQL = load(__file__)


def holders(tx: Tx, kind: thing.Kind, source: str, keys: Iterable[str]) -> list[tuple[str, str, str | None]]:
    """(source, key, name in Danish, or of a nameless facility "east north" to 0.01 m) of the things of other sources than this that have
    one of the keys; withdrawn ones too."""
    return [(held, key, name) for held, key, name in SQL.rows(tx, kind, source=source, keys=thing.json(keys))]


def has(tx: Tx, kind: thing.Kind, source: str) -> bool:
    """Whether a source has brought anything of this kind."""
    return SQL.row(tx, f"has_{kind}", source=source) is not None
