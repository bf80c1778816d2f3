"""The commands, those of the machine here and those of an office in office.py. Each reads settings first; imports stand in the functions,
so that a command loads what it uses alone.

A message is in one language: of an office's files and its municipality (import, init, answer, what export made) Danish, of the machine
(settings, store, lock, backup), in any command, English as the help."""

import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

import rich_click as click

from server import settings as settings_file
from server.office import COMMANDS
from server.terminal import bar, say, settings, stop


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def main() -> None:
    """Mødesteder: the server and what is done from the command line."""


for _command in COMMANDS:
    main.add_command(_command)


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
    from server.formats.geodata import sweep_killed
    from server.model.site import BEGINS
    from server.prepare import prepare as prepare_database
    from server.push import vapid
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
            sweep_killed(known.data_dir)
            if known.demo and not database.exists(known.data_dir):
                demo.load(known, say.print)
            else:
                prepare_database(
                    known.data_dir, code=known.code, name=known.name, backups_to=known.backups_to, launch=BEGINS
                )
                local.see_same(known)
            vapid.keys(known.data_dir)
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


@main.command()
def doctor() -> None:
    """Print driver, versions, paths and disk, and the one command that mends what is missing."""
    from server import doctor as examine

    sys.exit(0 if examine.report(settings(), say) else 1)


@main.group()
def push() -> None:
    """Reminders on phones: the keys by which push services know this server."""


@push.command("rotate-keys")
def rotate_keys() -> None:
    """Make a new key, beside a running server. Phones subscribe with it when they are opened next; those before are kept while a phone is
    reached by them, so that nobody is lost."""
    from server.push import vapid
    from server.store import database
    from server.store.push import keys
    from server.store.refusal import StoreRefused

    known = settings()
    try:
        phones = database.look(known.data_dir, keys)
        made = vapid.rotate(known.data_dir)
    except database.Busy:
        stop("Somebody else holds the database. Nothing was done; try again in a moment.")
    except StoreRefused as refused:
        stop(refused)
    say.print(
        f"Key number {made.number} is made: {made.public[:12]}…. Phones subscribe with it when they are opened next."
    )
    say.print(f"{sum(phones.values())} phones are reached by those from before, which stay until none is.")


@main.command()
@click.option("--check", is_flag=True, help="Write nothing; exit 1 where a file is not current.")
def types(check: bool) -> None:
    """Write what is made from the code: TypeScript types, openapi.json, tables in documents."""
    from server import generated

    stale = generated.write(check=check)
    for path in stale:
        say.print(f"{'not current' if check else 'written'}: {path}")
    sys.exit(1 if check and stale else 0)
