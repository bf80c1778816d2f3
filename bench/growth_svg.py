"""The growth of cost as a drawing: a small panel a figure, both axes logarithmic, readable on light and dark without a font of its own."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

WIDE, HIGH = 250, 150
LEFT, TOP, RIGHT, BOTTOM = 52, 34, 30, 26
COLUMNS = 2
STYLE = """
.paper { fill: #fff }
text { font: 12px system-ui, sans-serif; fill: #1b1f24; stroke: #fff; stroke-width: 3px; paint-order: stroke }
.title { font-weight: 600 } .small { font-size: 11px; fill: #57606a }
.grid { stroke: #d0d7de } .line { stroke: #0b5cad; stroke-width: 2; fill: none } .dot { fill: #0b5cad }
@media (prefers-color-scheme: dark) {
  .paper { fill: #0d1117 } text { fill: #e6edf3; stroke: #0d1117 }
  .small { fill: #9aa4af } .grid { stroke: #3d444d } .line { stroke: #79b8ff } .dot { fill: #79b8ff }
}
"""


@dataclass(frozen=True)
class Panel:
    """`points`: (things, value), both above 0."""

    title: str
    points: Sequence[tuple[float, float]]


def draw(panels: Sequence[Panel], sizes: str) -> str:
    """An SVG document; `sizes` says in its title what grows, and from what to what."""
    rows = math.ceil(len(panels) / COLUMNS)
    wide, high = COLUMNS * (LEFT + WIDE + RIGHT), rows * (TOP + HIGH + BOTTOM)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {wide} {high}" width="{wide}" height="{high}" role="img">',
        f"<title>{escape('; '.join(panel.title for panel in panels))}, {sizes}, both axes logarithmic</title>",
        f"<style>{STYLE}</style>",
        f'<rect class="paper" width="{wide}" height="{high}"/>',  # whatever page it stands on
    ]
    for number, panel in enumerate(panels):
        x = number % COLUMNS * (LEFT + WIDE + RIGHT) + LEFT
        y = number // COLUMNS * (TOP + HIGH + BOTTOM) + TOP
        parts += [f'<g transform="translate({x} {y})">', *_panel(panel), "</g>"]
    return "\n".join([*parts, "</svg>"]) + "\n"


def _panel(panel: Panel) -> list[str]:
    left, right = (math.log10(edge(x for x, _ in panel.points)) for edge in (min, max))
    low = math.floor(min(math.log10(y) for _, y in panel.points))
    top = max(math.ceil(max(math.log10(y) for _, y in panel.points)), low + 1)

    def at(x: float, y: float) -> tuple[float, float]:
        across = (math.log10(x) - left) / (right - left or 1) * WIDE
        return round(across, 1), round(HIGH - (math.log10(y) - low) / (top - low) * HIGH, 1)

    parts = [f'<text class="title" x="0" y="-12">{escape(panel.title)}</text>']
    for power in range(low, top + 1):
        _, y = at(10**left, 10.0**power)
        parts.append(f'<line class="grid" x1="0" x2="{WIDE}" y1="{y}" y2="{y}"/>')
        parts.append(f'<text class="small" x="-6" y="{y + 4}" text-anchor="end">{_number(10.0**power)}</text>')
    for x, _ in panel.points:
        across, _ = at(x, 10.0**low)
        parts.append(f'<line class="grid" x1="{across}" x2="{across}" y1="0" y2="{HIGH}"/>')
        parts.append(f'<text class="small" x="{across}" y="{HIGH + 16}" text-anchor="middle">{_number(x)}</text>')
    spots = [at(x, y) for x, y in panel.points]
    parts.append(f'<polyline class="line" points="{" ".join(f"{x},{y}" for x, y in spots)}"/>')
    for number, ((x, y), (_, value)) in enumerate(zip(spots, panel.points, strict=True)):
        anchor = "start" if number == 0 else "end" if number == len(spots) - 1 else "middle"
        # Above and below in turn, so that neighbours on one height do not meet; below only where there is room.
        beside = y + 18 if number % 2 and y + 22 < HIGH else max(y - 8, 12)
        parts.append(f'<circle class="dot" cx="{x}" cy="{y}" r="3.5"/>')
        parts.append(
            f'<text x="{x + 5 * (number == 0)}" y="{round(beside, 1)}" text-anchor="{anchor}">{value:.3g}</text>'
        )
    return parts


def _number(value: float) -> str:
    return f"{value:,.0f}" if value >= 1 else f"{value:g}"
