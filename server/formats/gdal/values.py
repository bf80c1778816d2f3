"""The values of a foreign file's columns, as Python's own."""

from typing import Any


def plain_values(values: list[Any], dtype: str) -> list[Any]:
    """One column as str, int, float, bool, list or None. GDAL hands whole numbers and booleans over as floats where one of them is
    NULL (1371.0, nan): NaN is None, and the rest what `dtype` says they were."""
    return [_plain(value, dtype) for value in values]


def _plain(value: Any, dtype: str) -> Any:
    if hasattr(value, "tolist"):
        return value.tolist()
    if value is None or value != value:  # noqa: PLR0124  NaN and NaT
        return None
    if dtype.startswith(("int", "uint")):
        return int(value)
    if dtype == "bool":
        return bool(value)
    return value if isinstance(value, (str, int, float, list)) else str(value)
