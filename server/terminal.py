"""What the commands show and ask where somebody sits at the terminal: bars and questions."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import NoReturn

import rich_click as click
from rich.console import Console
from rich.progress import BarColumn, DownloadColumn, Progress, ProgressColumn, TextColumn, TimeRemainingColumn

from server import settings as settings_file
from server.settings import Settings, SettingsRefused

say = Console(highlight=False, soft_wrap=True)
warn = Console(stderr=True, highlight=False, soft_wrap=True)


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


def ask(question: str, before: str) -> str:
    """The answer. Raises KeyboardInterrupt where there is no answer to come."""
    try:
        return str(click.prompt(question, default=before, show_default=bool(before)))
    except click.Abort:
        raise KeyboardInterrupt from None


def is_seen() -> bool:
    """Whether somebody sits at the terminal and can be asked."""
    return sys.stdin.isatty() and sys.stdout.isatty()


@contextmanager
def bar(what: str, counted: ProgressColumn | None = None) -> Iterator[Callable[[int, int], None]]:
    """Shows how many bytes of how many are done (or what `counted` counts), where somebody looks on. On stderr: stdout is for what a
    program reads."""
    columns = (TextColumn("{task.description}"), BarColumn(), counted or DownloadColumn(), TimeRemainingColumn())
    with Progress(*columns, console=warn, transient=True, disable=not warn.is_terminal) as shown:
        task = shown.add_task(what, total=None)
        yield lambda done, total: shown.update(task, completed=done, total=total)
