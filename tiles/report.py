"""What the commands say: a bar on a terminal, plain lines otherwise, and the account of every loss at the end."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from itertools import groupby
from operator import itemgetter
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from tiles.build import Built, Tell
from tiles.check import Checked
from tiles.packs import KEPT_FOR
from tiles.sources.read import Left

ROWS_NAMED = 8


@contextmanager
def progress(console: Console) -> Iterator[Tell]:
    """Gives the function that is told how far the work is."""
    if not console.is_terminal:
        said: set[str] = set()

        def line(what: str, done: int, total: int) -> None:
            word = what.split(maxsplit=1)[0]
            if word not in said or done == total > 1:
                said.add(word)
                console.print(f"{word} {done}/{total}" if total > 1 else word, highlight=False)

        yield line
        return
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task("starting", total=None)
        yield lambda what, done, total: bar.update(task, description=what, completed=done, total=total)


def print_built(console: Console, built: Built) -> None:
    """Files, layers by zoom, what was left and why, packs."""
    say = partial(_say, console)
    say("Files")
    for stem, count in built.files.items():
        reasons = "".join(f"; {number} {reason}" for reason, number in count["left"].items())
        say(f"  {stem}: {count['found']} rows, {count['drawn']} drawn{reasons}")
    for name, reason in built.passed_over.items():
        say(f"  {name}: left out, {reason}")
    say("Layers (drawn at each zoom; the others by reason)")
    for name, count in built.layers.items():
        say(f"  {name}: {count['features']} features")
        for zooms, text in _runs(count["zooms"]):
            say(f"    z{zooms}: {text}")
    for stem, rows in _by_reason([one for one in built.left if " (" not in one.reason]).items():
        say(f"Left: {stem}: rows {rows}")
    say("Every row that a zoom could not show stands in build.json.")
    for remark in built.remarks:
        say(f"Note: {remark}")
    for pack in built.packs:
        gone = "".join(f"; without {layer} at z{', z'.join(map(str, zooms))}" for layer, zooms in pack.given_up.items())
        say(f"Pack {pack.plan.id}: {pack.bytes / 1000:.0f} kB, {len(pack.pieces)} pieces, {pack.sha256[:12]}…{gone}")
    for name in built.dropped:
        say(f"Deleted: {name}, in no packs.json for {KEPT_FOR.days} days")


def print_checked(console: Console, checked: list[Checked]) -> None:
    """One archive after the other: what was counted, then what is wrong."""
    for one in checked:
        _say(console, one.name)
        for line in one.lines:
            _say(console, f"  {line}")
        for fault in one.faults:
            _say(console, f"  WRONG: {fault}", style="bold red")
    _say(console, f"{len(checked)} archives, {sum(len(one.faults) for one in checked)} faults")


def _say(console: Console, text: str, style: str | None = None) -> None:
    """A line as it stands, however long."""
    console.print(text, style=style, markup=False, highlight=False, soft_wrap=True)


def _runs(zooms: dict[str, Any]) -> list[tuple[str, str]]:
    """Neighbouring zooms with the same account as one: ("8–10", "49; 2001 drawn from z12")."""
    said = {
        zoom: "; ".join([str(at["drawn"]), *(f"{n} {reason}" for reason, n in at["left"].items())])
        for zoom, at in zooms.items()
    }
    runs = [(text, [zoom for zoom, _ in group]) for text, group in groupby(said.items(), key=itemgetter(1))]
    return [(run[0] if len(run) == 1 else f"{run[0]}–{run[-1]}", text) for text, run in runs]


def _by_reason(left: list[Left]) -> dict[str, str]:
    rows: dict[str, list[int]] = {}
    for one in left:
        rows.setdefault(f"{one.file}, {one.reason}", []).append(one.row)
    return {
        key: ", ".join(map(str, numbers[:ROWS_NAMED]))
        + (f" and {len(numbers) - ROWS_NAMED} more" if len(numbers) > ROWS_NAMED else "")
        for key, numbers in rows.items()
    }
