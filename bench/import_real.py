"""import_real: all municipal layers into a new database, beside ogr2ogr into SpatiaLite, in turn.

ogr2ogr copies rows; ours also folds what stands twice, says what it left out and why, makes bodies and feed, and reads each file in a
fenced process of its own. Nameless lines are split and joined; these areas are none of ours: they are read and told."""

import os
import sys
import tempfile
from pathlib import Path

from bench.figure import ROOT, Figure, beside, of, timed
from bench.installed import Missing, program

LAYERS = ROOT.parent / "shared" / "data" / "guldborgsund"
RUNS = 3
TIME, MEMORY = "≤ 60 s; ratio printed", "≤ 500 MB (the largest process); ratio printed"
PEER = "ogr2ogr into SpatiaLite"
COPY = 'made="-dsco SPATIALITE=YES"; for file in "$@"; do "$OGR2OGR" -f SQLite $made "$OUT" "$file" || exit 1; made="-update -append"; done'


def measure() -> list[Figure]:
    if not LAYERS.is_dir():
        raise RuntimeError("needs ../shared/data, which is not here")
    files = [str(file) for file in sorted(LAYERS.glob("*.gpkg"))]
    try:
        ogr2ogr = program("ogr2ogr", "gdal-bin")
    except Missing as peer:
        mine = [_ours(files, twice=run == 0) for run in range(RUNS)]
        more = {"peer": str(peer)}
        return [
            of("import_real", [run[0] for run in mine], "s", held_to=TIME, **more),
            of("import_real_again", [mine[0][1]], "s"),
            of("import_real_memory", [run[2] for run in mine], "MB", held_to=MEMORY, **more),
        ]
    pairs = [(_ours(files, twice=run == 0), _ogr2ogr(ogr2ogr, files)) for run in range(RUNS)]
    return [
        beside("import_real", [a[0] for a, _ in pairs], [b[0] for _, b in pairs], "s", PEER, held_to=TIME),
        of("import_real_again", [pairs[0][0][1]], "s"),
        beside("import_real_memory", [a[2] for a, _ in pairs], [b[1] for _, b in pairs], "MB", PEER, held_to=MEMORY),
    ]


def _ours(files: list[str], *, twice: bool = False) -> tuple[float, float, float]:
    """Seconds from nothing to all of it, seconds of the same again where that is asked for, and MB."""
    with tempfile.TemporaryDirectory() as folder:
        environment = {**os.environ, "DATA_DIR": str(Path(folder) / "data"), "DEMO": "0"}
        server = [sys.executable, "-m", "server"]
        made, _ = timed([*server, "prepare"], environment)
        first, peak = timed([*server, "import", *files], environment)
        again = timed([*server, "import", *files], environment)[0] if twice else 0.0
        return made + first, again, peak


def _ogr2ogr(program: str, files: list[str]) -> tuple[float, float]:
    """Seconds and MB."""
    with tempfile.TemporaryDirectory() as folder:
        environment = {**os.environ, "OGR2OGR": program, "OUT": str(Path(folder) / "all.sqlite")}
        return timed(["sh", "-c", COPY, "sh", *files], environment)
