"""Whose a file's things are. A renamed file is not a second register: where most of what it brings is another source's already, by its key
and by name or spot, it is that source. Where names and spots are a source's and the keys are not, or the keys are and the things are
others, the file is refused until somebody says which register it is."""

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from typing import Final, NamedTuple

from server.domain.refusal import Refused
from server.formats.register import geofa
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
ALIKE_M: Final = 10.0
"""So near must be what only name and spot speak for."""
NAMELESS: Final = frozenset(plain(words["da"]).casefold() for words in geofa.NAMELESS.values())
METRES_A_DEGREE: Final = (63_800.0, 111_300.0)
"""East and north at 55°, near enough for NEAR_M."""


def find(tx: Tx, kind: Kind, source: str, looks: Mapping[str, Look]) -> str | None:
    """The source that already brought more than half of these things, of fewer than three all; None where there is none, or where this
    one has brought some of this kind itself. `looks`: by key."""
    if not looks or same_source.has(tx, kind, source):
        return None
    every, few = Counter(map(_plain, looks.values())), len(looks) < SEVERAL
    counts = Counter(
        other
        for other, key, _, look in same_source.holders(tx, kind, looks)
        if other != source
        and (
            UUID.fullmatch(key)
            or _same(kind, look, looks[key])
            or (not few and _is_known(kind, key, look, looks[key], alone=every[_plain(look)] == 1))
        )
    )
    if not counts:
        return None
    best, count = max(counts.items(), key=lambda pair: (pair[1], pair[0]))
    return best if _most(count, len(looks)) else None


def refuse_alike(tx: Tx, kind: Kind, source: str, looks: Mapping[str, Look]) -> None:
    """Raises Refused where most of these have the name and the spot of what another source has, or of what this one has under other keys:
    taken as they are, everything would stand there twice."""
    known = same_source.has(tx, kind, source)
    if not looks or (kind == "place" and known):  # places find their own by name and spot themselves (places.py)
        return
    pairs = alike(tx, kind, looks, source if known else None)
    for other in sorted({one.source for one in pairs.values()}):
        mine = {key: one for key, one in pairs.items() if one.source == other and (one.key != key or not known)}
        if not _most(len(mine), len(looks)):
            continue
        key, here = next(iter(mine.items()))
        keys = (
            f" De har andre numre: {here.key[:40]} her er {key[:40]} i filen."
            if here.key != key and not SHAPE.fullmatch(here.key) and not SHAPE.fullmatch(key)
            else ""
        )
        who = f"{source} er kendt, men" if known else f"{source} er nyt, og"
        raise Refused(
            "invalid",
            f"{who} {len(mine)} af filens {len(looks)} ting står her allerede fra {other}, under samme navn og på samme sted, som "
            f'»{looks[key].name[:80]}«.{keys} Intet er ændret. Er det det samme register, så skriv --source "{other}", og de kendes på '
            "navn og sted. Er det et andet, så skriv --source med et navn for det.",
        )


class Alike(NamedTuple):
    """What stands here under the name and in the spot of something that a file brings."""

    source: str
    key: str
    id: str


def alike(tx: Tx, kind: Kind, looks: Mapping[str, Look], source: str | None) -> dict[str, Alike]:
    """By the key of the file, what stands here (of this source, or of any) with the same name in the same spot, each at most once."""
    by_name: dict[str, list[tuple[Alike, Look]]] = defaultdict(list)
    for other, key, id, here in same_source.named(tx, kind, {look.name for look in looks.values()}):
        if source is None or other == source:
            by_name[_plain(here)].append((Alike(other, key, id), here))
    taken: set[str] = set()
    found: dict[str, Alike] = {}
    for key, look in looks.items():
        near = [
            (one.key != key, one)
            for one, here in by_name[_plain(look)]
            if one.id not in taken and not _turned(here, look) and _near(kind, here, look, ALIKE_M)
        ]
        if near:
            found[key] = min(near)[1]
            taken.add(found[key].id)
    return found


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


def _most(count: int, all: int) -> bool:
    return count * 2 > all if all >= SEVERAL else count == all


def _is_known(kind: Kind, key: str, here: Look, said: Look, *, alone: bool) -> bool:
    """Whether a thing under its own number has kept its name, which no other has (`alone`), or its spot. What has no name is known by
    both alone: any bench is called a bench."""
    if SHAPE.fullmatch(key) or not (_has_name(kind, here) and _has_name(kind, said)):
        return False
    if _plain(here) == _plain(said):
        return alone or _near(kind, here, said)
    return here.spot is not None and _near(kind, here, said) and not _turned(here, said)


def _has_name(kind: Kind, look: Look) -> bool:
    return look.sort is not None if kind == "facility" else _plain(look) not in NAMELESS


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


def _near(kind: Kind, a: Look, b: Look, within_m: float = NEAR_M) -> bool:
    """Whether they lie in one spot, or neither is known to lie anywhere."""
    if a.spot is None or b.spot is None:
        return a.spot is b.spot
    x, y = METRES_A_DEGREE if kind == "place" else (1.0, 1.0)
    return math.hypot((a.spot[0] - b.spot[0]) * x, (a.spot[1] - b.spot[1]) * y) <= within_m


def _plain(look: Look) -> str:
    return plain(look.name).casefold()
