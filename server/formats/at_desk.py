"""What a reader says to somebody at a keyboard, said to somebody at the desk: its fields in place of the command line's options."""

import re
from typing import Final

_SAID: Final[tuple[tuple[re.Pattern[str], str], ...]] = tuple(
    (re.compile(pattern), words)
    for pattern, words in (
        (r"[,;]? ?\(?med --dry-run ses det, før noget er gemt\)?", ""),
        (r" Med --dry-run ses det, før noget er gemt\.", ""),
        (r"--crs (\d+) er ikke", r"EPSG:\1 er ikke"),
        (r"skriv --crs (\d+)", r"skriv \1 i feltet »Koordinatsystem«"),
        (r"skriv --crs med dets EPSG-nummer", "skriv dets EPSG-nummer i feltet »Koordinatsystem«"),
        (r"skriv --crs\b", "skriv dets nummer i feltet »Koordinatsystem«"),
        (r"skriv --lat-lon", "vælg »Bredden står først«"),
        (r"skriv --lon-lat", "vælg »Længden står først«"),
        (r'skriv --source "([^"]*)"', r"skriv »\1« i feltet »Registrets navn«"),
        (r"skriv --source med (et navn|det navn|dens navn|registrets navn)", r"skriv \1 i feltet »Registrets navn«"),
        (r"med --source og navnet ([^.]*)\.", r"igen med navnet \1 i feltet »Registrets navn«."),
        (r"skriv --source", "skriv i feltet »Registrets navn«"),
        (r'skriv --column "OVERSKRIFT=name"', "vælg den i listen over kolonner"),
        (r' med --column "OVERSKRIFT=seen_on"', " i listen over kolonner"),
        (r"--column: ", ""),
        (r"skriv --seen-on ÅÅÅÅ-MM-DD", "skriv dagen i feltet »Set den«"),
        (r"--seen-on (\S+): skriv en dag", r"»Set den« er \1: skriv en dag"),
        (r"som --seen-on siger", "som feltet »Set den« siger"),
        (r", eller vælg lag med --layer", ""),
        (r"\(python -m tiles\), ", ""),
    )
)


def at_desk(words: str) -> str:
    """The sentence with no option of the command line in it, as far as one is known."""
    for pattern, said in _SAID:
        words = pattern.sub(said, words)
    return words
