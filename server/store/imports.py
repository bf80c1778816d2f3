"""What the store holds of one register, to lay beside what its file brings."""

from dataclasses import dataclass
from typing import Literal

from sync.sql import Tx, load

SQL = load(__file__)


@dataclass(frozen=True, slots=True)
class Held:
    """A facility or route that came from a register. `name` is what people call it, in Danish; `key` is the register's own for it, `same`
    the fingerprint of the row that it last brought."""

    withdrawn: bool
    name: str
    key: str
    same: bytes


def held(tx: Tx, kind: Literal["facility", "route"], source: str) -> dict[str, Held]:
    """By id, everything of this source, withdrawn things too."""
    statement = "facilities" if kind == "facility" else "routes"
    return {uid: Held(bool(withdrawn), *rest) for uid, withdrawn, *rest in SQL.rows(tx, statement, source=source)}
