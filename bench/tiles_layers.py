"""tiles_layers: the municipal layers into `overview`, `all` and the towns' packs, beside tippecanoe without loss, in turn.

Both begin with the office's files and the same layers; tippecanoe makes one archive of them, ours the overview and the towns' packs too.
Both archives are counted by one decoder that wrote neither."""

import json
import sys
import tempfile
from pathlib import Path

from bench import tiles_peer
from bench.figure import ROOT, Figure, beside, of, timed
from bench.installed import Missing
from tiles.build import Asked

DATA = ROOT.parent / "shared" / "data"
RUNS = 3
PEER = "tippecanoe, lossless flags"
HELD = {
    "tiles_layers": "≥ 0.6 of the peer's speed",
    "tiles_layers_memory": "printed (the largest process)",
    "tiles_size": "≤ 10 MB",
    "tiles_lost": "printed: z13, narrower than a unit of the tile",
    "tiles_lost_above": "printed: z8–12; ours leaves out at z10 what is under a pixel",
    "tiles_lost_unsaid": "0",
    "tiles_invalid": "0",
}


def measure() -> list[Figure]:
    if not DATA.is_dir():
        raise RuntimeError("needs ../shared/data, which is not here")
    source = DATA / "guldborgsund"
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        asked = Asked(
            source, source / "boundary.geojson", DATA / "dk-kommuner.geojson", ROOT / "demo/site.json", folder / "packs"
        )
        build = [sys.executable, "-m", "tiles", "build", "--layers", asked.layers, "--area", asked.area]
        build += ["--land", asked.land, "--site", asked.site, "--out", asked.out]
        layers, theirs = tiles_peer.layers_of(asked), folder / "peer.pmtiles"
        write = [sys.executable, "-m", "bench.tiles_peer", asked.layers, asked.area, asked.land, asked.site, folder]
        try:
            peer, why = [list(map(str, write)), tiles_peer.command(layers, folder, theirs)], ""
        except Missing as missing:
            peer, why = [], str(missing)
        pairs = [(timed(list(map(str, build))), _one_after_another(peer) if peer else None) for _ in range(RUNS)]
        packs = {p["id"]: p for p in json.loads((asked.out / "packs.json").read_text(encoding="utf-8"))["packs"]}
        ours = asked.out / f"{packs['all']['sha256']}.pmtiles"
        mine, other = tiles_peer.count(ours, layers), tiles_peer.count(theirs, layers) if peer else None
        sizes = (ours.stat().st_size / 1e6, theirs.stat().st_size / 1e6 if peer else None)
    rows: dict[str, tuple[str, list[float], list[float] | None]] = {
        "tiles_layers": ("s", [a[0] for a, _ in pairs], [b[0] for _, b in pairs if b]),
        "tiles_layers_memory": ("MB", [a[1] for a, _ in pairs], [b[1] for _, b in pairs if b]),
        "tiles_size": ("MB", [sizes[0]], [sizes[1]] if sizes[1] else None),
        "tiles_lost": ("features", [mine.lost_at_last], [other.lost_at_last] if other else None),
        "tiles_lost_above": (
            "features",
            [mine.lost_in_all - mine.lost_at_last],
            [other.lost_in_all - other.lost_at_last] if other else None,
        ),
        "tiles_lost_unsaid": (
            "features",
            [abs(mine.lost_in_all - mine.said)],
            [other.lost_in_all - other.said] if other else None,
        ),
        "tiles_invalid": ("geometries", [mine.invalid], [other.invalid] if other else None),
    }
    found = [
        beside(id, a, b, unit, PEER, held_to=HELD[id]) if b else of(id, a, unit, held_to=HELD[id], peer=why)
        for id, (unit, a, b) in rows.items()
    ]
    return [*found, of("tiles_overview", [packs["overview"]["bytes"] / 1000], "kB", held_to="≤ 400 kB")]


def _one_after_another(commands: list[list[str]]) -> tuple[float, float]:
    """Seconds of all, and the MB of the largest process."""
    done = [timed(command) for command in commands]
    return sum(seconds for seconds, _ in done), max(peak for _, peak in done)
