"""The commands: `python -m tiles build` and `python -m tiles check`."""

import sys
from datetime import UTC, datetime
from pathlib import Path

import rich_click as click
from rich.console import Console

from tiles.build import Asked, BuildRefused, build
from tiles.report import print_built, progress
from tiles.site import SiteRefused
from tiles.sources.read import SourceRefused

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)


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
    """Build the packs. packs.json is replaced last; older packs stay, so that a phone half through one is served."""
    console = Console()
    try:
        with progress(console) as tell:
            built = build(Asked(layers, area, land, site, out), datetime.now(UTC), tell)
    except (BuildRefused, SourceRefused, SiteRefused) as no:
        console.print(f"Refused: {no}", style="bold red", markup=False, soft_wrap=True)
        sys.exit(1)
    print_built(console, built)
