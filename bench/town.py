"""A town of as many things as asked for: bodies as the demo's, each with its own words, numbers and spot, the same every time.

Of sixteen things four are places, one is a route, eleven are facilities: the demo's own shares. They go in by the doors that everybody's
data takes: routes and facilities by import, places by ops from the command line."""

import hashlib
import itertools
import json
import random
import uuid
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from bench.figure import ROOT
from server import local
from server.model.ids import imported_id
from server.prepare import prepare
from server.settings import Settings

SOURCE = "bench"
WEST, SOUTH, EAST, NORTH = 11.55, 54.58, 12.10, 54.95
AT_ONCE = 10_000
"""Things in one file: what the import holds within its limits with room to spare."""


def _demo(name: str) -> Any:
    return json.loads((ROOT / "demo" / name).read_text(encoding="utf-8"))


FILES = [json.loads(path.read_text(encoding="utf-8")) for path in sorted((ROOT / "demo/places").glob("*.json"))]
PLACES = [file["place"] for file in FILES if "active" in file["steps"]]
SPOTS = [place for place in PLACES if place["form"] in ("spot", "building")]
FACILITIES = [feature["properties"] for feature in _demo("facilities.geojson")["features"]]
ROUTES = [f for f in _demo("routes.geojson")["features"] if f["properties"]["moede"] == "stretch"]
NAMES = [town["name"]["da"] if isinstance(town["name"], dict) else town["name"] for town in _demo("site.json")["towns"]]
TEXTS = ("where", "amenities", "ground", "purpose", "activities", "way_in", "first_time")
WORDS = [" ".join(words["da"] for field in TEXTS if (words := place.get(field))).split() for place in PLACES]
FOLLOW: dict[str, list[str]] = {}
"""Which words stand after a word in the demo's texts."""
for text in WORDS:
    for word, after in itertools.pairwise(text):
        FOLLOW.setdefault(word, []).append(after)
FIRST = [after for word, all_after in FOLLOW.items() if word.endswith(".") for after in all_after]
LENGTHS = [len(place[field]["da"].split()) for place in PLACES for field in TEXTS if place.get(field)]


def is_place(n: int) -> bool:
    return n % 4 == 0


def is_facility(n: int) -> bool:
    return n % 4 > 0 and n % 16 != 1


def facility_id(n: int) -> str:
    """The id of thing n, which is a facility."""
    return imported_id(SOURCE, "facility", f"f{n}")


def fresh(data_dir: Path, things: int) -> Settings:
    """A new database in `data_dir` with things 0 … `things`-1."""
    settings = Settings(data_dir=data_dir)
    data_dir.mkdir(parents=True, exist_ok=True)
    prepare(data_dir, code="376", name="Guldborgsund Kommune")
    _send(settings, [_op("save_settings", "settings", "site", {"set": _demo("site.json")})])
    grow(settings, 0, things)
    return settings


def grow(settings: Settings, first: int, end: int) -> None:
    """Adds things `first` … `end`-1."""
    for start in range(first, end, AT_ONCE):
        part = range(start, min(start + AT_ONCE, end))
        _import(settings, [_feature(n, str(n)) for n in part if not is_place(n)])
    ops = (op for n in range(first, end) if is_place(n) for op in _place_ops(n))
    while some := list(itertools.islice(ops, 900)):
        _send(settings, some)


def change(settings: Settings, ns: Sequence[int], round_: int) -> None:
    """Gives each of these things other words (a place), or another name, and leaves everything else as it was."""
    places = [n for n in ns if is_place(n)]
    _send(
        settings,
        [
            _op("save_place", "place", place_id(n), {"set": {"activities": _words(_dice(n, round_))}}, round_)
            for n in places
        ],
    )
    _import(settings, [_feature(n, f"{n}, {round_}") for n in ns if not is_place(n)])


def withdraw(settings: Settings, ns: Iterable[int]) -> None:
    """Takes these facilities away."""
    _send(settings, [_op("withdraw", "facility", facility_id(n), {"why": "Den er væk."}) for n in ns])


def report(n: int, facility: str) -> bytes:
    """The nth report of a fault, on a facility of the town."""
    return _op("report_fault", "facility", facility, {"what": "broken", "text": f"Nummer {n}.", "photos": []})


def place_id(n: int) -> str:
    return _uuid7(f"place/{n}")


def _import(settings: Settings, features: list[dict[str, Any]]) -> None:
    file = settings.data_dir / "bench.geojson"
    file.write_text(json.dumps({"type": "FeatureCollection", "features": features}, ensure_ascii=False), "utf-8")
    if local.import_files(settings, [file], source=SOURCE):
        raise RuntimeError("a file of the bench's own was refused")
    file.unlink()


def _feature(n: int, name: str) -> dict[str, Any]:
    return _facility(n, name) if is_facility(n) else _route(n, name)


def _send(settings: Settings, ops: list[bytes]) -> None:
    for reply in local.send(settings, b"\n".join(ops)):
        if b'"status":"applied"' not in reply:
            raise RuntimeError(f"an op of the bench's own was not taken: {reply.decode()}")


def _dice(n: int, round_: int = 0) -> random.Random:
    return random.Random(f"{n}/{round_}")


def _spot(dice: random.Random) -> list[float]:
    return [round(dice.uniform(WEST, EAST), 6), round(dice.uniform(SOUTH, NORTH), 6)]


def _words(dice: random.Random) -> dict[str, str]:
    """As long as one of the demo's texts, in its words, each after one that it stands after there: no two texts are the same."""
    said = [dice.choice(FIRST)]
    for _ in range(dice.choice(LENGTHS) - 1):
        said.append(dice.choice(FOLLOW.get(said[-1]) or FIRST))
    return {"da": " ".join(said)}


def _dated(value: Any, dice: random.Random) -> Any:
    """The same facts, seen on days of their own."""
    if isinstance(value, dict):
        kept = {key: _dated(inner, dice) for key, inner in value.items()}
        if "seen_on" in kept:
            kept["seen_on"] = f"2026-{dice.randrange(1, 10):02d}-{dice.randrange(1, 29):02d}"
        if isinstance(kept.get("value"), int) and not isinstance(kept["value"], bool):
            kept["value"] = max(1, kept["value"] + dice.randrange(-10, 40))
        return kept
    return [_dated(inner, dice) for inner in value] if isinstance(value, list) else value


def _facility(n: int, called: str) -> dict[str, Any]:
    dice = _dice(n)
    fields = _dated(dice.choice(FACILITIES), dice)
    name = {"da": f"{fields['type_text']} ved {dice.choice(NAMES)}, {called}"}
    point = {"type": "Point", "coordinates": _spot(dice)}
    return {"type": "Feature", "properties": {**fields, "key": f"f{n}", "name": name}, "geometry": point}


def _route(n: int, called: str) -> dict[str, Any]:
    dice = _dice(n)
    like = ROUTES[n // 16 % len(ROUTES)]
    first = {**next(r["properties"] for r in ROUTES if r["properties"]["no"] == 1), **_dated(like["properties"], dice)}
    fields = {**first, "key": f"r{n}", "route": f"r{n}", "no": 1, "loop": False, "approaches": [], "closures": []}
    lon, lat = _spot(dice)
    (x0, y0), *_ = like["geometry"]["coordinates"]
    line = [
        [round(lon + x - x0 + dice.uniform(-2e-4, 2e-4), 6), round(lat + y - y0 + dice.uniform(-2e-4, 2e-4), 6)]
        for x, y in like["geometry"]["coordinates"]
    ]
    name = {"da": f"Tur {called} ved {dice.choice(NAMES)}"}
    geometry = {"type": "LineString", "coordinates": line}
    return {"type": "Feature", "properties": {**fields, "name": name, "modes": ["walk"]}, "geometry": geometry}


def _place_ops(n: int) -> list[bytes]:
    dice, id = _dice(n), place_id(n)
    fields = _dated(dice.choice(SPOTS), dice)
    fields |= {field: _words(dice) for field in TEXTS if fields.get(field)}
    fields |= {
        "name": {"da": f"Mødested {n} ved {dice.choice(NAMES)}"},
        "point": _spot(dice),
        "route_id": None,
        "photos": [],
    }
    fields["facility_ids"] = [facility_id(near) for near in (n - 1, n + 2, n + 3) if near > 0]
    steps = [{"to": to, "why": None, "successor_id": None} for to in ("developing", "active")]
    return [
        _op("save_place", "place", id, {"set": fields}),
        *(_op("move_state", "place", id, step) for step in steps),
    ]


def _op(verb: str, kind: str, id: str, args: dict[str, Any], round_: int = 0) -> bytes:
    """One line; the same one has the same id, so a town that is grown again is the same town."""
    subject = {"kind": kind, "id": id}
    rest = {"verb": verb, "at": "2026-01-01T12:00:00Z", "subject": subject, "base": None, "args": args}
    line = {"id": _uuid7(f"{round_}/{json.dumps(rest, sort_keys=True)}"), **rest}
    return json.dumps(line, ensure_ascii=False).encode()


def _uuid7(of: str) -> str:
    rest = int.from_bytes(hashlib.sha256(of.encode()).digest()[:10])
    made = (1_767_225_600_000 << 80) | (0x7 << 76) | ((rest >> 62 & 0xFFF) << 64) | (0x2 << 62) | (rest & (2**62 - 1))
    return str(uuid.UUID(int=made))
