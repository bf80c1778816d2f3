"""The gate before the limited reader: `python -m tiles.sources.gdal OUT FILE…`. Nobody imports this file.

GDAL registers its drivers once, when it is loaded. So this process lists them, shuts out all but the two that are wanted, takes on the
limits (fence/limits.py) and becomes `tiles.sources.clean`, which sees to it that both hold before it opens anything.
"""

import os
import sys

import pyogrio

from fence import limits
from tiles.sources.clean import CPU_SECONDS, DRIVERS

if __name__ == "__main__":
    others = ",".join(sorted(set(pyogrio.list_drivers()) - set(DRIVERS.values())))
    closed = limits.put_up(CPU_SECONDS) | {"OGR_SKIP": others, "GDAL_SKIP": others}
    reader = [sys.executable, "-W", "ignore::RuntimeWarning", "-m", "tiles.sources.clean", *sys.argv[1:]]
    os.execve(sys.executable, reader, closed)  # noqa: S606 - ourselves, by full path
