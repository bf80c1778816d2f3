"""The count of what went in and what became of it. It travels in each archive's metadata, so that `check` can hold the tiles against it."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

import numpy as np
import shapely

from tiles.cut import Cut
from tiles.layers.layer import Layer
from tiles.sources.read import Left, Source

KEY = "census"


def of_files(sources: Sequence[Source], fitted: Sequence[Layer]) -> dict[str, Any]:
    """By file: rows found, rows drawn (in any layer), rows left by reason. The three add up, or AssertionError: a row was lost unsaid."""
    drawn: dict[str, set[int]] = {source.stem: set() for source in sources}
    why: dict[str, dict[int, str]] = {
        source.stem: {left.row: left.reason for left in source.left} for source in sources
    }
    for layer in fitted:
        for stem, row in layer.origin:
            drawn.setdefault(stem, set()).add(row)
        for left in layer.left:
            why.setdefault(left.file, {}).setdefault(left.row, left.reason)
    found = {}
    for source in sources:
        reasons = Counter(reason for row, reason in why[source.stem].items() if row not in drawn[source.stem])
        found[source.stem] = {
            "found": source.found,
            "drawn": len(drawn[source.stem]),
            "left": dict(sorted(reasons.items())),
        }
        if len(drawn[source.stem]) + reasons.total() != source.found:
            raise AssertionError(
                f"{source.stem}: {source.found} rows, {len(drawn[source.stem])} drawn, {reasons.total()} named"
            )
    return found


def of_layers(fitted: Sequence[Layer], cuts: Sequence[Cut]) -> dict[str, Any]:
    """By layer: features, length or area in EPSG:3857, names, and by zoom how many are drawn and why the others are not."""
    census: dict[str, Any] = {}
    for layer in fitted:
        if not layer.shapes:
            continue
        shapes = np.array(layer.shapes, dtype=object)
        size = shapely.area(shapes) if layer.shape == "polygon" else shapely.length(shapes)
        zooms = {
            str(done.zoom): {"drawn": done.drawn, "left": done.left}
            for done in sorted(cuts, key=lambda done: done.zoom)
            if done.layer == layer.name
        }
        census[layer.name] = {"shape": layer.shape, "features": len(shapes), "zooms": zooms}
        if layer.shape != "point":
            census[layer.name]["size"] = round(float(size.sum()), 1)
        if layer.name.endswith("_labels"):
            census[layer.name]["names"] = sorted({str(name) for name in layer.fields.get("name", []) if name})
    return census


def lost(fitted: Sequence[Layer], cuts: Sequence[Cut]) -> list[Left]:
    """Each feature that a zoom could not show, by file and row; the reason names layer and zoom."""
    origins = {layer.name: layer.origin for layer in fitted}
    return [
        Left(*origins[done.layer][number], f"{reason} ({done.layer}, z{done.zoom})")
        for done in cuts
        for number, reason in sorted(done.lost.items())
    ]
