"""import_real: all municipal layers into an empty database."""

import os
import sys
import tempfile
from pathlib import Path

from bench.figure import ROOT, Figure, of, timed

LAYERS = ROOT.parent / "shared" / "data" / "guldborgsund"


def measure() -> list[Figure]:
    if not LAYERS.is_dir():
        raise RuntimeError("needs ../shared/data, which is not here")
    with tempfile.TemporaryDirectory() as folder:
        environment = {**os.environ, "DATA_DIR": str(Path(folder) / "data"), "DEMO": "0"}
        server = [sys.executable, "-m", "server"]
        timed([*server, "prepare"], environment)
        files = [str(file) for file in sorted(LAYERS.glob("*.gpkg"))]
        first, peak = timed([*server, "import", *files], environment)
        again, _ = timed([*server, "import", *files], environment)
        return [
            of("import_real", [first], "s", held_to="≤ 60 s"),
            of("import_real_again", [again], "s"),
            of("import_real_memory", [peak], "MB", held_to="≤ 500 MB (the largest process)"),
        ]
