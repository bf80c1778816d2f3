"""tiles_layers: the same layers into `overview`, `all` and the towns' packs."""

import json
import sys
import tempfile
from pathlib import Path

from bench.figure import ROOT, Figure, of, timed

DATA = ROOT.parent / "shared" / "data"


def measure() -> list[Figure]:
    if not DATA.is_dir():
        raise RuntimeError("needs ../shared/data, which is not here")
    layers = DATA / "guldborgsund"
    with tempfile.TemporaryDirectory() as out:
        sources = ["--layers", layers, "--area", layers / "boundary.geojson", "--land", DATA / "dk-kommuner.geojson"]
        sources += ["--site", ROOT / "demo" / "site.json", "--out", out]
        seconds, peak = timed([sys.executable, "-m", "tiles", "build", *map(str, sources)])
        packs = {
            p["id"]: p["bytes"] for p in json.loads((Path(out) / "packs.json").read_text(encoding="utf-8"))["packs"]
        }
        return [
            of("tiles_layers", [seconds], "s"),
            of("tiles_layers_memory", [peak], "MB"),
            of("tiles_size", [packs["all"] / 1e6], "MB", held_to="≤ 10 MB"),
            of("tiles_overview", [packs["overview"] / 1000], "kB", held_to="≤ 400 kB"),
        ]
