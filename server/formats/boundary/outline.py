"""A file of municipal boundaries → what a municipality's settings and its map begin with. The file is foreign: __main__.py reads it in a
fenced process of its own; what comes back is numbers and names of ours, held to `Outline` here."""

import os
import shutil
import stat
import tempfile
from pathlib import Path
from typing import Any, Final

import msgspec

from server.formats import fenced
from server.formats.fenced import CLOCK_S
from server.formats.refusal import FileRefused
from server.model.site import Bounds, Land, MunicipalityCode
from server.model.values import Words

MAX_BYTES: Final = 1024**3
SAID_MOST: Final = 128 * 1024**2
DO: Final = "Brug en udgave af grænserne med færre punkter."
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
    said = folder / "said"
    fenced.run("server.formats.boundary", [str(copy), which], written=said, do=DO, clock_s=clock_s)
    if said.stat().st_size > SAID_MOST:
        raise FileRefused("kommunen og dens naboer har for mange punkter. Brug en udgave med færre.")
    try:
        return msgspec.json.decode(said.read_bytes(), type=Outline)
    except msgspec.MsgspecError as reason:
        raise FileRefused(f"filen blev ikke læst til ende ({reason}). Prøv igen.") from reason
