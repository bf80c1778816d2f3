"""Loads demo/ into an empty DATA_DIR, through the same import and the same ops as everybody's data. Never into one that holds anything."""

import hashlib
import io
import json
import os
import shutil
import subprocess
import sys
import uuid
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import msgspec
import uuid_utils
from PIL import Image
from rich.console import Console

from server import local
from server.model import recurrence
from server.model.event import Schedule
from server.model.ids import imported_id
from server.model.moment import COPENHAGEN
from server.model.site import SiteSet
from server.prepare import prepare
from server.settings import Settings
from server.store import blobs, database
from server.store.lost import lost
from server.store.refusal import StoreRefused, folder

HERE = Path(__file__).resolve().parent.parent / "demo"
SOURCE = "demo"
TILES_S = 300
WEEKDAYS = ("mo", "tu", "we", "th", "fr", "sa", "su")
MADE_MS = 1_767_225_600_000
MADE = datetime.fromtimestamp(MADE_MS / 1000, UTC)
"""2026-01-01T00:00:00Z"""
Say = Callable[[str], object]


class DemoRefused(Exception):
    """Why the demo was not loaded; nothing of it stays behind."""


def load(settings: Settings, say: Say = print) -> None:
    """Makes DATA_DIR whole or not at all: it is filled beside and moved into place last. Raises DemoRefused."""
    data = settings.data_dir
    folder(data)
    half = data / ".half"  # inside, so that it lies on the same disk (DATA_DIR may be a mounted volume)
    if not half.is_dir() and (gone := lost(data, settings.backups_to)):  # half of a demo is none that anybody has seen
        raise DemoRefused(gone)
    try:
        half.mkdir(exist_ok=True)
        _empty(half)  # of a load that was broken off
        _fill(msgspec.structs.replace(settings, data_dir=half), say)
        for item in sorted(
            half.iterdir(), key=lambda p: p.name == database.file_of(half).name
        ):  # the database last: it says "whole"
            if (data / item.name).exists():
                continue  # the lock that this process holds
            item.replace(data / item.name)
    except (local.Refused, StoreRefused) as refused:
        raise DemoRefused(str(refused)) from refused
    except OSError as error:
        raise DemoRefused(f"demo: {data} could not be filled: {error.strerror}") from error
    finally:
        _empty(half)
        if database.exists(data) or not lost(data):  # else some of it has its place already: the folder tells of that
            shutil.rmtree(half, ignore_errors=True)


def _empty(folder: Path) -> None:
    for left in folder.glob("*"):
        if left.is_dir():
            shutil.rmtree(left, ignore_errors=True)
        else:
            left.unlink(missing_ok=True)


def _fill(settings: Settings, say: Say) -> None:
    say("Demo: places, routes, facilities and events made by hand …")
    prepare(settings.data_dir, code=settings.code, name=settings.name, demo=True)
    files = [HERE / "facilities.geojson", HERE / "routes.geojson"]
    told = Console(file=io.StringIO(), highlight=False, soft_wrap=True)
    if local.import_files(settings, files, source=SOURCE, into_demo=True, say=told):
        raise DemoRefused(f"demo: its own files were refused:\n{told.file.getvalue()}")  # type: ignore[attr-defined]
    _send(settings, [_op("save_settings", "settings", "site", {"set": _read("site.json")})])
    places = sorted((_read(f"places/{path.name}") for path in (HERE / "places").glob("*.json")), key=lambda p: p["key"])
    ids = {p["key"]: _place_id(p["key"]) for p in places}
    for place in places:
        _send(settings, _place_ops(settings, place, ids))
    _send(settings, [_fault_op(fault, ids) for fault in _read("faults.json")])
    _events(settings, ids)
    _tiles(settings, say)


def _events(settings: Settings, ids: dict[str, str]) -> None:
    """Organisers and events. Their days are told from the day of loading, so that there is always something today and this week."""
    now = datetime.now(UTC)
    for path in sorted((HERE / "organisers").glob("*.json")):
        one = _read(f"organisers/{path.name}")
        id = _place_id(f"organiser/{one['key']}")
        _send(settings, [_op("save_organiser", "organiser", id, {"set": one["organiser"]})])
    for path in sorted((HERE / "events").glob("*.json")):
        _send(settings, event_ops(_read(f"events/{path.name}"), ids, now.astimezone(COPENHAGEN).date()))


def event_ops(told: dict[str, Any], places: dict[str, str], today: date) -> list[dict[str, Any]]:
    """What makes an event of demo/events as if it were loaded on that day. `places`: ids by key."""
    id = _place_id(f"event/{told['key']}")
    schedule = schedule_of(told["when"], today)
    fields = told["event"] | {"organiser_id": _place_id(f"organiser/{told['organiser']}"), "schedule": schedule}
    if told["place"]:
        fields["place_id"] = places[told["place"]]
    if told["route"]:
        fields["route_id"] = imported_id(SOURCE, "route", told["route"])
    steps = [step if isinstance(step, dict) else {"to": step} for step in told["steps"]]
    return [
        _op("save_event", "event", id, {"set": fields}),
        *(_op("move_event", "event", id, step) for step in steps),
        *(
            _op("change_time", "event", id, {"change": change_of(change, schedule, today)})
            for change in told.get("changes", [])
        ),
    ]


def schedule_of(when: dict[str, Any], today: date) -> dict[str, Any]:
    """The Schedule of a `when`: `in_days` from that day, and on to the `weekday` where one is named."""
    first = today + timedelta(days=when["in_days"])
    if "weekday" in when:
        first += timedelta(days=(WEEKDAYS.index(when["weekday"]) - first.weekday()) % 7)
    rest = {name: value for name, value in when.items() if name not in ("in_days", "weekday")}
    return {"date": first.isoformat(), **rest}


def change_of(told: dict[str, Any], schedule: dict[str, Any], today: date) -> dict[str, Any]:
    """The Change of the `nth` time from that day on. `by_days`: how much later it is moved to."""
    settings = msgspec.convert(_read("site.json"), SiteSet)
    closed = recurrence.Closed(frozenset(settings.holidays or ()), settings.school_holidays or ())
    days = recurrence.given(msgspec.convert(schedule, Schedule), closed, recurrence.window(today)[1])
    day = [one for one in days if one >= today][told["nth"] - 1]
    change = {name: value for name, value in told.items() if name not in ("nth", "by_days")} | {"day": day.isoformat()}
    if "by_days" in told:
        change["date"] = (day + timedelta(days=told["by_days"])).isoformat()
    return change


def _place_id(key: str) -> str:
    """A UUIDv7 of the first of January 2026 whose rest is the key's hash: the same each time that the demo is loaded."""
    rest = int.from_bytes(hashlib.sha256(f"demo/{key}".encode()).digest()[:10])
    made = (MADE_MS << 80) | (0x7 << 76) | ((rest >> 62 & 0xFFF) << 64) | (0x2 << 62) | (rest & (2**62 - 1))
    return str(uuid.UUID(int=made))


def _place_ops(settings: Settings, place: dict[str, Any], ids: dict[str, str]) -> list[dict[str, Any]]:
    fields = dict(place["place"])
    fields["facility_ids"] = [imported_id(SOURCE, "facility", key) for key in place.get("facilities", [])]
    if place.get("route"):
        fields["route_id"] = imported_id(SOURCE, "route", place["route"])
    fields["photos"] = [_photo(settings.data_dir, photo) for photo in place.get("photo_files", [])]
    me = ids[place["key"]]
    steps = [_op("move_state", "place", me, {"to": to, "why": None, "successor_id": None}) for to in place["steps"]]
    return [_op("save_place", "place", me, {"set": fields}), *steps]


def _fault_op(fault: dict[str, Any], ids: dict[str, str]) -> dict[str, Any]:
    kind, key = fault["subject"]["kind"], fault["subject"]["key"]
    subject = ids[key] if kind == "place" else imported_id(SOURCE, kind, key)
    return _op("report_fault", kind, subject, {"what": fault["what"], "text": fault["text"], "photos": []})


def _photo(data_dir: Path, photo: dict[str, Any]) -> dict[str, Any]:
    """Keeps the drawing as a picture that was sent: both sizes and its row, by the hash of its bytes. Returns the body's Photo."""
    raw = (HERE / photo["file"]).read_bytes()
    name = hashlib.sha256(raw).hexdigest()
    files = {wide: blobs.size_of(data_dir, name, wide) for wide in blobs.SIZES}
    with Image.open(io.BytesIO(raw)) as image:
        width, height = image.size
        for wide, file in files.items():
            file.parent.mkdir(exist_ok=True)
            smaller = image.convert("RGB").resize((wide, round(height * wide / width)), Image.Resampling.LANCZOS)
            smaller.save(file, "WEBP", quality=82, method=6)
    with database.local(data_dir) as tx:
        size = sum(file.stat().st_size for file in files.values())
        blobs.put(tx, name, "picture", size, blobs.Picture(width, height), MADE)
    return {"sha256": name, "w": width, "h": height, "alt": photo["alt"], "credit": photo["credit"]}


def _tiles(settings: Settings, say: Say) -> None:
    say("Demo: building the map …")
    site = settings.data_dir / "site.json"
    site.write_bytes(local.site(settings))
    command: list[str | Path] = [
        sys.executable, "-m", "tiles", "build", "--layers", HERE / "layers", "--area", HERE / "area.geojson",
        "--land", HERE / "land.geojson", "--site", site, "--out", settings.data_dir / "packs",
    ]  # fmt: skip
    environment = {**os.environ, "TERM": "dumb"}
    built = subprocess.run(command, capture_output=True, text=True, timeout=TILES_S, check=False, env=environment)
    site.unlink()
    if built.returncode:
        raise DemoRefused(f"the map could not be built:\n{(built.stderr or built.stdout)[-2000:]}")


def _send(settings: Settings, ops: list[dict[str, Any]]) -> None:
    lines = b"\n".join(json.dumps(op, ensure_ascii=False).encode() for op in ops)
    for op, reply in zip(ops, local.send(settings, lines), strict=True):
        if b'"status":"applied"' not in reply:
            raise DemoRefused(f"demo: {op['verb']} {op['subject']} was not taken: {reply.decode()}")


def _op(verb: str, kind: str, id: str, args: dict[str, Any]) -> dict[str, Any]:
    subject = {"kind": kind, "id": id}
    at = "2026-01-01T12:00:00Z"  # told, never trusted
    return {"id": str(uuid_utils.uuid7()), "verb": verb, "at": at, "subject": subject, "base": None, "args": args}


def _read(name: str) -> Any:
    return json.loads((HERE / name).read_text(encoding="utf-8"))
