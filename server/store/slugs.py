"""Addresses for people. A thing keeps its slug; one that it had before redirects, and nobody else ever gets it."""

from dataclasses import dataclass
from typing import Final

from server.store.thing import Kind
from sync.sql import Tx, load

SQL = load(__file__)
NUMBERED = 9
OF_SCREENS: Final = {"event": frozenset({"maaned", "aaret", "papir"})}
"""By kind, what stands at a slug's place in an address and is no thing: /det-sker/maaned."""


@dataclass(frozen=True, slots=True)
class Found:
    """The thing that answers at a slug, and the slug that it has now."""

    id: str
    slug: str


def find(tx: Tx, kind: Kind, slug: str) -> Found | None:
    """The thing with this slug, now or before; withdrawn ones too."""
    row = SQL.row(tx, "find", kind=kind, slug=slug)
    return None if row is None else Found(*row)


def free(tx: Tx, kind: Kind, wanted: str, id: str) -> str:
    """`wanted`, else wanted-2 … wanted-9, else with the end of the id: three thousand "vandrerute-uden-navn" need no search. Never what a
    screen is called."""
    for slug in (wanted, *(f"{wanted}-{n}" for n in range(2, NUMBERED + 1))):
        if slug in OF_SCREENS.get(kind, ()):
            continue
        held = SQL.row(tx, "holder", kind=kind, slug=slug)
        if held is None or held[0] == id:
            return slug
    return f"{wanted}-{id[-12:]}"


def move(tx: Tx, row: int, kind: Kind, slug: str) -> None:
    """Gives the thing another slug; the one it had redirects from now on. `slug` must be free, or the thing's own of old."""
    SQL.run(tx, "remember", thing=row)
    SQL.run(tx, "forget", kind=kind, slug=slug, thing=row)
    SQL.run(tx, "set", thing=row, slug=slug)
