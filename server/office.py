"""An office's commands: what comes in and goes out, what is asked of it, ops. Imports stand in the functions, as in cli.py."""

import sys
from pathlib import Path

import rich_click as click
from rich.progress import MofNCompleteColumn

from server.terminal import ask, bar, is_seen, say, settings, stop, warn

SHOWN = 10


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


@click.command("import", cls=_Import)
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


@click.command()
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


@click.command()
@click.argument("file", required=False, type=click.Path(path_type=Path))
def answer(file: Path | None) -> None:
    """Send the answers in DATA_DIR/kommune/svar.toml (or FILE), which `init` wrote as questions. Empty ones change nothing."""
    from server import init as beginning
    from server import local

    try:
        beginning.answer(settings(), file, _line)
    except (local.Refused, beginning.AnswersRefused) as refused:
        stop(refused)


@click.command()
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


@click.command()
@click.option("--to", required=True, type=click.Path(path_type=Path), help="The folder that the files go into.")
@click.option(
    "--format",
    "formats",
    multiple=True,
    type=click.Choice(["geojson", "gpx", "csv", "ics", "own"]),
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


@click.command()
@click.argument("role", type=click.Choice(["admin", "editor", "moderator", "organiser"]))
@click.argument("name")
def invite(role: str, name: str) -> None:
    """Let somebody in: print a link that makes a passkey, once. Seven days; for the first administrator one hour."""
    from server import invite as inviting
    from server import local

    try:
        link, ends_at = inviting.invite(settings(), role, name)
    except (local.Refused, inviting.NotInvited) as refused:
        stop(refused)
    click.echo(link)
    warn.print(f"Gælder til {ends_at} og kan bruges én gang.")


@click.command()
def site() -> None:
    """Print the body of settings/site as JSON, for `python -m tiles build --site`."""
    from server import local

    try:
        click.echo(local.site(settings()).decode())
    except local.Refused as refused:
        stop(refused)


def _line(text: str) -> None:
    say.print(text, markup=False)


def _read(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        stop(f"{file}: {error.strerror}")


COMMANDS = (import_, init, answer, op, export, invite, site)
