"""Measured lengths, whole and rounded to the careful side: a gate is never told wider, a step never lower."""

import math


def width_cm(cm: float) -> int:
    """A width (of a path, a gate, a door): rounded down. Raises ValueError for what is no finite length."""
    return math.floor(_length(cm))


def step_cm(cm: float) -> int:
    """A height to get over (a step, a kerb): rounded up. Raises ValueError for what is no finite length."""
    return math.ceil(_length(cm))


def slope_pct(per_cent: float) -> float:
    """A slope in per cent with one decimal, rounded up."""
    return math.ceil(round(_length(per_cent) * 10, 6)) / 10


def _length(value: float) -> float:
    """Nine decimals only: 0.85 m are 85 cm, though 0.85 × 100 is a hair less in binary."""
    if not math.isfinite(value) or value < 0:
        raise ValueError(f"no length: {value!r}")
    return round(value, 9)
