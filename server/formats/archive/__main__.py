"""Opens a zip for the reader, a fenced process of its own: `python -m server.formats.archive FILE INTO ENDING…`. Nobody imports this file.

It writes what can be read into INTO (unpack.py) and, to standard output, `[{"file":…,"title":…}]`: the layers by the names they had.
"""

import json
import sys
from pathlib import Path
from typing import Final

from server.formats import fenced
from server.formats.archive.unpack import unpack

CPU_SECONDS: Final = 60


def main() -> None:
    """Unpacks the file, and writes what it held to standard output."""
    path, into, *endings = sys.argv[1:]
    sys.stdout.write(json.dumps(unpack(Path(path), Path(into), frozenset(endings))))
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(fenced.inside(main, cpu_seconds=CPU_SECONDS, do="Del den i mindre filer."))
