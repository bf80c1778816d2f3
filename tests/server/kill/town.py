"""What the write paths begin with: a small town with one of each, and registers that were read before.

`python -m tests.server.kill.town FOLDER` makes one: not in a process that goes on, since it leaves out the look at the driver."""

import json
import secrets
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from PIL import Image

from server import local, prepare
from server.formats import geodata
from server.model.ids import imported_id
from server.settings import Settings
from server.store import database
from server.store.driver import connect

NOW_MS = f"{int(time.time() * 1000):012x}"
"""Ids are of today: the replies to ops that are older than 60 days are thinned at a start."""
PLACE = "019d4000-0000-7000-8000-000000000001"
FRESH = "019d4000-0000-7000-8000-000000000002"
SOURCE = "prøve"
BENCH = imported_id(SOURCE, "facility", "bænk")
TABLE = imported_id(SOURCE, "facility", "bord")
PATH = imported_id(SOURCE, "route", "stien")
FIVE = ("where", "amenities", "ground", "purpose", "activities")
AT = (11.8745, 54.769)
CODE, NAME = "376", "Guldborgsund Kommune"
EPOCH = "0" * 8
"""Of the town. One that is drawn is told as new."""


def op(number: int, verb: str, kind: str, id: str, args: dict[str, Any], base: str | None = None) -> bytes:
    """An op as its line; its id is told by a number."""
    told = {"id": f"{NOW_MS[:8]}-{NOW_MS[8:]}-7000-8001-{number:012}", "verb": verb, "at": "2026-04-01T07:00:00Z"}
    return json.dumps({**told, "subject": {"kind": kind, "id": id}, "base": base, "args": args}).encode()


def place_ops(first: int, id: str, east: float) -> list[bytes]:
    """A place from nothing to open for all, so many thousandths of a degree east."""
    fields = {"form": "spot", "name": {"da": f"Pladsen {first}"}, "point": [AT[0] + east / 1000, AT[1]]}
    made = op(first, "save_place", "place", id, {"set": {**fields, **{name: {"da": "Her."} for name in FIVE}}})
    return [
        made,
        *(op(first + n, "move_state", "place", id, {"to": to}) for n, to in enumerate(("developing", "active"), 1)),
    ]


def fault(number: int, kind: str, id: str, what: str = "broken", **more: Any) -> bytes:
    """A citizen's report."""
    return op(number, "report_fault", kind, id, {"what": what, "text": "Her er noget galt.", "photos": [], **more})


def register(*things: str, east: float = 0) -> dict[str, Any]:
    """A file of our own form: a thing every 60 m along a path of two stretches."""

    def feature(kind: str, key: str, form: str, points: Any, **more: Any) -> dict[str, Any]:
        told = {"moede": kind, "key": key, "name": {"da": key.capitalize()}, **more}
        return {"type": "Feature", "properties": told, "geometry": {"type": form, "coordinates": points}}

    def at(n: int) -> list[float]:
        return [round(AT[0] + (n + east) / 1000, 6), AT[1]]

    stretches = [
        feature("stretch", f"sti {no}", "LineString", [at(no - 1), at(no)], route="stien", no=no, modes=["walk"])
        for no in (1, 2)
    ]
    found = [feature("facility", key, "Point", at(n), code=1371, type_text="Bænk") for n, key in enumerate(things)]
    return {"type": "FeatureCollection", "features": [*found, *stretches]}


REGISTERS = {
    "first": register("bænk", "bord"),
    "changed": register("bænk", "tavle", east=0.2),
    "facilities": register("bænk") | {"features": register("bænk")["features"][:1]},
    "routes": register(),
}
"""The second moves everything 12 m, has something new, and no longer has the table. The last two are the demo's."""


SHEET = "Nr;Navn;Breddegrad;Længdegrad;Trinfri;Set den\n1;Pladsen ved søen;54,77;11,88;ja;1.5.2024\n2;Salen;;;nej;1.5.2024\n"
"""An office's spreadsheet of two meeting places, `sheet.csv`."""


class Reading:
    """The registers, read once by the reader itself, which is a process that touches no database. Imports find them read."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._files: dict[str, geodata.Read] = {}
        for name, content in REGISTERS.items():
            file = folder / f"{name}.geojson"
            file.write_text(json.dumps(content), encoding="utf-8")
            self._files[name] = geodata.read_file(file, data_dir=folder)
        sheet = folder / "sheet.csv"
        sheet.write_text(SHEET, encoding="utf-8")
        self._files["sheet"] = geodata.read_file(sheet, data_dir=folder)

    def blob(self, name: str) -> str:
        return self._files[name].blob

    def lay(self, name: str, data_dir: Path) -> geodata.Read:
        """Lays a register's lines into `data_dir`, as reading it there would."""
        read = self._files[name]
        lines = geodata.lines_of(data_dir, read.blob)
        lines.parent.mkdir(exist_ok=True)
        if not lines.exists():
            half = lines.with_suffix(".half")
            shutil.copyfile(geodata.lines_of(self._folder, read.blob), half)
            half.replace(lines)
        return read

    @contextmanager
    def done(self) -> Iterator[None]:
        """Within it, reading a register is finding it read."""
        real = geodata.read_file
        geodata.read_file = lambda path, *, data_dir, **_: self.lay(path.stem, data_dir)
        try:
            yield
        finally:
            geodata.read_file = real


def demo(folder: Path) -> None:
    """A demo of one place with a picture, one bench, one path and one fault."""
    (folder / "places").mkdir(parents=True)
    for name, content in {
        "facilities": REGISTERS["facilities"],
        "routes": REGISTERS["routes"],
    }.items():
        (folder / f"{name}.geojson").write_text(json.dumps(content), encoding="utf-8")
    Image.new("RGB", (32, 16), "teal").save(folder / "picture.webp")
    photo = {"file": "picture.webp", "alt": {"da": "Et billede."}, "credit": "Tegning: demo"}
    fields = {"form": "spot", "name": {"da": "Bænken"}, "point": AT, **{name: {"da": "Her."} for name in FIVE}}
    place = {"key": "bænken", "steps": ["developing", "active"], "facilities": ["bænk"], "route": "stien"}
    faults = [{"subject": {"kind": "place", "key": "bænken"}, "what": "litter", "text": "Flasker."}]
    for name, told in {
        "site": {"name": {"da": "Prøvekommunen"}},
        "faults": faults,
        "places/1": {**place, "place": fields, "photo_files": [photo]},
    }.items():
        (folder / f"{name}.json").write_text(json.dumps(told), encoding="utf-8")


def no_self_check() -> None:
    """The look at the driver at each start is a process of its own that touches no database."""
    setattr(prepare, "self_check", lambda: None)  # noqa: B010  mypy counts it as nobody's else


def begin(data_dir: Path) -> None:
    """`prepare` as at a start."""
    no_self_check()
    prepare.prepare(data_dir, code=CODE, name=NAME)


def settle(data_dir: Path, reading: Reading) -> None:
    """A town in `data_dir`: a place that is open, a bench, a table, a path, and a register that is read but not applied."""
    secrets.token_hex, drawn = lambda _=0: EPOCH, secrets.token_hex  # type: ignore[assignment]
    begin(data_dir)
    secrets.token_hex = drawn
    settings = Settings(data_dir=data_dir)
    with reading.done():
        assert local.import_files(settings, [Path("first.geojson")], source=SOURCE) == 0
    replies = local.send(settings, b"\n".join(place_ops(1, PLACE, 0.5)))
    assert all(b'"status":"applied"' in reply for reply in replies), replies
    reading.lay("changed", data_dir)
    _small(data_dir)


def _small(data_dir: Path) -> None:
    """Takes what nobody asks for out of SpatiaLite's own 12,000 rows: 0.5 MB are copied a thousand times faster than 7."""
    tx = connect(database.file_of(data_dir))
    for table in ("spatial_ref_sys_aux", "spatial_ref_sys"):
        tx.execute(f"DELETE FROM {table} WHERE srid NOT IN (4326, 25832)").fetchall()
    tx.execute("VACUUM").fetchall()
    tx.close()


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        settle(Path(sys.argv[1]), Reading(Path(folder)))
