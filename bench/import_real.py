"""import_real: all municipal layers into an empty database. Its peer (ogr2ogr) comes with the proof."""

import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from bench.figure import ROOT, Figure, of

LAYERS = ROOT.parent / "shared" / "data" / "guldborgsund"


def measure() -> list[Figure]:
    if not LAYERS.is_dir():
        raise RuntimeError("needs ../shared/data, which is not here")
    with tempfile.TemporaryDirectory() as folder:
        environment = {**os.environ, "DATA_DIR": str(Path(folder) / "data"), "DEMO": "0"}
        subprocess.run([sys.executable, "-m", "server", "prepare"], cwd=ROOT, env=environment, check=True)
        command = [sys.executable, "-m", "server", "import", *map(str, sorted(LAYERS.glob("*.gpkg")))]
        began = time.monotonic()
        subprocess.run(command, cwd=ROOT, env=environment, check=True, capture_output=True)
        seconds = time.monotonic() - began
        again = time.monotonic()
        subprocess.run(command, cwd=ROOT, env=environment, check=True, capture_output=True)
        peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
        return [
            of("import_real", [seconds], "s", held_to="≤ 60 s"),
            of("import_real_again", [time.monotonic() - again], "s"),
            of("import_real_memory", [peak], "MB", held_to="≤ 500 MB (the largest process)"),
        ]
