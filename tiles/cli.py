"""The commands: `python -m tiles build` and `python -m tiles check`."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import rich_click as click
from rich.console import Console

from tiles.build import Asked, BuildRefused, build
from tiles.check import check, truth
from tiles.report import print_built, print_checked, progress
from tiles.site import SiteRefused
from tiles.sources.read import SourceRefused

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)


@contextmanager
def _refusals_told(console: Console) -> Iterator[None]:
    """Ends the command with one line and exit 1 where a file or what was asked is refused."""
    try:
        yield
    except (BuildRefused, SourceRefused, SiteRefused) as no:
        console.print(f"Refused: {no}", style="bold red", markup=False, soft_wrap=True)
        sys.exit(1)


@click.group()
def main() -> None:
    """Makes the map: municipal layers in, PMTiles archives out."""


@main.command("build")
@click.option(
    "--layers", required=True, type=FOLDER, help="Folder of .gpkg and .geojson, named as the municipality names them."
)
@click.option("--area", required=True, type=FILE, help="The municipality's shape.")
@click.option("--land", type=FILE, help="All municipalities, or a shoreline. Without it the map has no sea.")
@click.option("--site", type=FILE, help="settings/site as JSON (`python -m server site`): the towns.")
@click.option(
    "--out", required=True, type=click.Path(file_okay=False, path_type=Path), help="Where packs.json and the packs go."
)
def build_command(layers: Path, area: Path, land: Path | None, site: Path | None, out: Path) -> None:
    """Build the packs. packs.json is replaced last; older packs stay for 30 days more, for phones half through one."""
    console = Console()
    with _refusals_told(console), progress(console) as tell:
        built = build(Asked(layers, area, land, site, out), datetime.now(UTC), tell)
    print_built(console, built)


@main.command("check")
@click.argument("files", nargs=-1, required=True, type=FILE)
@click.option("--layers", type=FOLDER, help="Compare with these sources; without them, with the census in the archive.")
@click.option("--area", type=FILE, help="Goes with --layers.")
@click.option("--land", type=FILE, help="Goes with --layers.")
@click.option("--site", type=FILE, help="Goes with --layers.")
def check_command(
    files: tuple[Path, ...], layers: Path | None, area: Path | None, land: Path | None, site: Path | None
) -> None:
    """Decode every tile of FILES with an independent decoder and compare."""
    console = Console()
    if (layers is None) != (area is None):
        raise click.UsageError("--layers and --area go together")
    with _refusals_told(console):
        sources = truth(Asked(layers, area, land, site, Path())) if layers and area else None
    checked = [check(path, sources) for path in files]
    print_checked(console, checked)
    sys.exit(any(one.faults for one in checked))
