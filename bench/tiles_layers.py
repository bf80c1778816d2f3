"""tiles_layers: the same layers into `overview` and `all`. Its peer (tippecanoe) comes with the proof."""

import json
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from bench.figure import ROOT, Figure, of

DATA = ROOT.parent / "shared" / "data"


def measure() -> list[Figure]:
    if not DATA.is_dir():
        raise RuntimeError("needs ../shared/data, which is not here")
    with tempfile.TemporaryDirectory() as out:
        command = [
            sys.executable, "-m", "tiles", "build", "--layers", str(DATA / "guldborgsund"),
            "--area", str(DATA / "guldborgsund" / "boundary.geojson"), "--land", str(DATA / "dk-kommuner.geojson"), "--out", out,
        ]  # fmt: skip
        began = time.monotonic()
        subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
        seconds = time.monotonic() - began
        peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
        packs = {
            p["id"]: p["bytes"] for p in json.loads((Path(out) / "packs.json").read_text(encoding="utf-8"))["packs"]
        }
        return [
            of("tiles_layers", [seconds], "s"),
            of("tiles_layers_memory", [peak], "MB"),
            of("tiles_size", [packs["all"] / 1e6], "MB", held_to="≤ 10 MB"),
            of("tiles_overview", [packs["overview"] / 1000], "kB", held_to="≤ 400 kB"),
        ]
