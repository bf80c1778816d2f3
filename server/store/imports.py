"""What the store holds of one register, to lay beside what its file brings."""

from dataclasses import dataclass
from typing import Literal

from sync.sql import Tx, load

SQL = load(__file__)


@dataclass(frozen=True, slots=True)
class Held:
    """A facility or route that came from a register. `name` is what people call it, in Danish."""

    withdrawn: bool
    name: str


def held(tx: Tx, kind: Literal["facility", "route"], source: str) -> dict[str, Held]:
    """By id, everything of this source, withdrawn things too."""
    statement = "facilities" if kind == "facility" else "routes"
    return {uid: Held(bool(withdrawn), name) for uid, withdrawn, name in SQL.rows(tx, statement, source=source)}
