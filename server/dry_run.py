"""`python -m server.dry_run`: a file from the desk is read and tried on a copy of the database, in a process of its own.

Standard input: the line of an Asked, and nothing more until whoever started this ends; then so does this. Standard output, a JSON object
a line: `{"rows", "of"}` and `{"step"}` on the way, last `{"found"}` (a Found), or `{"refused"}` in Danish. The database itself is only
read. The lines of the file stay as DATA_DIR/imports/<SHA-256 of the lines>.ndjson, which apply_import takes: another reading of the same
file is another one."""

import hashlib
import os
import shutil
import signal
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any, Final, TypeVar

import msgspec

from server.domain.importing.apply import grounds, made_ready, renamed
from server.domain.importing.prepare import Ready
from server.domain.refusal import Refused
from server.formats import geodata, report
from server.formats.at_desk import at_desk
from server.formats.refusal import FileRefused
from server.formats.register import geofa
from server.formats.table import choices, headings
from server.formats.words import plain
from server.local import op
from server.model.imports import ReadImport
from server.model.site import SITE_ID
from server.ops import Credential, Ctx, run
from server.store import database, imported, person, place_import, site, snapshot
from server.store.database import Tx
from server.store.refusal import StoreRefused

T = TypeVar("T")
SCRATCH: Final = ".dry-run-"
EVERY_S: Final = 0.2
"""So often at most it is said how far the reading is."""
KEPT_S: Final = 7 * 86_400
SHUT: Final = "Vi kan ikke nå vores data lige nu, eller disken er fuld. Intet er gemt. Prøv igen om lidt."


class Asked(msgspec.Struct, frozen=True):
    """What to read: `blob` is the path of the file as it was sent, `what` what the desk asked for."""

    data_dir: str
    blob: str
    what: ReadImport


class Found(msgspec.Struct, frozen=True):
    """What a dry run came to. `lines`: args.blob of apply_import. `stood`: the feed of the database that it was tried on, `after`: the
    number of the last file that had gone into it (imported.newest). `result`: that of apply_import, with words (report.told). `fields`:
    what a column of a table can be read as, in Danish; empty of other files."""

    lines: str
    stood: str
    after: int
    rows: int
    read_as: tuple[str, ...]
    fields: dict[str, str]
    result: dict[str, Any]


def main() -> None:
    asked = msgspec.json.decode(sys.stdin.buffer.readline(), type=Asked)
    threading.Thread(target=_end_with_starter, daemon=True, name="starter").start()
    try:
        found = look(asked, _say)
    except (FileRefused, Refused) as why:
        _say({"refused": at_desk(str(why))})
    except (StoreRefused, database.Busy) as why:
        print(why, file=sys.stderr)
        _say({"refused": SHUT})
    else:
        _say({"found": found})


def look(asked: Asked, say: Callable[[Any], None]) -> Found:
    """Reads and tries the file. Raises FileRefused, Refused (Danish), StoreRefused; then nothing of it stays."""
    data_dir = Path(asked.data_dir)
    imports = data_dir / "imports"
    imports.mkdir(parents=True, exist_ok=True)
    geodata.sweep(imports, SCRATCH, older_s=3600)
    _forget_old(data_dir)
    with tempfile.TemporaryDirectory(prefix=SCRATCH, dir=imports) as folder:
        scratch = Path(folder)
        path = _named(asked, scratch)
        read = _read(asked, path, scratch, say)
        say({"step": "trying"})
        snapshot.take(database.file_of(data_dir), database.file_of(scratch), stamp="dry run")
        stood, after = _in(scratch, lambda tx: (imported.stands(tx), imported.newest(tx)))
        result = _tried(asked.what, scratch, read.blob)
        kept = geodata.lines_of(scratch, read.blob)
        with kept.open("rb") as file:
            lines = hashlib.file_digest(file, "sha256").hexdigest()
        names = _in(scratch, lambda tx: {id: who.name for id in _writers(result) if (who := person.find(tx, id))})
        told = report.told(result, names)
        for one in told["left_out"]:
            one["reason"] = at_desk(one["reason"])
        os.replace(kept, geodata.lines_of(data_dir, lines))
    fields = headings.MEANS if choices.is_table(path) else {}
    return Found(lines, stood, after, read.rows, read.read_as, fields, told)


def _forget_old(data_dir: Path) -> None:
    """Removes what was looked at a week ago, with its lines where they never went in."""
    for file in (data_dir / "imports" / ".desk").glob("*.json"):
        with suppress(FileNotFoundError):
            if file.stat().st_mtime >= time.time() - KEPT_S:
                continue
            with suppress(msgspec.MsgspecError):
                found = msgspec.json.decode(file.read_bytes())["found"]
                if found and not database.look(data_dir, partial(imported.last, blobs=[found["lines"]])):
                    geodata.lines_of(data_dir, found["lines"]).unlink(missing_ok=True)
            file.unlink()


def _named(asked: Asked, scratch: Path) -> Path:
    """The file under the name that it had, in a folder of its own: the name says what it is, and which register."""
    name = plain(asked.what.name).replace("/", " ").lstrip(".")
    while len(name.encode()) > 200:  # the ending stays
        name = name[1:]
    folder = scratch / "fil"
    folder.mkdir()
    path = folder / (name or "fil")
    try:
        shutil.copyfile(asked.blob, path)
    except FileNotFoundError as gone:
        raise FileRefused("Filen er ikke hos os mere. Vælg den igen, og send den.") from gone
    if (day := asked.what.choices.saved_on) is not None:
        noon = datetime(day.year, day.month, day.day, 12, tzinfo=UTC).timestamp()
        os.utime(path, (noon, noon))
    return path


def _read(asked: Asked, path: Path, scratch: Path, say: Callable[[Any], None]) -> geodata.Read:
    what, chosen = asked.what, asked.what.choices
    known_as = what.source or path.stem
    bounds, remembered, placed = database.look(
        Path(asked.data_dir), lambda tx: (site.get(tx).bounds, place_import.columns(tx), place_import.placed(tx))
    )
    then = placed.get(known_as, {})
    crs = what.crs if what.crs is not None else int(then["--crs"]) if "--crs" in then else None
    lat_first = chosen.lat_first if chosen.lat_first is not None else then.get("--lat-lon") == "ja"
    columns = [f"{one.heading}={one.read_as or 'ingen'}" for one in chosen.columns]
    arguments = choices.arguments(
        path, columns, remembered, source=what.source, today=Ctx.at(_now(), data_dir=scratch).today,
        seen_on=None if chosen.seen_on is None else chosen.seen_on.isoformat(),
    )  # fmt: skip
    others = {*geodata.ZIPPED, *geodata.READERS}
    if what.source in geofa.LAYERS and path.suffix.lower() not in others:
        arguments = [*arguments, f"--as={what.source}"]
    return geodata.read_file(
        path, data_dir=scratch, crs=crs, swap=lat_first, bounds=bounds, choices=arguments, progress=_Seldom(say)
    )


class _Seldom:
    """Says how far it is, a few times a second."""

    def __init__(self, say: Callable[[Any], None]) -> None:
        self._say, self._at = say, 0.0

    def __call__(self, done: int, total: int) -> None:
        if time.monotonic() - self._at >= EVERY_S:
            self._at = time.monotonic()
            self._say({"rows": done, "of": total})


def _tried(what: ReadImport, scratch: Path, blob: str) -> dict[str, Any]:
    """apply_import on the copy. Raises FileRefused where the verb refuses."""
    args: dict[str, Any] = {"blob": blob, "source": what.source, "choices": {}, "name": what.name}
    now = _now()
    made = _ready(scratch, blob, what.source, Ctx.at(now, data_dir=scratch))
    ctx = Ctx.at(now, data_dir=scratch, imports={(blob, what.source): made})
    line = op("apply_import", "settings", SITE_ID, args)
    (raw,) = _in(scratch, lambda tx: run(tx, [line], Credential("local"), ctx))
    reply = msgspec.json.decode(raw)
    if reply["status"] != "applied":
        raise FileRefused(f"{what.name}: {reply.get('detail') or 'Det gik ikke: ' + reply['code']}")
    found: dict[str, Any] = reply["result"]
    return found


def _ready(scratch: Path, blob: str, source: str | None, ctx: Ctx) -> Ready:
    made = made_ready(scratch, blob, source, today=ctx.today)
    if source is None and (read_as := _in(scratch, lambda tx: renamed(tx, made))):
        made = made_ready(scratch, blob, None, read_as, today=ctx.today)
    if known := _in(scratch, lambda tx: grounds(tx, made)):
        made = made_ready(scratch, blob, source, made.read_as, today=ctx.today, grounds=known)
    return made


def _writers(result: dict[str, Any]) -> set[str]:
    return {one["by"] for one in result["conflicts"] if one["by"]}


def _in(data_dir: Path, work: Callable[[Tx], T]) -> T:
    with database.local(data_dir) as tx:
        return work(tx)


def _now() -> datetime:
    return datetime.now(UTC)


def _say(what: Any) -> None:
    sys.stdout.buffer.write(msgspec.json.encode(what) + b"\n")
    sys.stdout.buffer.flush()


def _end_with_starter() -> None:
    # A killed server can not tell this process, nor the one that reads for it: they are a group of their own.
    while os.read(0, 1):
        pass
    os.killpg(0, signal.SIGKILL)


if __name__ == "__main__":
    main()
