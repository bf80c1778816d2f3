"""A renamed file is not a second register: where most of what it brings is another source's already, it is that source."""

import re
from collections import Counter
from collections.abc import Mapping
from typing import Final

from server.store import same_source
from server.store.thing import Kind
from sync.sql import Tx

UUID: Final = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
SHAPE: Final = re.compile(r"[0-9a-f]{64}(/.*)?")
"""Keys that two registers do not have by chance: a UUID, the hash of a geometry. Of others (1, 2, 3 …) the name must fit, or the spot; and
of places always, since in one spot a register has its car park and another its bench."""


def find(tx: Tx, kind: Kind, source: str, names: Mapping[str, str | None]) -> str | None:
    """The source that already brought more than half of these things; None where there is none, or where this one has brought some of this
    kind itself. `names`: {key: name in Danish if it has one, or as store.same_source.holders has it}."""
    if not names or same_source.has(tx, kind, source):
        return None
    counts = Counter(
        other
        for other, key, name in same_source.holders(tx, kind, source, names)
        if UUID.fullmatch(key)
        or (kind != "place" and SHAPE.fullmatch(key))
        or (name is not None and name == names[key])
    )
    if not counts:
        return None
    best, count = max(counts.items(), key=lambda pair: (pair[1], pair[0]))
    return best if count * 2 > len(names) else None
