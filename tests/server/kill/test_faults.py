"""A full disk, one that can not be written, a database that somebody holds: the answer to a phone, the line at the command line, and
that all goes on by itself when the cause is gone. On a small disk of its own (small.py)."""

import re
from collections.abc import Iterator
from dataclasses import astuple
from pathlib import Path

import pytest

from tests.server.kill import faults, small
from tests.server.kill.faults import Ground, Said

NOT_READ = r"disken med …/data er fuld\. Intet af filen er gemt\. Skaf plads, .* igen\."
FULL = (
    r"The disk of …/(data is full\. Nothing was kept"
    r"|new has 0 MB left, too little for a new database \(20 MB\)\. Nothing was made); make room and do it again\."
    rf"|first\.geojson: {NOT_READ}"
    r"|The disk of …/data/backups has \d MB left, too little for a backup\. It needs .* Make room, .* Nothing half stays\."
)
SHUT = r"…/data/moedesteder.db can not be opened or written \(.*\)\. Nothing was changed; look at the rights of …/data, .* DATA_DIR\."
HELD = r"Somebody else has been writing for over two seconds\. Nothing was done; try again in a moment\."


@pytest.fixture(scope="module")
def ground(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ground]:
    if not small.can():
        pytest.skip(
            "unshare, nsenter and mount make the small disk (Linux); test_intake.py has SQLite's own limit for one"
        )
    try:
        with small.small_disk(tmp_path_factory.mktemp("small") / "disk", faults.MEGABYTES) as disk:
            yield Ground(disk)
    except RuntimeError as none:
        pytest.skip(str(none))


def test_a_running_server_tells_phones_what_is_wrong_and_goes_on_when_it_is_over(ground: Ground) -> None:
    """The columns: a new op, one that was applied before, the list in words, /ready, /live; and the new op when it is over."""
    assert [astuple(told) for told in faults.served(ground)] == [
        ("nothing", "applied", "applied again", "200", "200", "200", "applied again"),
        ("the disk is full", "later full, 60 s", "applied again", "200", "503 full, 60 s", "200", "applied"),
        (
            "every write to the disk fails",
            "later busy, 5 s", "applied again", "200", "503 unavailable, 60 s", "200", "applied",
        ),
        (
            "another process holds the database (BEGIN IMMEDIATE)",
            "later busy, 5 s", "later busy, 5 s", "200", "503 busy, 5 s", "200", "applied",
        ),
        ("a reader is left in a transaction", "applied", "applied again", "200", "200", "200", "applied again"),
        (
            "a reader is left in a transaction, and the disk is full",
            "later full, 60 s", "applied again", "200", "503 full, 60 s", "200", "applied",
        ),
    ]  # fmt: skip


def test_a_server_that_starts_on_a_full_disk_shows_what_it_has_and_takes_ops_when_there_is_room(ground: Ground) -> None:
    told = faults.started_full(ground)
    assert (told.op, told.page, told.ready, told.live) == ("later full, 60 s", "200", "503 full, 60 s", "200")
    assert told.after == "applied"


@pytest.mark.parametrize(
    ("leave", "answers"),
    [(0, {"later full, 60 s"}), (16 * 1024, {"later full, 60 s"}), (128 * 1024, {"later full, 60 s", "applied"})],
)
def test_a_database_that_lies_closed_on_a_disk_that_got_full_can_be_served_and_backed_up(
    ground: Ground, tmp_path: Path, leave: int, answers: set[str]
) -> None:
    told = faults.closed(ground, tmp_path / "elsewhere", leave)
    assert told.op in answers
    assert told == faults.Closed(page="200", op=told.op, ended=0, site=0, backup=0, line="")


def test_where_nothing_was_held_back_one_line_says_which_disk_and_how_much_to_free(
    ground: Ground, tmp_path: Path
) -> None:
    start, site, backup = faults.nothing_held_back(ground, tmp_path / "elsewhere")
    assert start == site
    assert site == (
        "The disk of …/data is too full to open the database, even for reading. Free 1 MB of it and do it again; nothing was changed."
    )
    assert backup.startswith("The disk of …/data is full, and a backup needs a little room there too. Free 1 MB")


def test_a_command_says_in_one_line_what_happened_what_is_kept_and_what_to_do(ground: Ground) -> None:
    said = faults.commanded(ground)
    lines = {
        "the disk is full": FULL,
        "a file is larger than the room": rf"large\.geojson: {NOT_READ}",
        "DATA_DIR is read-only": rf"{SHUT}|DATA_DIR=…/data can not be used \(Read-only file system\)\. Set DATA_DIR to .* written\.",
        "the database file is read-only": rf"(first\.geojson: )?{SHUT}",
        "another process holds the database": HELD,
        "another process has it for itself alone": HELD,
    }
    assert [one for one in said if not _is(lines[one.fault], one)] == []
    assert {one.after for one in said} == {0, None}, "it goes on by itself when the cause is gone"


def _is(line: str, said: Said) -> bool:
    return said.status == 1 and re.fullmatch(line, said.line) is not None
