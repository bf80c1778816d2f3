"""What the map takes from settings/site (`--site`, as `python -m server site` prints it): the municipality's name and its towns."""

import json
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import shapely

from tiles.frame import to_metres
from tiles.layers.layer import Town
from tiles.packs import Text

LARGEST = 4 << 20  # bytes
KINDS = frozenset({"city", "town", "village", "hamlet", "island"})


class SiteRefused(Exception):
    """A site or attribution file that can not be used; the text says what is wrong where."""


@dataclass(frozen=True)
class Site:
    """Name of the municipality and its towns, the most important first."""

    name: str | None = None
    towns: list[Town] = field(default_factory=list)


def read_site(path: Path | None) -> Site:
    """The file's name and towns; nothing where there is no file. Raises SiteRefused."""
    if path is None:
        return Site()
    body = _json(path)
    name = words(body.get("name"), f"{path.name}: name")["da"] if body.get("name") else None
    told = body.get("towns") or []
    if not isinstance(told, list):
        raise SiteRefused(f"{path.name}: towns is no list")
    towns = [_town(town, f"{path.name}: towns/{number}") for number, town in enumerate(told)]
    ids = [slug(town.names["da"]) for town in towns]
    if twice := sorted({one for one in ids if ids.count(one) > 1 or one in {"", "overview", "all"}}):
        raise SiteRefused(f"{path.name}: towns that can not be told apart: {', '.join(twice)}")
    return Site(name, towns)


def words(value: object, where: str) -> Text:
    """A Text: a plain string is Danish."""
    if isinstance(value, str) and value.strip():
        return {"da": value.strip()}
    if isinstance(value, dict) and isinstance(value.get("da"), str):
        return {code: text for code, text in value.items() if code in {"da", "en", "de"} and isinstance(text, str)}
    raise SiteRefused(f"{where} is no text")


def slug(name: str) -> str:
    """A pack's id from a town's name: small Latin letters and hyphens."""
    plain = name.lower().replace("æ", "ae").replace("ø", "oe").replace("å", "aa")
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")


def _town(town: Any, where: str) -> Town:
    if not isinstance(town, dict):
        raise SiteRefused(f"{where} is no town")
    point = town.get("point")
    if not (isinstance(point, list) and len(point) == 2 and all(isinstance(number, int | float) for number in point)):
        raise SiteRefused(f"{where}/point is not [lon, lat]")
    if abs(point[0]) > 180 or abs(point[1]) > 85:
        raise SiteRefused(f"{where}/point is not [lon, lat] in degrees")
    kind = town.get("kind", "town")
    if kind not in KINDS:
        raise SiteRefused(f"{where}/kind is not one of {', '.join(sorted(KINDS))}")
    return Town(words(town.get("name"), f"{where}/name"), kind, shapely.Point(to_metres(*point)))


def read_attribution(layers: Path, default: Text) -> Text:
    """`attribution.json` of the layers' folder (a Text, or `{"attribution": Text}`), else the default."""
    path = layers / "attribution.json"
    if not path.exists():
        return default
    body = _json(path)
    return words(body.get("attribution", body), path.name)


def _json(path: Path) -> dict[str, Any]:
    if not path.is_file() or path.stat().st_size > LARGEST:
        raise SiteRefused(f"{path.name}: not a regular file of at most {LARGEST >> 20} MB")
    try:
        body = json.loads(path.read_bytes())
    except (ValueError, RecursionError) as no:
        raise SiteRefused(f"{path.name}: no JSON: {no}") from no
    if not isinstance(body, dict):
        raise SiteRefused(f"{path.name}: no object")
    return body
