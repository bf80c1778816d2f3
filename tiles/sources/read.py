"""Starts the limited reader and takes in what it left; the door to `tiles.sources` for the rest of the room."""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

PATIENCE = 300  # seconds for all files together
ROOT = Path(__file__).resolve().parent.parent.parent

Value = str | int | float | None


class SourceRefused(Exception):
    """A file that could not be read whole: nothing of it is used. The text names the file and the reason."""


@dataclass(frozen=True)
class Left:
    """A row that is not drawn: file stem, row id in the file, reason in words."""

    file: str
    row: int
    reason: str


@dataclass(frozen=True)
class Source:
    """One file: its shapes in EPSG:3857 (valid WKB, finite, not empty), their row ids, the columns, and the rows that were left."""

    stem: str
    found: int
    shapes: NDArray[np.object_]
    rows: list[int]
    fields: dict[str, list[Value]]
    left: list[Left]

    def column(self, name: str) -> list[Value]:
        """The column, or nothing at all times where the file has none."""
        return self.fields.get(name, [None] * len(self.rows))

    def each(self, *names: str) -> Iterator[tuple[Any, ...]]:
        """(shape, (file stem, row id), a value of each column …) row by row."""
        origins = [(self.stem, row) for row in self.rows]
        return zip(self.shapes, origins, *map(self.column, names), strict=True)


def read(files: Sequence[Path]) -> list[Source]:
    """Read the files in one limited process, in order. Raises SourceRefused for the first one that is not good."""
    if not files:
        return []
    with tempfile.TemporaryDirectory(prefix="tiles-") as folder:
        command = [sys.executable, "-m", "tiles.sources.gdal", folder, *(str(file.absolute()) for file in files)]
        try:
            done = subprocess.run(
                command, cwd=ROOT, env=_surroundings(), capture_output=True, text=True, check=False, timeout=PATIENCE
            )
        except subprocess.TimeoutExpired as late:
            raise SourceRefused(f"reading took over {PATIENCE} s") from late
        said = [json.loads(line) for line in done.stdout.splitlines()]
        if done.returncode != 0:
            last = next((line["reading"] for line in reversed(said) if "reading" in line), files[0].name)
            words = done.stderr.strip().splitlines()
            if done.returncode == 1 and words and words[-1].startswith(last):
                raise SourceRefused(words[-1])
            raise SourceRefused(f"{last}: the reader was ended ({_end(done.returncode)}): {words[-1] if words else ''}")
        reports = [line for line in said if "file" in line]
        return [
            _take(Path(folder) / f"{n}.npz", file, report)
            for n, (file, report) in enumerate(zip(files, reports, strict=True))
        ]


def _end(code: int) -> str:
    return f"signal {-code}, a limit of memory or time" if code < 0 else f"exit {code}"


def _surroundings() -> dict[str, str]:
    """Nothing of our own environment but what a Python needs to start: settings of GDAL and PROJ stay outside."""
    return {
        name: os.environ[name]
        for name in ("PATH", "HOME", "LANG", "LC_ALL", "TMPDIR", "VIRTUAL_ENV")
        if name in os.environ
    }


def _take(path: Path, file: Path, report: dict[str, object]) -> Source:
    with np.load(path, allow_pickle=False) as box:
        blob, ends, rows = box["wkb"].tobytes(), box["ends"].tolist(), box["rows"].tolist()
        fields = json.loads(box["fields"].tobytes())
    starts = [0, *ends[:-1]] if ends else []
    shapes = np.asarray(shapely.from_wkb([blob[a:b] for a, b in zip(starts, ends, strict=True)]), dtype=object)
    left = report["left"]
    assert isinstance(left, list)  # noqa: S101 - our own reader's line
    return Source(
        stem=file.stem,
        found=int(str(report["rows"])),
        shapes=shapes,
        rows=rows,
        fields=fields,
        left=[Left(file.stem, int(row), str(reason)) for row, reason in left],
    )
