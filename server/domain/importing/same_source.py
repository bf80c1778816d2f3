"""Whose a file's things are. A renamed file is not a second register: where most of what it brings is another source's already, it is
that source. And a file of a known name whose things are others is not that register: it is refused until somebody says which it is."""

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Final

from server.domain.refusal import Refused
from server.formats.words import plain
from server.store import same_source
from server.store.same_source import Look
from server.store.thing import Kind
from sync.sql import Tx

UUID: Final = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
"""Keys that two registers do not have by chance. Of all others (1, 2, 3 …, and the hash of a spot, in which a register has its car park
and another its bench) name and spot must be the same."""
SHAPE: Final = re.compile(r"[0-9a-f]{64}(/.*)?")
"""The hash of a spot or a line, and what tells two of them apart."""
SEVERAL: Final = 3
NEAR_M: Final = 50.0
METRES_A_DEGREE: Final = (63_800.0, 111_300.0)
"""East and north at 55°, near enough for NEAR_M."""


def find(tx: Tx, kind: Kind, source: str, looks: Mapping[str, Look]) -> str | None:
    """The source that already brought more than half of these things, of fewer than three all; None where there is none, or where this
    one has brought some of this kind itself. `looks`: by key."""
    if not looks or same_source.has(tx, kind, source):
        return None
    counts = Counter(
        other
        for other, key, _, look in same_source.holders(tx, kind, looks)
        if other != source and (UUID.fullmatch(key) or _same(kind, look, looks[key]))
    )
    if not counts:
        return None
    best, count = max(counts.items(), key=lambda pair: (pair[1], pair[0]))
    enough = count * 2 > len(looks) if len(looks) >= SEVERAL else count == len(looks)
    return best if enough else None


def shared(tx: Tx, source: str, looks: Mapping[str, Look]) -> Counter[str]:
    """Of routes that a new source brings: how many of these very lines other sources have for the same way to move, whatever they are
    called there."""
    if not looks or same_source.has(tx, "route", source):
        return Counter()
    return Counter(
        other
        for other, key, _, look in same_source.holders(tx, "route", looks)
        if other != source
        and (SHAPE.fullmatch(key) or UUID.fullmatch(key) or _same("route", look, looks[key]))
        and not _turned(look, looks[key])
    )


def refuse_others(kind: Kind, source: str, pairs: Iterable[tuple[str, Look, Look]]) -> None:
    """`pairs`: (key, what it is here, what the file says that it is), of all that a file of this source brings again. Raises Refused where
    most are other things by name and spot: two offices number their lists 1, 2, 3, and call them the same."""
    every = list(pairs)
    others = [
        (key, here, said) for key, here, said in every if not UUID.fullmatch(key) and not _may_be(kind, here, said)
    ]
    if len(others) * 2 > len(every):
        key, here, said = others[0]
        which = "" if SHAPE.fullmatch(key) else f" Nr. {key[:40]}"
        raise Refused(
            "invalid",
            f"{source} er kendt, men filens ting er andre.{which} er »{here.name[:80]}« her og »{said.name[:80]}« i filen. Intet er "
            "ændret. Er det et andet register, så skriv --source med et navn for det. Er det det samme, så skriv "
            f'--source "{source}", og filens ord gælder.',
        )


def _same(kind: Kind, a: Look, b: Look) -> bool:
    return _plain(a) == _plain(b) and _near(kind, a, b)


def _may_be(kind: Kind, a: Look, b: Look) -> bool:
    """Whether a thing may have become the other: it was moved, or called otherwise, and not both."""
    one, other = _plain(a), _plain(b)
    if one in other or other in one:
        return True
    return a.spot is not None and _near(kind, a, b) and not _turned(a, b)


def _turned(a: Look, b: Look) -> bool:
    return a.sort is not None and b.sort is not None and a.sort != b.sort


def _near(kind: Kind, a: Look, b: Look) -> bool:
    """Whether they lie in one spot, or neither is known to lie anywhere."""
    if a.spot is None or b.spot is None:
        return a.spot is b.spot
    x, y = METRES_A_DEGREE if kind == "place" else (1.0, 1.0)
    return math.hypot((a.spot[0] - b.spot[0]) * x, (a.spot[1] - b.spot[1]) * y) <= NEAR_M


def _plain(look: Look) -> str:
    return plain(look.name).casefold()
