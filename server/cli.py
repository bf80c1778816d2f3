"""The commands. Each reads settings first; imports stand in the functions, so that a command loads what it uses alone.

A message is in one language: of an office's files and its municipality (import, init, answer, what export made) Danish, of the machine
(settings, store, lock, backup), in any command, English as the help."""

import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import NoReturn

import rich_click as click
from rich.console import Console
from rich.progress import MofNCompleteColumn

from server import settings as settings_file
from server.settings import Settings, SettingsRefused
from server.terminal import ask, bar, is_seen, warn

SHOWN = 10
say = Console(highlight=False, soft_wrap=True)


def stop(why: object) -> NoReturn:
    """One line on stderr and exit status 1: what is wrong and what to do."""
    warn.print(str(why).encode(errors="backslashreplace").decode(), markup=False)  # a file's name may be no UTF-8
    sys.exit(1)


def settings(*, begins: bool = False) -> Settings:
    """The settings in force; a bad one ends the command with its line. `begins`: a file that is named need not be there yet."""
    try:
        return settings_file.load(begins=begins)
    except SettingsRefused as refused:
        stop(refused)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def main() -> None:
    """Mødesteder: the server and what is done from the command line."""


@main.command()
def run() -> None:
    """Prepare DATA_DIR (with DEMO=1 and an empty one: load the demo), then serve."""
    known = settings()
    prepare = [sys.executable, "-m", "server", "prepare"]
    if (
        done := subprocess.run(prepare, check=False)
    ).returncode:  # by itself: what forks a worker loads no C library first
        sys.exit(done.returncode)
    from granian import Granian
    from granian.constants import Interfaces

    from server.listening import NotFree, see_free
    from server.stopping import wake_beside
    from server.store.lock import Locked, held
    from server.store.refusal import StoreRefused

    try:
        held(known.data_dir)
        see_free(known.address, known.port)
    except (Locked, StoreRefused, NotFree) as refused:
        stop(refused)
    shown = "localhost" if known.address in ("127.0.0.1", "0.0.0.0", "::1") else known.address  # noqa: S104
    say.print(f"Mødesteder: http://{shown}:{known.port}  (data i {known.data_dir}; stop med Ctrl+C)")
    server = Granian(
        "server.app:served",
        factory=True,
        address=known.address,
        port=known.port,
        interface=Interfaces.ASGI,
        workers=1,
        workers_kill_timeout=3,  # without it a request in flight holds the stop back until it ends
        websockets=False,
        log_access=False,
    )
    wake_beside(server)
    try:
        server.serve()
    except SystemExit:
        if not server.interrupt_signal:  # a worker that was told to stop as well, and was done first, has not failed
            raise


@main.command(hidden=True)
def prepare() -> None:
    """Make or migrate the database of DATA_DIR; load the demo into an empty one where settings say so."""
    from server import demo, local
    from server.backup import finish
    from server.prepare import prepare as prepare_database
    from server.store import database
    from server.store.lock import Lock, Locked
    from server.store.refusal import StoreRefused
    from server.web.built import NotBuilt, app_dir

    known = settings()
    try:
        app_dir()
        with Lock.take(known.data_dir):
            if finish(known.data_dir):
                say.print("A restore that was cut off is finished.")
            if known.demo and not database.exists(known.data_dir):
                demo.load(known, say.print)
            else:
                prepare_database(known.data_dir, code=known.code, name=known.name, backups_to=known.backups_to)
                local.see_same(known)
    except database.Busy:
        stop(local.BUSY)
    except (Locked, StoreRefused, NotBuilt, demo.DemoRefused, local.Refused) as refused:
        stop(refused)


@main.command()
@click.option(
    "--to",
    type=click.Path(path_type=Path),
    help="The folder that holds backups (setting backups_to; DATA_DIR/backups).",
)
def backup(to: Path | None) -> None:
    """Copy all that can not be made again into a folder of its own, beside a running server, and print its path."""
    from server import local
    from server.backup import backup as make
    from server.store.database import Busy
    from server.store.refusal import StoreRefused

    known = settings()
    try:
        with bar("Backup") as progress:
            made = make(
                known.data_dir,
                to or known.backups_to,
                datetime.now(UTC),
                kept=known.backups_kept,
                settings=settings_file.where(),
                progress=progress,
            )
    except Busy:
        stop(local.BUSY)
    except StoreRefused as refused:
        stop(refused)
    click.echo(made)


@main.command()
@click.argument("path", type=click.Path(path_type=Path))
def restore(path: Path) -> None:
    """Put the backup PATH back, with the server stopped; what is there now is kept beside, and phones read afresh."""
    from server import local
    from server.backup import restore as put_back
    from server.prepare import prepare as prepare_database
    from server.store.database import Busy
    from server.store.lock import Lock, Locked
    from server.store.putback import READY
    from server.store.refusal import StoreRefused

    known = settings()
    began, done = time.monotonic(), None
    try:
        with bar("Restore") as progress:
            done = put_back(
                known.data_dir, path, datetime.now(UTC), code=known.code, demo=known.demo, progress=progress
            )
        with Lock.take(known.data_dir):
            prepared = prepare_database(known.data_dir, code=known.code, name=known.name)
    except KeyboardInterrupt:
        if (known.data_dir / READY).is_dir():
            stop(
                "Interrupted while it was put in place. Start the server, or type the same again: either goes on with it."
            )
        if done is None:
            stop(
                "Interrupted. Nothing was put back, and what was here before is as it was. Type the same again to begin anew."
            )
        stop("Interrupted when the backup was put back already. Start the server: it does what is left to do.")
    except Busy:
        stop(local.BUSY)
    except (Locked, StoreRefused) as refused:
        stop(refused)
    say.print(
        f"Put back as it was at {done.made_at}, in {time.monotonic() - began:.1f} s; {done.files} files beside it."
    )
    if done.went_on:
        say.print("An earlier restore had been cut off; it was finished first.")
    if prepared.migrations:
        say.print(f"Brought up to date: {', '.join(prepared.migrations)}.")
    if done.aside:
        say.print(f"What was here before lies in {done.aside}. Delete it when you no longer need it.", markup=False)
    if done.settings:
        say.print(f"The settings of that time lie in {done.settings}; compare them with your own.", markup=False)
    say.print("Phones read afresh, and send again what they kept of the last 14 days. Start the server now.")


class _Import(click.RichCommand):
    """`import`: its help ends with what the readers' own tables have, which are loaded when it is asked for."""

    def get_help(self, ctx: click.Context) -> str:
        from server.formats import geodata
        from server.formats.table import headings

        endings: dict[str, list[str]] = {}
        for ending, name in (geodata.READ | geodata.ZIPPED).items():
            endings.setdefault(name, []).append(ending)
        files = "".join(f"   {name:<12} {' '.join(all_)}\n" for name, all_ in endings.items())
        fields = "".join(f"   {target or 'ingen':<12} {means}\n" for target, means in headings.MEANS.items())
        return (
            f"{super().get_help(ctx)}\n\n FILES that are read:\n{files}\n FIELD of --column, and its Danish:\n{fields}"
        )


@main.command("import", cls=_Import)
@click.argument("files", nargs=-1, type=click.Path(path_type=Path))
@click.option("--geofa", metavar="CODE", help="Fetch this municipality's things from GeoFA, the public register.")
@click.option("--service", metavar="URL", help="Where GeoFA is asked (setting geofa).")
@click.option("--dry-run", is_flag=True, help="Read and count, write nothing.")
@click.option("--source", help="Name of the register; the layer's own name otherwise.")
@click.option(
    "--crs",
    type=int,
    metavar="NUMBER",
    help="Coordinate system of a file that does not say its own, by its EPSG number: 25832 (metres, UTM 32, as most have), "
    "25833 (metres, UTM 33, Bornholm), 4326 (degrees, WGS84), 3857 (a map on the web), or any other.",
)
@click.option("--lat-lon/--lon-lat", "swap", default=None, help="What stands first. It is remembered, as --crs is.")
@click.option(
    "--column",
    "columns",
    multiple=True,
    metavar="HEADING=FIELD",
    help='Of a spreadsheet, how a column is read: "Bredde=width_cm", "Bemærkning=ingen". The fields stand below.',
)
@click.option("--seen-on", metavar="DAY", help="Of a spreadsheet, the day of rows that have none: 2026-05-01.")
@click.option("--all", "show_all", is_flag=True, help="Name every row that was left out.")
def import_(
    files: tuple[Path, ...],
    geofa: str | None,
    service: str | None,
    dry_run: bool,
    source: str | None,
    crs: int | None,
    swap: bool | None,
    columns: tuple[str, ...],
    seen_on: str | None,
    show_all: bool,
) -> None:
    """Read an office's files into the map, one transaction a file. Again changes nothing."""
    from server import local

    if (
        (geofa is None) != bool(files)
        or (geofa and (source or crs or swap is not None or columns or seen_on))
        or (service and geofa is None)
    ):
        stop("Skriv filer, eller --geofa KODE alene (med --service, --dry-run, --all): `import FIL.gpkg`.")
    known = settings()
    try:
        local.see_same(known)
        if geofa is not None:
            fetched = local.import_geofa(known, geofa, service=service, dry_run=dry_run, show_all=show_all, say=say)
            sys.exit(1 if fetched else 0)
        failed = local.import_files(
            known,
            files,
            dry_run=dry_run,
            source=source,
            crs=crs,
            swap=swap,
            columns=columns,
            seen_on=seen_on,
            show_all=show_all,
            say=say,
        )
    except local.Refused as refused:
        stop(refused)
    sys.exit(1 if failed else 0)


@main.command()
@click.argument("code")
@click.option(
    "--boundary", type=click.Path(path_type=Path), help="All municipalities' boundaries: GeoJSON or GeoPackage."
)
def init(code: str, boundary: Path | None) -> None:
    """Begin for a municipality, by its code or name: settings, bounds, land, and the questions that it must answer itself.

    Again renews what the boundary gives and nothing that people entered; --boundary can then be left out."""
    from server import init as beginning
    from server import local

    try:
        beginning.begin(settings(begins=True), code, boundary, _line, ask if is_seen() else None)
    except (local.Refused, beginning.FileRefused, beginning.AnswersRefused) as refused:
        stop(refused)


@main.command()
@click.argument("file", required=False, type=click.Path(path_type=Path))
def answer(file: Path | None) -> None:
    """Send the answers in DATA_DIR/kommune/svar.toml (or FILE), which `init` wrote as questions. Empty ones change nothing."""
    from server import init as beginning
    from server import local

    try:
        beginning.answer(settings(), file, _line)
    except (local.Refused, beginning.AnswersRefused) as refused:
        stop(refused)


@main.command()
@click.argument("file", type=click.Path(path_type=Path))
def op(file: Path) -> None:
    """Send ops from FILE, one JSON line each (- for standard input), as the person at this machine; print each reply."""
    from server import local

    known = settings()
    body = sys.stdin.buffer.read() if str(file) == "-" else _read(file)
    try:
        replies = local.send(known, body)
    except local.Refused as refused:
        stop(refused)
    if not replies:
        stop(f"{file}: holds no op. Write one JSON object a line (sync/PROTOCOL.md).")
    for reply in replies:
        click.echo(reply.decode())
    left = [number for number, reply in enumerate(replies, 1) if b'"status":"applied"' not in reply]
    if left:
        shown = ", ".join(map(str, left[:SHOWN])) + (" …" if len(left) > SHOWN else "")
        unknown = any(b'"code":"unknown_verb"' in reply for reply in replies)
        why = " unknown_verb: the verb, or the name of a field, is none that this version knows." if unknown else ""
        stop(f"{file}: {len(left)} of {len(replies)} ops were not applied (no. {shown}); their replies say why.{why}")


@main.command()
@click.option("--to", required=True, type=click.Path(path_type=Path), help="The folder that the files go into.")
@click.option(
    "--format",
    "formats",
    multiple=True,
    type=click.Choice(["geojson", "gpx", "csv", "own"]),
    help="These alone (all); own is the GeoJSON that `import` takes back.",
)
def export(to: Path, formats: tuple[str, ...]) -> None:
    """Write all that is public as files for others, beside a running server; an earlier export there is renewed."""
    from server.feeds import folder
    from server.feeds.taken import Terms
    from server.store.refusal import Busy, StoreRefused

    known = settings()
    terms = Terms(known.licence, known.licence_url, known.origin)
    try:
        with bar("Export", MofNCompleteColumn()) as progress:
            written = folder.export(known.data_dir, to, terms, formats or folder.FORMATS, progress)
    except Busy:
        stop("Somebody else holds the whole database. Nothing was written; try again in a moment.")
    except (folder.ExportRefused, StoreRefused) as refused:
        stop(refused)
    say.print(f"{len(written.files)} filer i {to}: {written.licence}, {written.attribution}.", markup=False)


@main.command()
def site() -> None:
    """Print the body of settings/site as JSON, for `python -m tiles build --site`."""
    from server import local

    try:
        click.echo(local.site(settings()).decode())
    except local.Refused as refused:
        stop(refused)


@main.command()
def doctor() -> None:
    """Print driver, versions, paths and disk, and the one command that mends what is missing."""
    from server import doctor as examine

    sys.exit(0 if examine.report(settings(), say) else 1)


@main.command()
@click.option("--check", is_flag=True, help="Write nothing; exit 1 where a file is not current.")
def types(check: bool) -> None:
    """Write what is made from the code: TypeScript types, openapi.json, tables in documents."""
    from server import generated

    stale = generated.write(check=check)
    for path in stale:
        say.print(f"{'not current' if check else 'written'}: {path}")
    sys.exit(1 if check and stale else 0)


def _line(text: str) -> None:
    say.print(text, markup=False)


def _read(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        stop(f"{file}: {error.strerror}")
