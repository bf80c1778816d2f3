"""The gate before the limited reader: `python -m tiles.sources.gdal OUT FILE…`. Nobody imports this file.

GDAL registers its drivers once, when it is loaded. So this process lists them, shuts out all but the two that are wanted, takes on the
limits and becomes `tiles.sources.clean`, which checks that nothing else is left before it opens anything.
"""

import os
import resource
import sys

import pyogrio

KEPT = {"GPKG", "GeoJSON"}
MEMORY = 512 << 20  # bytes of address space, the wheels' own 300 MB among them
SECONDS = 120
LARGEST = 1 << 30  # bytes of one file that is written


def limit() -> None:
    for what, value in ((resource.RLIMIT_AS, MEMORY), (resource.RLIMIT_CPU, SECONDS), (resource.RLIMIT_FSIZE, LARGEST)):
        hard = resource.getrlimit(what)[1]
        top = value if hard == resource.RLIM_INFINITY else min(value, hard)
        if what != resource.RLIMIT_AS or sys.platform != "darwin":  # macOS refuses a limit of address space
            resource.setrlimit(what, (top, top))


if __name__ == "__main__":
    others = ",".join(sorted(set(pyogrio.list_drivers()) - KEPT))
    limit()
    closed = {
        "OGR_SKIP": others,
        "GDAL_SKIP": others,
        "CPL_VSIL_CURL_ALLOWED_FILENAME": "none",
        "GDAL_HTTP_TIMEOUT": "1",
        "PROJ_NETWORK": "OFF",
        "OPENBLAS_NUM_THREADS": "1",
    }
    reader = [sys.executable, "-W", "ignore::RuntimeWarning", "-m", "tiles.sources.clean", *sys.argv[1:]]
    os.execve(sys.executable, reader, {**os.environ, **closed})  # noqa: S606 - ourselves, by full path
