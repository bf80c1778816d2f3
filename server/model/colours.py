"""The municipality's own colour for what a person can do (buttons, links, places, routes: the look's `act`), by day and in the evening:
what is made of it by rule, and which colours can not be read or are taken. The two strong themes have their own, whatever stands here."""

import math
from collections.abc import Iterator
from typing import Annotated, Final

from msgspec import Meta

from server.model.values import Value

Colour = Annotated[str, Meta(pattern=r"^#[0-9a-f]{6}$(?!\n)")]
"""#rrggbb, lower case."""


class Colours(Value, frozen=True, kw_only=True):
    """`act` by day (dark, on the look's pale grounds) and in the evening (pale, on its dark ones)."""

    light: Colour
    dark: Colour


TEXT: Final = 4.5
"""WCAG 2.2, 1.4.3: text and what is behind it."""
EDGE: Final = 3.0
"""1.4.11: edges, icons, lines and places on the map."""
APART: Final = 0.06
"""How far two colours are from each other (Oklab) for people to tell them apart beside each other; the project's own are 0.065 and more."""

WRITTEN_ON: Final = {
    "light": {
        "det hvide papir": "#ffffff",
        "den lyse bund": "#eef4f6",
        "himlen øverst": "#d5e7ef",
        "den rolige knap": "#e3ecf0",
        "det gule felt": "#fff2c2",
        "kortets land": "#f3f0e3",
        "kortets mark": "#f0e9cc",
    },
    "dark": {
        "det mørke papir": "#141e26",
        "den mørke bund": "#0d151b",
        "himlen øverst": "#1a2b36",
        "den rolige knap": "#22313b",
        "det gule felt": "#33290c",
        "kortets land": "#161f20",
        "kortets mark": "#1a2422",
    },
}
"""What `act` is written on, in Danish: surface, ground, sky, sunken, now-soft, m-land and m-field of tokens.css (a test compares)."""
DRAWN_ON: Final = {
    "light": {
        "kortets mark": "#e9e4c6",
        "kortets eng": "#e1ebcd",
        "kortets skov": "#c6dab8",
        "kortets hede": "#e9ddd6",
        "kortets mose": "#d8e8df",
        "kortets strand": "#f7eabf",
        "kortets vand": "#b9d9e7",
        "kortets park": "#d3e4c0",
        "kortets by": "#e7e1d8",
        "kortets gårde": "#dfd8d2",
        "kortets huse": "#cdc4b8",
        "kortets veje": "#ffffff",
    },
    "dark": {
        "kortets mark": "#1e2824",
        "kortets eng": "#1b2a21",
        "kortets skov": "#1c3325",
        "kortets hede": "#2a2526",
        "kortets mose": "#182b2d",
        "kortets strand": "#2c2a1e",
        "kortets vand": "#0b2230",
        "kortets park": "#1c2e20",
        "kortets by": "#232a2e",
        "kortets gårde": "#282d30",
        "kortets huse": "#343d43",
        "kortets veje": "#5f6d76",
    },
}
"""What places and routes are drawn on: m-field-2, -meadow, -wood, -heath, -wetland, -sand, -water, -park, -built, -yard, -building and
-road of tokens.css."""
TAKEN: Final = {
    "light": {
        "det, der er lukket eller i stykker": "#8a2206",
        "det, der er godt": "#0f5136",
        "det, der er nu": "#ffcf33",
    },
    "dark": {
        "det, der er lukket eller i stykker": "#ffb9a3",
        "det, der er godt": "#a3e3bc",
        "det, der er nu": "#ffd75a",
    },
}
"""bad, good and now, which say a state."""
ON_ACT: Final = {"light": "#ffffff", "dark": "#0d151b"}
"""What is written and drawn on `act`: surface by day, ground in the evening, which both are held off it already."""
INK: Final = {"light": "#12202a", "dark": "#f3f6f8"}
LINE: Final = {"light": "#5f717d", "dark": "#8a9ca8"}
PAPER: Final = {"light": "#ffffff", "dark": "#141e26"}
BLACK, WHITE = "#000000", "#ffffff"
THEMES: Final = ("light", "dark")


def derived(theme: str, act: str) -> dict[str, str]:
    """The tokens that follow `act` in `theme` (light or dark), by the names of tokens.css without dashes: each `#rrggbb`."""
    away = BLACK if theme == "light" else WHITE
    soft = mixed(act, PAPER[theme], 0.11 if theme == "light" else 0.22)
    tokens = {
        "act": act,
        "act-press": mixed(act, away, 0.7),
        "on-act": ON_ACT[theme],
        "act-soft": soft,
        "on-act-soft": mixed(act, away, 0.86 if theme == "light" else 0.55),
    }
    return tokens if theme == "light" else {**tokens, "focus-halo": soft}  # by day the ring's other colour is gold


def refused(theme: str, act: str) -> str | None:
    """Why `act` can not be used in `theme`, in Danish, with what was measured and the nearest that can; None where it can be used."""
    if (why := _wrong(theme, act)) is None:
        return None
    fits = nearest(theme, act)
    return f"{why}. {f'{fits} går.' if fits else 'Vælg en anden farve.'}"


def _wrong(theme: str, act: str) -> str | None:
    for share, least, front, where, behind in _pairs(theme, act):
        found = contrast(front, behind)
        if found < least:
            return (
                f"{act} kan ikke {share} {where}: kontrasten er {_danish(found)}, og den skal være mindst "
                f"{_danish(least)}"
            )
    for what, colour in TAKEN[theme].items():
        found = apart(act, colour)
        if found < APART:
            return (
                f"{act} ligner den farve, der viser {what} ({colour}): afstanden er {_danish(found, 3)}, og den skal "
                f"være mindst {_danish(APART, 3)} (kontrasten er {_danish(contrast(act, colour))})"
            )
    return None


def nearest(theme: str, act: str) -> str | None:
    """The colour nearest to `act`, made darker by day and paler in the evening, that can be used; None where no such one can."""
    away = BLACK if theme == "light" else WHITE
    tried = (mixed(act, away, 1 - step / 100) for step in range(100))
    return next((one for one in tried if _wrong(theme, one) is None), None)


def contrast(a: str, b: str) -> float:
    """WCAG 2's contrast of two colours, 1 to 21."""
    high, low = sorted((_luminance(a), _luminance(b)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def apart(a: str, b: str) -> float:
    """How far two colours look from each other, in Oklab: 0 is the same, black and white are 1."""
    return math.dist(_oklab(a), _oklab(b))


def mixed(colour: str, other: str, share: float) -> str:
    """`share` (0 to 1) of `colour`, the rest `other`, as CSS's color-mix(in srgb)."""
    pairs = zip(_bytes(colour), _bytes(other), strict=True)
    return "#" + "".join(f"{round(a * share + b * (1 - share)):02x}" for a, b in pairs)


def _pairs(theme: str, act: str) -> Iterator[tuple[str, float, str, str, str]]:
    """What is done, the least contrast, the colour, where in words, what is behind."""
    made = derived(theme, act)
    for where, behind in WRITTEN_ON[theme].items():
        yield "læses på", TEXT, act, where, behind
    for where, behind in DRAWN_ON[theme].items():
        yield "ses på", EDGE, act, where, behind
    for front, behind in (("on-act", "act"), ("on-act", "act-press"), ("on-act-soft", "act-soft")):
        yield "bære", TEXT, made[front], "tekst på en knap", made[behind]
    yield "bære", TEXT, INK[theme], "tekst i sin blege udgave", made["act-soft"]
    yield "bære", EDGE, LINE[theme], "en kant i sin blege udgave", made["act-soft"]
    yield "ses på", EDGE, act, "sin egen blege udgave", made["act-soft"]


def _bytes(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _linear(colour: str) -> tuple[float, float, float]:
    r, g, b = (part / 255 for part in _bytes(colour))
    return _straight(r), _straight(g), _straight(b)


def _straight(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else float(((part + 0.055) / 1.055) ** 2.4)


def _luminance(colour: str) -> float:
    r, g, b = _linear(colour)
    return 0.2126 * r + 0.7152 * g + 0.0722 * b


def _oklab(colour: str) -> tuple[float, float, float]:
    """Björn Ottosson's Oklab (https://bottosson.github.io/posts/oklab/), the space of CSS Color 4."""
    r, g, b = _linear(colour)
    l = math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b)  # noqa: E741 - its name there
    m = math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b)
    s = math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b)
    return (
        0.2104542553 * l + 0.7936177850 * m - 0.0040720468 * s,
        1.9779984951 * l - 2.4285922050 * m + 0.4505937099 * s,
        0.0259040371 * l + 0.7827717662 * m - 0.8086757660 * s,
    )


def _danish(number: float, digits: int = 2) -> str:
    """Rounded down, so that what is too little never reads as enough."""
    return f"{math.floor(number * 10**digits) / 10**digits:.{digits}f}".replace(".", ",")
