"""Text as other programs can take it, and the Danish that stands in the files."""

from typing import Final

from server.model.route import Mode, Route

MODES: Final[dict[Mode, str]] = {
    "walk": "til fods", "cycle": "på cykel", "drive": "i bil", "ride": "til hest", "paddle": "på vandet",
}  # fmt: skip
SURFACES: Final = {
    "firm": "fast",
    "loose": "løst",
    "unpaved": "uden belægning",
    "other": "andet",
    "unknown": "ved ikke",
}
_GONE: Final = {n: None for n in (*range(0x20), 0x7F, 0xFFFE, 0xFFFF) if n not in (0x09, 0x0A)}
_GONE.update({n: None for n in range(0x80, 0xA0) if n != 0x85})


def clean(text: str) -> str:
    """Without what XML forbids and no reader shows: control characters other than tab and new line (which is one sign), halves of
    characters. Marks of reading direction stay: they belong to words."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").replace("\x85", "\n")
    return lines.translate(_GONE).encode("utf-8", "replace").decode()


def length(metres: int) -> str:
    """350 m, 2,4 km"""
    return f"{metres} m" if metres < 1000 else f"{metres / 1000:.1f} km".replace(".", ",")


def surfaces(route: Route) -> dict[str, int]:
    """Metres by surface, of stretches that nobody has looked at under "unknown"; only those that there are."""
    found: dict[str, int] = {}
    for stretch in route.stretches:
        name = stretch.surface.value if stretch.surface else "unknown"
        found[name] = found.get(name, 0) + stretch.length_m
    return {name: found[name] for name in SURFACES if name in found}
