"""Formats whose layer is several files beside one another: what belongs together, and what of it must be there."""

from pathlib import Path
from typing import Final, NamedTuple

from server.formats.refusal import FileRefused


class Set(NamedTuple):
    """The other endings of a layer's files: without those `needed` nothing can be read; those of `also` are read where they are."""

    needed: tuple[str, ...]
    also: tuple[str, ...] = ()


SETS: Final[dict[str, Set]] = {
    ".shp": Set((".shx", ".dbf"), (".prj", ".cpg")),
    ".tab": Set((".dat", ".map", ".id")),
    ".mif": Set((".mid",)),
}
COMPANIONS: Final = {ending for one in SETS.values() for ending in (*one.needed, *one.also)}


def companions(main: str, ending: str, beside: dict[str, str]) -> dict[str, str]:
    """{ending: name} of the files that belong to `main`; `beside` are the names of the same stem by their endings in small letters.
    Raises `FileRefused` where a needed one is missing."""
    belongs = SETS.get(ending, Set(()))
    if missing := [f"{Path(main).stem}{end}" for end in belongs.needed if end not in beside]:
        every = ", ".join((ending, *belongs.needed, *belongs.also))
        raise FileRefused(
            f"{main} kan ikke læses uden {' og '.join(missing)}. Læg alle lagets filer ved siden af hinanden ({every})."
        )
    return {end: beside[end] for end in (*belongs.needed, *belongs.also) if end in beside}
