"""A file of municipal boundaries → what a municipality's settings and its map begin with. The file is foreign: outline.py reads it in a
limited process of its own; what comes back is numbers and names of ours, held to `Outline` here."""

import json
import os
import shutil
import stat
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any, Final

import msgspec

from server.formats.refusal import FileRefused
from server.model.site import Bounds, Land, MunicipalityCode
from server.model.values import Words

ROOT: Final = Path(__file__).resolve().parents[2]
MAX_BYTES: Final = 1024**3
SAID_MOST: Final = 128 * 1024**2
CLOCK_S: Final = 120.0
ENDINGS: Final = (".geojson", ".json", ".gpkg")


class Outline(msgspec.Struct, frozen=True):
    """One municipality: `bounds` in degrees, `land` (its own and what lies round it, joined, off by at most `tolerance_m`) as
    settings/site has it, the neighbours that share the map with it as (code, name), and two FeatureCollections for the map maker."""

    code: MunicipalityCode
    name: Words
    bounds: Bounds
    land: Land
    tolerance_m: int
    neighbours: tuple[tuple[MunicipalityCode, Words], ...]
    area_km2: float
    area: dict[str, Any]
    land_file: dict[str, Any]
    alone: bool
    """Whether the file has this municipality and no other."""


def danish(number: float, decimals: int = 1) -> str:
    """A number as it is written in Danish: 1.234,5; without ",0"."""
    said = f"{number:,.{decimals}f}".translate(str.maketrans(",.", ".,"))
    return said.rstrip("0").rstrip(",") if "," in said else said


def read(path: Path, which: str, *, clock_s: float = CLOCK_S) -> Outline:
    """The municipality of a code ("376", "0376") or a name. Raises `FileRefused`: a file that is none, no such municipality."""
    try:
        _regular(path)
        with tempfile.TemporaryDirectory(prefix="moedesteder-") as folder:
            copy = Path(folder) / f"fil{path.suffix.lower()}"
            with os.fdopen(os.open(path, os.O_RDONLY | os.O_NOFOLLOW), "rb") as source, copy.open("xb") as to:
                shutil.copyfileobj(source, to, 1 << 20)
            return _run(copy, which, Path(folder), clock_s)
    except FileRefused as reason:
        raise FileRefused(f"{path.name}: {reason}") from reason
    except OSError as reason:
        raise FileRefused(f"{path.name}: {reason.strerror or reason}.") from reason


def _regular(path: Path) -> None:
    try:
        found = path.lstat()
    except FileNotFoundError:
        raise FileRefused("filen findes ikke. Se efter, om navnet er skrevet rigtigt.") from None
    if not stat.S_ISREG(found.st_mode):
        raise FileRefused("er ikke en almindelig fil. Angiv selve filen med grænserne.")
    if path.suffix.lower() not in ENDINGS:
        raise FileRefused("grænser læses af .geojson og .gpkg. Gem filen som en af dem (QGIS kan), og prøv så.")
    if found.st_size > MAX_BYTES:
        raise FileRefused(f"filen er på over {MAX_BYTES >> 20} MB. Brug en udgave med færre punkter.")


def _run(copy: Path, which: str, folder: Path, clock_s: float) -> Outline:
    command = [sys.executable, "-P", "-m", "server.formats.outline", str(copy), which]
    clean = {"PATH": os.defpath, "PYTHONPATH": str(ROOT), "LANG": "C.UTF-8", "TMPDIR": str(folder)}
    said = folder / "said"
    try:
        with said.open("xb") as out:
            done = subprocess.run(
                command, env=clean, cwd=folder, stdin=subprocess.DEVNULL, stdout=out, stderr=subprocess.PIPE,
                check=False, timeout=clock_s,
            )  # fmt: skip
    except subprocess.TimeoutExpired as late:
        raise FileRefused(f"læsningen tog over {clock_s:.0f} sekunder. Brug en udgave med færre punkter.") from late
    if done.returncode:
        raise FileRefused(_refusal(done.stderr, done.returncode))
    if said.stat().st_size > SAID_MOST:
        raise FileRefused("kommunen og dens naboer har for mange punkter. Brug en udgave med færre.")
    try:
        return msgspec.json.decode(said.read_bytes(), type=Outline)
    except msgspec.MsgspecError as reason:
        raise FileRefused(f"filen blev ikke læst til ende ({reason}). Prøv igen.") from reason


def _refusal(errors: bytes, code: int) -> str:
    for line in reversed(errors.decode(errors="replace").splitlines()):
        try:
            return str(json.loads(line)["refused"])
        except (ValueError, KeyError, TypeError):
            continue
    if code < 0:
        return (
            f"læseren blev stoppet (signal {-code}): filen kræver for meget tid eller hukommelse, eller er beskadiget."
        )
    last = errors.decode(errors="replace").strip().splitlines()[-1:] or [""]
    return f"læseren fejlede (kode {code}): {last[0][:300]}"
