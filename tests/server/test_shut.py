"""Commands typed by somebody who has no rights to DATA_DIR, or on what is no folder: one line that says what, where and what to do."""

import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from server.backup import backup
from server.store.database import file_of, local
from tests.served import ROOT
from tests.server.commands import call, refused

OWNER, SOMEBODY = 4321, 65534
AT = datetime(2026, 11, 26, 2, 0, tzinfo=UTC)
as_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root makes files that belong to somebody else")


@pytest.fixture
def data_dir(begun: Path) -> Iterator[Path]:
    """A DATA_DIR of OWNER's, with a backup, where anybody may come up to its door (pytest's own folders are root's alone)."""
    with tempfile.TemporaryDirectory(prefix="shut-") as outer:
        Path(outer).chmod(0o755)
        copied = shutil.copytree(begun, Path(outer) / "data", ignore=shutil.ignore_patterns("*-wal", "*-shm"))
        with local(copied):
            pass
        backup(copied, None, AT)
        for path in (copied, *copied.rglob("*")):
            os.chown(path, OWNER, OWNER)
        yield copied


def as_somebody(data_dir: Path, *words: str | Path) -> "subprocess.CompletedProcess[str]":
    env = {**os.environ, "DATA_DIR": str(data_dir), "DEMO": "0", "COLUMNS": "300", "PYTHONDONTWRITEBYTECODE": "1"}
    return subprocess.run(
        [sys.executable, "-m", "server", *map(str, words)],
        cwd=ROOT, env=env, user=SOMEBODY, group=SOMEBODY, extra_groups=[], input="{}",
        capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip


@as_root
@pytest.mark.parametrize("mode", [0o700, 0o751])
@pytest.mark.parametrize(
    "command", [("backup",), ("site",), ("op", "-"), ("import", "--dry-run", "x.gpkg"), ("import", "x.gpkg"), ("run",)]
)
def test_who_has_no_rights_is_told_whose_it_is(data_dir: Path, mode: int, command: tuple[str, ...]) -> None:
    data_dir.chmod(mode)
    file_of(data_dir).chmod(0o600)
    done = as_somebody(data_dir, *command)
    assert done.returncode == 1
    (line,) = done.stderr.splitlines()
    assert str(data_dir) in line
    assert f"It belongs to '#{OWNER}': type the command as that user, sudo -u '#{OWNER}'" in line


@as_root
@pytest.mark.parametrize("mode", [0o700, 0o751])
def test_doctor_says_so_too_and_looks_at_all_the_rest(data_dir: Path, mode: int) -> None:
    data_dir.chmod(mode)
    done = as_somebody(data_dir, "doctor")
    assert (done.returncode, done.stderr) == (1, "")
    wrong = [line for line in done.stdout.splitlines() if line.startswith("WRONG")]
    assert [line.split(":")[0] for line in wrong] == [
        "WRONG DATA_DIR",
        "WRONG database",
        "WRONG backup",
        "WRONG pushes",
    ]
    assert all(f"sudo -u '#{OWNER}'" in line for line in wrong)
    assert "setting backups_kept" in done.stdout


@as_root
def test_a_backup_that_one_may_not_read_is_not_put_back(data_dir: Path) -> None:
    source = data_dir / "backups" / "20261126T020000Z"
    for at in (data_dir, source):
        at.chmod(0o700)
        done = as_somebody(data_dir.parent / "own", "restore", source)
        at.chmod(0o755)
        assert done.returncode == 1
        (line,) = done.stderr.splitlines()
        assert f"{source}" in line
        assert f"sudo -u '#{OWNER}'" in line


@pytest.mark.parametrize("words", [("backup",), ("site",), ("import", "--dry-run", "x.gpkg"), ("prepare",)])
def test_a_name_that_is_too_long_is_one_line(tmp_path: Path, words: tuple[str, ...]) -> None:
    refused(call(tmp_path / ("a" * 300), *words), "can not be used (File name too long)")


def test_a_backup_whose_name_is_too_long_is_one_line(tmp_path: Path) -> None:
    refused(call(tmp_path, "restore", "a" * 300), "can not be read (File name too long)")


def test_another_programs_database_is_not_backed_up(tmp_path: Path) -> None:
    with sqlite3.connect(file_of(tmp_path)) as other:
        other.execute("CREATE TABLE gpkg_contents (x)")
    other.close()
    refused(call(tmp_path, "backup"), "another program's database (it has the table gpkg_contents)")
    assert [path.name for path in (tmp_path / "backups").iterdir()] == [".lock"]
    file_of(tmp_path).unlink()
    with sqlite3.connect(file_of(tmp_path)) as other:
        other.execute("PRAGMA user_version = 1")
    other.close()
    refused(call(tmp_path, "backup"), "none of our databases")


@pytest.mark.parametrize(
    ("data_dir", "says"),
    [
        ("/dev/null/x", "/dev/null is no folder: set DATA_DIR to a folder"),
        ("/dev/null", "it is a file: set DATA_DIR to a folder"),
        ("/proc/foo", "no file can be kept in /proc: set DATA_DIR to a folder on a disk"),
    ],
)
def test_doctor_refuses_what_a_start_refuses(data_dir: str, says: str) -> None:
    refused(call(Path(data_dir), "prepare"), f"DATA_DIR={data_dir} can not be used")
    said = call(Path(data_dir), "doctor")
    assert said.exit_code == 1
    (wrong,) = [line for line in said.stdout.splitlines() if line.startswith("WRONG")]
    assert wrong.startswith("WRONG DATA_DIR: ")
    assert wrong.endswith(says)
