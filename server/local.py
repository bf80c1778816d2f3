"""What the command line does with the store: ops and imports by whoever stands at this machine, through the same door as all."""

import json
import math
import os
import re
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack, suppress
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

import msgspec
import uuid_utils
from msgspec import structs
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from server.domain.importing.apply import grounds, made_ready, renamed
from server.domain.importing.prepare import Ready
from server.domain.refusal import Refused as VerbRefused
from server.formats import geodata, report
from server.formats.broken import shown
from server.formats.refusal import FileRefused
from server.formats.register import geofa, wfs
from server.formats.table import choices
from server.model.moment import moment
from server.model.site import BEGINS, SITE_ID, Site
from server.ops import Credential, Ctx, TransactionLost, run
from server.prepare import prepare, renew
from server.settings import Settings, where
from server.store import database, meta, place_import
from server.store.database import Busy, Tx
from server.store.lost import lost
from server.store.refusal import StoreRefused
from sync import feed, inbox
from sync.wire import MAX_OPS

T = TypeVar("T")
QUIET = Console(quiet=True)
SHOWN = 10
DRY_RUN = ".dry-run-"
SOURCE_LONGEST = 200
MANY = 10_000
"""Things that are written within two seconds; of more a person is told how long the others wait."""
THING_S = 0.00025
BUSY = "Somebody else has been writing for over two seconds. Nothing was done; try again in a moment."


class Refused(Exception):
    """Why a command did nothing, and what to do; the line that its person reads."""


class _DryRun(Exception):
    """Ends a transaction of which nothing is to stay."""


def send(settings: Settings, body: bytes) -> list[bytes]:
    """Runs the ops of `body`, one a line, in transactions of at most 100, and returns each reply. Raises Refused."""
    lines = inbox.cut(body)
    replies: list[bytes] = []
    for start in range(0, len(lines), MAX_OPS):
        try:
            replies += _in(settings, partial(_run, lines[start : start + MAX_OPS], settings))
        except Refused as why:
            if not start:
                raise
            raise Refused(
                f"{why} The first {start} of {len(lines)} ops are done. Send all of them again: none is done twice."
            ) from why
    return replies


def op(verb: str, kind: str, id: str, args: Mapping[str, Any]) -> bytes:
    """The line of an op that is made here and now."""
    said = {
        "id": str(uuid_utils.uuid7()), "verb": verb, "at": moment(datetime.now(UTC)), "subject": {"kind": kind, "id": id},
        "base": None, "args": args,
    }  # fmt: skip
    return json.dumps(said, ensure_ascii=False).encode()


def site(settings: Settings) -> bytes:
    """The body of settings/site as it is stored. Raises Refused where there is no database."""

    def read(tx: Tx) -> bytes:
        found = feed.current(tx, "public", "settings", SITE_ID)
        if found is None:
            raise Refused(f"{settings.data_dir}: no settings yet")
        return found[1]

    return _in(settings, read)


def the_site(settings: Settings) -> Site:
    """settings/site. Raises Refused where there is no database."""
    return msgspec.json.decode(site(settings), type=Site)


def there(settings: Settings) -> bool:
    """Whether there is a database. Raises Refused where one is gone, or nobody may look."""
    return _exists(settings)


def see_same(settings: Settings) -> None:
    """Raises Refused where there is a database, and it is another municipality's than the settings say."""
    if _exists(settings) and (now := the_site(settings)).code != settings.code:
        raise Refused(
            f"{settings.data_dir} er kommune {now.code} ({now.name.da}), men indstillingerne siger {settings.code} "
            f"({where()}, eller MOEDE_CODE). Intet er gjort. Skriv MOEDE_SETTINGS=FIL foran kommandoen, med mappens "
            f"egen fil, eller DATA_DIR=MAPPE med den mappe, der er kommune {settings.code}."
        )


def make(settings: Settings, *, code: str, name: str) -> None:
    """A new database, or one that is brought up to date. Raises Refused."""
    _prepare(structs.replace(settings, code=code, name=name))


def import_files(
    settings: Settings,
    files: Sequence[Path],
    *,
    source: str | None = None,
    dry_run: bool = False,
    crs: int | None = None,
    swap: bool | None = None,
    columns: Sequence[str] = (),
    seen_on: str | None = None,
    show_all: bool = False,
    into_demo: bool = False,
    say: Console = QUIET,
) -> int:
    """Imports each file in a transaction of its own and says what came of it. Returns how many were refused; their neighbours
    are imported all the same. A database is made where none is, once a file has been read to its end. A dry run leaves nothing behind
    and needs none. `columns`: HEADING=FIELD each, how those of a spreadsheet are to be read; what was read before is remembered.
    `seen_on`: the day (YYYY-MM-DD) of those of its rows that have none. `crs` and `swap`, once said, are remembered of the source (of the
    file's name where none is said), until they are said again. Raises Refused where nothing could be imported at all."""
    if (columns or seen_on) and (other := [shown(file) for file in files if not choices.is_table(file)]):
        raise Refused(
            f"{'--column' if columns else '--seen-on'} hører til regneark (.csv, .xlsx), og {other[0]} er ikke et. Importér det for sig."
        )
    if source is not None and not 1 <= len(source.strip()) <= SOURCE_LONGEST:
        raise Refused(
            f"--source: et registers navn har 1 til {SOURCE_LONGEST} tegn. Udelad det, eller gør det kortere."
        )
    with ExitStack() as scratch:
        lines, new = settings.data_dir, not _exists(settings)
        if dry_run or new:
            beside = settings.data_dir if os.access(settings.data_dir, os.W_OK | os.X_OK) else None
            if beside:
                geodata.sweep(beside, DRY_RUN, older_s=3600)
            lines = Path(scratch.enter_context(tempfile.TemporaryDirectory(prefix=DRY_RUN, dir=beside)))
        if dry_run and new:
            settings, new = structs.replace(settings, data_dir=lines), False
            _prepare(settings)
        bounds = None if new else _in(settings, lambda tx: _bounds(tx, into_demo=into_demo))
        remembered = {} if new else _in(settings, place_import.columns)
        placed = {} if new else _in(settings, place_import.placed)
        given = _given(crs, swap)
        refused = 0
        with _progress(say) as bar:
            task = bar.add_task("", total=None)
            for file in sorted(files, key=_names_others):
                bar.update(task, description=shown(file), completed=0, total=None)
                name = source or file.stem
                then = {option: value for option, value in placed.get(name, {}).items() if option not in given}
                how = then | given
                try:
                    read = geodata.read_file(
                        file,
                        data_dir=lines,
                        crs=int(how["--crs"]) if "--crs" in how else None,
                        swap=how.get("--lat-lon") == "ja",
                        bounds=bounds,
                        choices=[
                            *choices.arguments(
                                file, columns, remembered, source=source, today=_ctx(settings).today, seen_on=seen_on
                            ),
                            *_layer_said(file, source),
                        ],
                        progress=lambda done, total: bar.update(task, completed=done, total=total),
                    )
                    if new:
                        _prepare(settings)
                        geodata.carry(read, lines, settings.data_dir)
                        lines, new = settings.data_dir, False
                    result = _apply(
                        settings, lines, read, source, dry_run=dry_run, say=bar.console, given=(name, given)
                    )
                except Refused as why:
                    raise Refused(f"{shown(file)}: {why}") from why
                except FileRefused as why:
                    refused += 1
                    bar.console.print(str(why), markup=False, style="bold")
                    continue
                bar.console.print(
                    report.render(shown(file), result, shown=0 if show_all else SHOWN, dry_run=dry_run), markup=False
                )
                for said in (*_as_before(then), *(read.read_as if dry_run else ())):
                    bar.console.print(f"  {said}", markup=False)
    return refused


def _layer_said(file: Path, source: str | None) -> list[str]:
    """For the reader of geodata: a renamed file is the layer that somebody has said it is."""
    others = {*geodata.ZIPPED, *geodata.READERS}
    return [f"--as={source}"] if source in geofa.LAYERS and file.suffix.lower() not in others else []


def _given(crs: int | None, swap: bool | None) -> dict[str, str]:
    """What is said now of where coordinates are, as it is remembered."""
    given = {} if crs is None else {"--crs": str(crs)}
    return given if swap is None else given | {"--lat-lon": "ja" if swap else "nej"}


def _as_before(then: Mapping[str, str]) -> list[str]:
    """What was said at an earlier import and went for this one, and how it is changed."""
    said = []
    if (crs := then.get("--crs")) is not None:
        said.append(f"Læst i EPSG:{crs}, som sidst. Er det ikke rigtigt mere, så skriv --crs med det rigtige.")
    if then.get("--lat-lon") == "ja":
        said.append("Læst med bredden først, som sidst. Er det ikke rigtigt mere, så skriv --lon-lat.")
    return said


def _names_others(file: Path) -> bool:
    """Whether it is the part of an export of ours that names things of its other files: they are to be here first."""
    return file.name.startswith("places-")


def import_geofa(
    settings: Settings,
    code: str,
    *,
    service: str | None = None,
    dry_run: bool = False,
    show_all: bool = False,
    say: Console = QUIET,
    wait: Callable[[float], None] = time.sleep,
) -> int:
    """Fetches what GeoFA has of the municipality `code` and imports it, a source a layer ("GeoFA 5800" …), once all of it is here. What a
    dry run fetched lies ready for a day. Returns how many layers were refused. Raises Refused with nothing imported."""
    if not (found := re.fullmatch(r"0*([1-9][0-9]{2})", code.strip())):
        raise Refused(f"--geofa {code[:20]}: skriv kommunens kode, tre cifre, som 376.")
    if not (at := service or settings.geofa):
        raise Refused("Skriv --service ADRESSE: GeoFA's WFS. Den står på geodanmark.dk og i GeoFA's plugin til QGIS.")
    own = settings.code
    if _exists(settings):
        _in(settings, lambda tx: _bounds(tx, into_demo=False))  # else what is fetched would be refused at the end
        own = the_site(settings).code
    if found[1] != own:  # all that it has of its own would then be gone from the register
        raise Refused(f"--geofa {found[1]}: {settings.data_dir} er kommune {own}. Skriv --geofa {own}.")
    folder = settings.data_dir / "imports" / "geofa" / found[1]
    try:
        with _progress(say) as bar:
            task = bar.add_task("GeoFA", total=None)
            layers = wfs.fetch(
                at,
                found[1],
                folder,
                progress=lambda table, done, total: bar.update(
                    task, description=f"GeoFA {table}", completed=done, total=total
                ),
                say=lambda words: bar.console.print(words, markup=False),
                wait=wait,
            )
    except FileRefused as why:
        raise Refused(str(why)) from why
    refused = 0
    for layer in layers:
        if layer.file is None:
            say.print(f"{layer.source}: registret har ingen objekter fra kommune {found[1]}.", markup=False)
            continue
        say.print(f"{layer.source}: {layer.rows} objekter er hentet.", markup=False)
        refused += import_files(
            settings, [layer.file], source=layer.source, dry_run=dry_run, show_all=show_all, say=say
        )
    if not dry_run and not refused:
        wfs.forget(folder)
    return refused


def _exists(settings: Settings) -> bool:
    """Whether there is a database. Raises Refused where one is gone, or nobody may look."""
    try:
        there = database.exists(settings.data_dir)
    except StoreRefused as error:
        raise Refused(str(error)) from error
    if not there and (gone := lost(settings.data_dir, settings.backups_to)):
        raise Refused(gone)
    return there


def _prepare(settings: Settings) -> None:
    try:
        prepare(settings.data_dir, code=settings.code, name=settings.name, launch=BEGINS)
    except Busy as error:
        raise Refused(BUSY) from error
    except StoreRefused as error:
        raise Refused(str(error)) from error


def _apply(
    settings: Settings,
    lines: Path,
    read: geodata.Read,
    source: str | None,
    *,
    dry_run: bool,
    say: Console,
    given: tuple[str, Mapping[str, str]],
) -> dict[str, Any]:
    """The file's one op. All that needs no transaction is done before BEGIN, so that the server waits for the writing alone. `given`: a
    source, and what was said of its coordinates, which is remembered where the file brought anything."""
    line = op("apply_import", "settings", SITE_ID, {"blob": read.blob, "source": source, "name": read.name})
    ready: dict[tuple[str, str | None], Ready] = {}
    with suppress(VerbRefused):  # the verb says so itself
        today = _ctx(settings).today
        made = made_ready(lines, read.blob, source, today=today)
        if source is None and (read_as := _in(settings, lambda tx: renamed(tx, made))):
            made = made_ready(lines, read.blob, None, read_as, today=today)
        if known := _in(settings, lambda tx: grounds(tx, made)):
            made = made_ready(lines, read.blob, source, made.read_as, today=today, grounds=known)
        ready[read.blob, source] = made
    if (things := sum(made.things for made in ready.values())) > MANY:
        seconds = math.ceil(things * THING_S)
        say.print(
            f"{read.name}: {things} ting. Ændringer fra telefoner må vente i omkring {seconds} sekunder.", markup=False
        )
    kept: list[bytes] = []

    def work(tx: Tx) -> None:
        kept.extend(run(tx, [line], Credential("local"), Ctx.at(datetime.now(UTC), data_dir=lines, imports=ready)))
        if dry_run:
            raise _DryRun
        reply = json.loads(kept[0])
        if reply["status"] == "applied" and any(reply["result"][how] for how in ("new", "changed", "unchanged")):
            for option, value in given[1].items():
                place_import.put_column(tx, given[0], option, value)

    with suppress(_DryRun):
        _in(settings, work)
    reply = json.loads(kept[0])
    if reply["status"] != "applied":
        raise FileRefused(f"{read.name}: {reply.get('detail') or 'Det gik ikke: ' + reply['code']}")
    result: dict[str, Any] = reply["result"]
    return result


def _bounds(tx: Tx, *, into_demo: bool) -> tuple[float, float, float, float] | None:
    """The municipality's bounds, so that what lies elsewhere is named; refuses where the database is the demo's."""
    if meta.get(tx, "demo") == "1" and not into_demo:
        raise Refused(
            "Det er demoens database, og jeres egne data ville stå mellem opdigtede steder. "
            "Skriv i stedet: DATA_DIR=var/data python -m server import FIL"
        )
    found = feed.current(tx, "public", "settings", SITE_ID)
    return msgspec.json.decode(found[1], type=Site).bounds if found else None


def _run(lines: Sequence[bytes], settings: Settings, tx: Tx) -> list[bytes]:
    return run(tx, lines, Credential("local"), _ctx(settings))


def _ctx(settings: Settings) -> Ctx:
    return Ctx.at(datetime.now(UTC), data_dir=settings.data_dir, issuer=settings.issuer)


def _in(settings: Settings, work: Callable[[Tx], T]) -> T:
    _exists(settings)
    try:
        with database.local(settings.data_dir) as tx:
            renew(tx, settings.data_dir)  # else `heads` would tell of the copy from now on, and no start would notice
            return work(tx)
    except Busy as error:
        raise Refused(BUSY) from error
    except (StoreRefused, TransactionLost) as error:
        raise Refused(str(error)) from error


def _progress(say: Console) -> Progress:
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    return Progress(*columns, console=say, transient=True, disable=not say.is_terminal)
