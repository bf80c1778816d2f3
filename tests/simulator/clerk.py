"""Who edits, copies and looks in a run of the simulator: one process that is told what to do, a JSON object a line, and answers each
with one. It goes through the same doors as the command line (`database.local`, `ops.run`, `server.backup`), which would take half a
second to start each time."""

import json
import shutil
import sqlite3
import tempfile
import uuid
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from server import backup as backups
from server.domain.ctx import Ctx
from server.formats import geodata
from server.ops import Credential, run
from server.prepare import prepare
from server.store.database import file_of, local, reading
from server.store.heads import Heads
from sync import feed
from tests.simulator.told import answer_lines

SQL = {
    "faults": "SELECT f.text, t.kind, t.uid FROM fault f JOIN thing t ON t.id = f.subject ORDER BY f.id",
    "live": "SELECT kind, id, v, body FROM feed WHERE scope = 'public' AND v IS NOT NULL ORDER BY kind, id",
    "report": "SELECT f.uid FROM fault f JOIN thing t ON t.id = f.subject WHERE t.kind = :kind AND t.uid = :uid AND f.what = :what",
}
FIVE = {name: {"da": f"Her står {name}."} for name in ("where", "amenities", "ground", "purpose", "activities")}
held: list[sqlite3.Connection] = []


def template(dir: str, **_: Any) -> dict[str, Any]:
    """A small municipality: places, and three editions of a register, each read and laid beside the database as its lines."""
    data = Path(dir)
    prepare(data, code="376", name="Guldborgsund Kommune")
    blobs = []
    with tempfile.TemporaryDirectory() as folder:
        for edition in range(3):
            path = Path(folder) / "register.geojson"
            path.write_text(json.dumps(_register(edition)), encoding="utf-8")
            blobs.append(geodata.read_file(path, data_dir=data).blob)
    lines = [_line(0, "apply_import", "settings", "site", {"blob": blobs[0], "source": "register", "choices": {}})]
    for number in range(9):
        id = f"019d3000-0000-7000-8000-{number:012}"
        given = {"form": "spot", "name": {"da": f"Bænk {number}"}, "point": [11.8 + number / 500, 54.77], **FIVE}
        lines.append(_line(10 * number + 1, "save_place", "place", id, {"set": given}))
        steps = ("developing", "active", "resting")[: (0, 3, 2)[number % 3] if number < 3 else 2]
        lines += [_line(10 * number + 2 + i, "move_state", "place", id, {"to": to}) for i, to in enumerate(steps)]
    replies = ops(dir, lines)["replies"]
    assert all(reply["status"] == "applied" for reply in replies), replies
    return {"blobs": blobs}


def ops(dir: str, lines: list[str], **_: Any) -> dict[str, Any]:
    """Runs ops as whoever stands at the machine itself."""
    data = Path(dir)
    ctx = Ctx.at(datetime.now(UTC), data_dir=data)
    with local(data) as tx:
        replies = run(tx, [line.encode() for line in lines], Credential("local"), ctx)
    return {"replies": [json.loads(reply) for reply in replies]}


def answer(dir: str, kind: str, id: str, what: Any, state: Any, **_: Any) -> dict[str, Any]:
    """What staff say of the reports of one thing: taken, or fixed."""
    data = Path(dir)
    with local(data) as tx:
        report = tx.execute(SQL["report"], {"kind": kind, "uid": id, "what": what}).fetchone()
        if report is not None:
            op: dict[str, Any] = {"id": str(uuid.uuid4()), "verb": "answer_fault", "at": "2026-04-01T07:00:00Z"}
            op |= {"base": None, "subject": {"kind": "fault", "id": report[0]}, "args": {"state": state}}
            run(tx, [json.dumps(op).encode()], Credential("local"), Ctx.at(datetime.now(UTC), data_dir=data))
    return {}


def look(dir: str, **_: Any) -> dict[str, Any]:
    """All that phones must come to: what is live for the public, where its feed stands; and every report there is, in order."""
    with closing(_plain(Path(dir))) as tx:
        return reading(tx, _look)


def fresh(source: str, dir: str, **_: Any) -> dict[str, Any]:
    shutil.rmtree(dir, ignore_errors=True)
    shutil.copytree(source, dir)
    return {}


def backup(dir: str, to: str, **_: Any) -> dict[str, Any]:
    """A backup made while the server runs."""
    return {"path": str(backups.backup(Path(dir), Path(to), datetime.now(UTC)))}


def restore(dir: str, path: str, **_: Any) -> dict[str, Any]:
    """The new epoch begins with the next start."""
    backups.restore(Path(dir), Path(path), at=datetime.now(UTC))
    return {}


def copy(dir: str, to: str, **_: Any) -> dict[str, Any]:
    """What a person copies by hand: the database, whose log is empty, and `heads` beside it."""
    data = Path(dir)
    with closing(_plain(data)) as tx:
        tx.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    heads(dir)
    Path(to).mkdir(parents=True)
    for name in ("moedesteder.db", "heads"):
        shutil.copy2(data / name, Path(to) / name)
    return {"path": to}


def put_back(dir: str, path: str, whole: bool, **_: Any) -> dict[str, Any]:
    """A plain copy in the place of the database. `whole`: and in the place of `heads`, with its times kept (`tar`, `rsync -a`), so that
    nobody can tell that it was done."""
    data = Path(dir)
    for left in data.glob("moedesteder.db*"):
        left.unlink()
    for name in ("moedesteder.db", "heads")[: 2 if whole else 1]:
        shutil.copy2(Path(path) / name, data / name)
    return {}


def heads(dir: str, **_: Any) -> dict[str, Any]:
    """A second goes by: the server writes down how far it has come."""
    with closing(_plain(Path(dir))) as tx:
        Heads(Path(dir)).write(reading(tx, Heads.read_from))
    return {}


def hold(dir: str, **_: Any) -> dict[str, Any]:
    """Somebody at the command line writes, and goes on writing until `let_go`."""
    tx = _plain(Path(dir))
    tx.execute("BEGIN IMMEDIATE").fetchall()
    held.append(tx)
    return {}


def let_go(**_: Any) -> dict[str, Any]:
    while held:
        held.pop().close()
    return {}


def _plain(data: Path) -> sqlite3.Connection:
    """Without SpatiaLite, which what is asked here does not need and which takes most of the time."""
    return sqlite3.connect(file_of(data), isolation_level=None)


def _look(tx: sqlite3.Connection) -> dict[str, Any]:
    mark = feed.mark(tx, "public", None)
    live = [[kind, id, v, json.loads(body)] for kind, id, v, body in tx.execute(SQL["live"])]
    faults = [list(row) for row in tx.execute(SQL["faults"])]
    return {"epoch": mark.epoch, "head": mark.head, "digest": f"{mark.digest:08x}", "live": live, "faults": faults}


def _line(number: int, verb: str, kind: str, id: str, args: dict[str, Any]) -> str:
    op = {"id": f"019d3000-0000-7000-9000-{number:012}", "verb": verb, "at": "2026-04-01T07:00:00Z"}
    return json.dumps(op | {"subject": {"kind": kind, "id": id}, "base": None, "args": args})


def _register(edition: int) -> dict[str, Any]:
    """Benches, of which each edition has others and calls some by another name, and two routes that move a little."""
    features: list[dict[str, Any]] = []
    for number in range(6):
        if number == 3 + edition:
            continue
        name = f"Bænk {number}" + (f", {edition}. udgave" if number % 2 else "")
        said = {"moede": "facility", "key": f"b{number}", "code": 1371, "type_text": "Bænk", "name": {"da": name}}
        features.append(_feature(said, {"type": "Point", "coordinates": [11.86 + number / 1000, 54.76]}))
    for number in range(2):
        said = {"moede": "stretch", "key": f"r{number}", "route": f"rute{number}", "no": 1, "modes": ["walk"]}
        said |= {"name": {"da": f"Rute {number}"}, "loop": False, "closures": [], "approaches": []}
        line = [[11.85, 54.79 + number / 100], [11.86 + edition / 1000, 54.8 + number / 100]]
        features.append(_feature(said, {"type": "LineString", "coordinates": line}))
    return {"type": "FeatureCollection", "features": features}


def _feature(said: dict[str, Any], geometry: dict[str, Any]) -> dict[str, Any]:
    return {"type": "Feature", "properties": said, "geometry": geometry}


DOES: dict[str, Callable[..., dict[str, Any]]] = {
    work.__name__: work
    for work in (template, ops, answer, look, fresh, backup, restore, copy, put_back, heads, hold, let_go)
}


def main() -> None:
    answer_lines(DOES)


if __name__ == "__main__":
    main()
