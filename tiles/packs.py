"""Which tiles make which pack, and the manifest of them (`packs.json`, the body of GET /api/v1/packs)."""

import hashlib
import json
import os
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from tiles.archive import save, squeeze
from tiles.grid import Bounds, Tile, touches

PIECE = 262_144  # bytes that a phone fetches and checks at a time
OVERVIEW_MOST = 400_000  # bytes: it comes by itself, perhaps over a poor line
ALL_MOST = 10_000_000
KEPT_FOR = timedelta(days=30)  # an archive, after the last day on which packs.json named it
ARCHIVE = re.compile(r"[0-9a-f]{64}\.pmtiles")
STYLE = 1  # the version of tiles/style that draws these layers

# What the overview gives up when it is too large, in this order. A town and a coast are never given up.
FIRST_TO_GO = ("protected", "water_lines", "land_labels", "water_polygons_labels", "land", "streets")

Text = dict[str, str]
Pieces = Mapping[Tile, Sequence[tuple[str, bytes]]]  # of each tile the layers with their uncompressed bytes, in order


@dataclass(frozen=True)
class Plan:
    """A pack to be made: whole tiles of `zooms` that touch `bounds`."""

    id: str
    name: Text
    bounds: Bounds
    zooms: range
    whole: bool  # whether it covers all of the map
    most: int | None = None


@dataclass(frozen=True)
class Made:
    """A pack on the disk, and what had to be left out of it to stay within its size: {layer: zooms}."""

    plan: Plan
    path: Path
    bytes: int
    sha256: str
    pieces: list[str]
    given_up: dict[str, list[int]]


def make(plan: Plan, pieces: Pieces, squeezed: Mapping[Tile, bytes], metadata: dict[str, Any], out: Path) -> Made:
    """Write the pack's archive under the name of its hash. Where it is larger than may be, layers are given up one by one, the
    latest zoom first, and named in the archive's metadata and in what is returned."""
    mine = [tile for tile in pieces if tile[0] in plan.zooms and touches(tile, plan.bounds)]
    chosen = {tile: squeezed[tile] for tile in mine}
    given_up: dict[str, list[int]] = {}
    ladder = [(layer, zoom) for layer in FIRST_TO_GO for zoom in reversed(plan.zooms)]
    draft = out / f".{plan.id}.{os.getpid()}.tmp"
    try:
        while True:
            save(draft, chosen, plan.bounds, {**metadata, "whole": plan.whole, "given_up": given_up})
            if plan.most is None or draft.stat().st_size <= plan.most or not ladder:
                return _named_by_hash(plan, draft, out, given_up)
            layer, zoom = ladder.pop(0)
            changed = [tile for tile in chosen if tile[0] == zoom and any(name == layer for name, _ in pieces[tile])]
            if changed:
                given_up.setdefault(layer, []).append(zoom)
            for tile in changed:
                rest = b"".join(data for name, data in pieces[tile] if zoom not in given_up.get(name, []))
                if rest:
                    chosen[tile] = squeeze(rest)
                else:
                    del chosen[tile]
    finally:
        draft.unlink(missing_ok=True)


def manifest(made: Sequence[Made], attribution: Text, now: datetime, before: Mapping[str, Any]) -> dict[str, Any]:
    """The manifest as it travels. A pack whose bytes are as `before` keeps the time it was first built at."""
    times = {pack["sha256"]: pack["built_at"] for pack in before.get("packs", [])}
    return {
        "packs": [
            {
                "id": pack.plan.id,
                "name": pack.plan.name,
                "bounds": list(pack.plan.bounds),
                "min_zoom": pack.plan.zooms[0],
                "max_zoom": pack.plan.zooms[-1],
                "built_at": times.get(pack.sha256, now.strftime("%Y-%m-%dT%H:%M:%SZ")),
                "bytes": pack.bytes,
                "sha256": pack.sha256,
                "piece_bytes": PIECE,
                "pieces": pack.pieces,
                "url": f"/packs/{pack.sha256}.pmtiles",
                "style": STYLE,
                "attribution": attribution,
            }
            for pack in made
        ]
    }


def drop_old(out: Path, made: Sequence[Made], before: Mapping[str, Any], now: datetime) -> list[str]:
    """Deletes the archives that no manifest has named for KEPT_FOR, and gives their names: until then a phone half through one goes on
    with it. An archive's mtime is the time of the last build that named it or found it named (its ETag is its name, not its time)."""
    named = {pack.sha256 for pack in made} | {pack["sha256"] for pack in before.get("packs", [])}
    dropped = []
    for path in sorted(out.iterdir()):
        if not ARCHIVE.fullmatch(path.name):
            continue
        if path.stem in named:
            os.utime(path, (now.timestamp(), now.timestamp()))
        elif path.stat().st_mtime < (now - KEPT_FOR).timestamp():
            path.unlink()
            dropped.append(path.name)
    return dropped


def swap(path: Path, content: Mapping[str, Any]) -> None:
    """Replace a JSON file in one step: a reader sees the old one whole or the new one whole."""
    draft = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    with draft.open("w", encoding="utf-8") as file:
        json.dump(content, file, ensure_ascii=False, indent=1)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)


def _named_by_hash(plan: Plan, draft: Path, out: Path, given_up: dict[str, list[int]]) -> Made:
    data = draft.read_bytes()
    sha256 = hashlib.sha256(data).hexdigest()
    path = out / f"{sha256}.pmtiles"
    with draft.open("rb") as file:
        os.fsync(file.fileno())
    draft.replace(path)
    pieces = [hashlib.sha256(data[start : start + PIECE]).hexdigest() for start in range(0, len(data), PIECE)]
    return Made(plan, path, len(data), sha256, pieces, given_up)
