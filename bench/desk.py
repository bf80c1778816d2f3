"""desk_list, desk_save: a desk with 3,000 places, in Chromium, on a profile that has been here before.

The list: a new browser process, until the first row is painted. Beside it a bare page that asks for the same list whole and makes as
many rows. The save of one place: from the tap until the desk says that all is saved, its receipt and what is new read. Beside it the same
edit posted by a bare fetch, which keeps no draft, waits in no outbox and reads nothing."""

import tempfile
from pathlib import Path

from bench import town
from bench.figure import Figure, beside, node

THINGS = 12_000
"""One of four is a place."""


def measure() -> list[Figure]:
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder) / "data"
        town.fresh(data, THINGS)
        ms = node("desk.ts", str(data), town.place_id(0))
    return [
        beside("desk_list", ms["list"], ms["bare_list"], "ms", "a bare page that fetches the list whole"),
        beside("desk_save", ms["save"], ms["bare_save"], "ms", "a bare fetch of the same edit"),
    ]
