"""The commands, as an office types them: beside a running server, stopped, wrong; and what `doctor` says of the newest backup."""

import json
import os
import re
import shutil
import sqlite3
import subprocess
import sys
import threading
import time
import urllib.request
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from server.backup import backup, manifest
from server.backup.disk import alone
from server.store import meta
from server.store.database import local
from server.store.lock import Lock
from tests.served import ROOT, Server, free_port, until
from tests.server.backup.conftest import bench, names
from tests.server.commands import call, refused
from tests.server.web.conftest import lines, op

SOMEBODY = 65534


def test_backup_prints_the_path_and_nothing_else(data_dir: Path, tmp_path: Path) -> None:
    for words, to in (((), data_dir / "backups"), (("--to", tmp_path / "disk"), tmp_path / "disk")):
        result = call(data_dir, "backup", *words)
        assert (result.exit_code, result.stderr) == (0, "")
        (made,) = map(Path, result.stdout.splitlines())
        assert made.parent == to
        manifest.verify(made)


def test_settings_say_where_and_how_many(data_dir: Path, tmp_path: Path) -> None:
    for _ in range(3):
        result = call(data_dir, "backup", MOEDE_BACKUPS_TO=str(tmp_path / "disk"), MOEDE_BACKUPS_KEPT="2")
        assert result.exit_code == 0
    assert len(manifest.complete(tmp_path / "disk")) == 2
    assert not list((data_dir / "backups").glob("2*"))


def test_restore_says_what_it_did_and_where_the_old_lies(data_dir: Path, made: Path) -> None:
    bench(data_dir, "Den nye bænk")
    result = call(data_dir, "restore", made)
    assert (result.exit_code, result.stderr) == (0, "")
    assert "Put back as it was at 2026-11-26T09:00:00Z" in result.stdout
    assert re.search(rf"What was here before lies in {data_dir}/aside/\d{{8}}T\d{{6}}Z\. Delete it", result.stdout)
    assert names(data_dir) == ["Bænken ved åen"]
    with local(data_dir) as tx:
        assert meta.get(tx, "stamp") is None, "the new epoch has begun already"


def interrupted(*_: object, **__: object) -> None:
    """Ctrl+C at this moment."""
    raise KeyboardInterrupt


@pytest.mark.parametrize(
    "at", ["server.backup.manifest.differs", "server.backup.disk.alone", "server.backup.disk.copy"]
)
def test_ctrl_c_before_it_is_decided_says_that_nothing_was_put_back_and_leaves_nothing(
    data_dir: Path, made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, at: str
) -> None:
    bench(data_dir, "Den nye bænk")
    monkeypatch.setattr(at, interrupted)
    said = "Interrupted. Nothing was put back, and what was here before is as it was. Type the same again"
    refused(call(data_dir, "restore", made), said)
    assert names(data_dir) == ["Bænken ved åen", "Den nye bænk"]
    refused(call(tmp_path / "new", "restore", made), said)
    assert not (tmp_path / "new").exists()


@pytest.mark.parametrize(
    ("at", "said", "goes_on"),
    [
        (
            "server.backup.restoring._keep",
            "Interrupted while it was put in place. Start the server, or type",
            "restore",
        ),
        ("server.prepare.prepare", "was put back already. Start the server", "prepare"),
    ],
)
def test_ctrl_c_once_it_is_decided_says_who_goes_on_with_it(
    data_dir: Path, made: Path, monkeypatch: pytest.MonkeyPatch, at: str, said: str, goes_on: str
) -> None:
    bench(data_dir, "Den nye bænk")
    with monkeypatch.context() as now:
        now.setattr(at, interrupted)
        refused(call(data_dir, "restore", made), said)
    assert call(data_dir, goes_on, *([made] if goes_on == "restore" else [])).exit_code == 0
    assert names(data_dir) == ["Bænken ved åen"]


@pytest.mark.skipif(os.geteuid() != 0, reason="only root makes files that belong to somebody else")
def test_what_root_puts_back_belongs_to_whom_data_dir_belongs(data_dir: Path, made: Path) -> None:
    """The server, which is not root, has to open all of it: the database, new folders, the lock."""
    shutil.rmtree(data_dir / "media")
    shutil.rmtree(data_dir / "later-room")
    (data_dir / "lock").unlink(missing_ok=True)
    for path in (data_dir, *data_dir.rglob("*")):
        os.chown(path, SOMEBODY, SOMEBODY)
    assert call(data_dir, "restore", made).exit_code == 0
    assert (data_dir / "media").is_dir()
    of_root = [path for path in data_dir.rglob("*") if path.stat().st_uid != SOMEBODY or path.stat().st_gid != SOMEBODY]
    assert of_root == []


def test_what_can_not_be_done_is_one_line(data_dir: Path, made: Path, tmp_path: Path) -> None:
    refused(call(tmp_path / "none", "backup"), "no database in")
    refused(call(data_dir, "restore", tmp_path / "none"), "is not there; a backup is a folder")
    refused(
        call(data_dir, "restore", made, DATA_DIR=str(tmp_path / "new"), DEMO="1"), "DEMO=0 DATA_DIR=var/data python"
    )
    with Lock.take(data_dir):
        refused(call(data_dir, "restore", made), "in use by another server", "Stop that one")
    with alone(data_dir / "backups", data_dir):
        refused(call(data_dir, "backup"), "Another backup or restore is at work")


def test_a_database_that_somebody_holds_is_one_line(
    data_dir: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("server.store.driver.BUSY_S", 0.05)
    other = sqlite3.connect(data_dir / "moedesteder.db", isolation_level=None)
    other.execute("PRAGMA locking_mode = EXCLUSIVE").fetchall()
    other.execute("BEGIN IMMEDIATE").fetchall()
    try:
        refused(call(data_dir, "backup", "--to", tmp_path / "disk"), "Somebody else has been writing", "try again")
        result = call(data_dir, "doctor")
    finally:
        other.close()
    assert "WRONG database: there  →  another program holds it" in result.stdout
    assert isinstance(result.exception, SystemExit)
    assert not list((tmp_path / "disk").glob("2*"))
    assert not list((tmp_path / "disk").glob(".half*"))


def doctor(data_dir: Path) -> str:
    """The line about backups."""
    said = call(data_dir, "doctor").stdout
    return next(line for line in said.splitlines() if "backup:" in line)


def test_doctor_tells_the_age_of_the_newest_backup_and_reads_it_through(data_dir: Path) -> None:
    assert doctor(data_dir) == "ok   backup: none yet (python -m server backup makes one)"
    now = datetime.now(UTC)
    old = backup(data_dir, None, now - timedelta(days=9))
    assert f"WRONG backup: {old}, 9 days old" in doctor(data_dir)
    assert "moedesteder-backup.timer" in doctor(data_dir)
    new = backup(data_dir, None, now - timedelta(hours=3))
    assert doctor(data_dir) == f"ok   backup: {new}, 3 hours old, reads back whole (2 here)"
    (new / "keys/secret").write_bytes(b"secreT")
    assert f"WRONG backup: {new} is spoiled: keys/secret is not what was written" in doctor(data_dir)


def test_doctor_reads_through_what_a_start_made_beside_backups_elsewhere(data_dir: Path, tmp_path: Path) -> None:
    now = datetime.now(UTC)
    old = backup(data_dir, None, now - timedelta(days=90), why="before 0003_later")
    backup(data_dir, tmp_path / "disk", now)

    def said() -> list[str]:
        lines = call(data_dir, "doctor", MOEDE_BACKUPS_TO=str(tmp_path / "disk")).stdout.splitlines()
        return [line for line in lines if " backup" in line and "setting" not in line]

    assert [line.split(",")[0] for line in said()] == [
        f"ok   backup: {next((tmp_path / 'disk').glob('2*'))}",
        f"ok   backup made by a start: {old}",
    ]
    (old / "keys/secret").write_bytes(b"secreT")
    assert said()[1].startswith(f"WRONG backup made by a start: {old} is spoiled")


def test_doctor_asks_for_a_backup_of_what_is_a_week_old_and_real(data_dir: Path) -> None:
    with local(data_dir) as tx:
        meta.put(tx, "created", "2026-01-01")
    heads = (data_dir / "heads").read_bytes()
    assert doctor(data_dir).startswith("WRONG backup: none  →  python -m server backup")
    assert (data_dir / "heads").read_bytes() == heads, "who only looks must not hide that a copy was put back"
    with local(data_dir) as tx:
        meta.put(tx, "demo", "1")
    assert doctor(data_dir).startswith("ok ")


def test_the_drill_of_an_office_with_a_server_that_is_written_to(data_dir: Path) -> None:
    """docs/run.md: a backup while phones send, the server stopped, the backup put back, the server started; phones send again."""
    port = free_port()
    env = {**os.environ, "DATA_DIR": str(data_dir), "DEMO": "0"}
    place, sent, done = bench(data_dir, "Bænken i drøn"), list[bytes](), threading.Event()

    def command(*words: str | Path) -> "subprocess.CompletedProcess[str]":
        return subprocess.run(
            [sys.executable, "-m", "server", *map(str, words)],
            cwd=ROOT, env=env, capture_output=True, text=True, timeout=60, check=False,
        )  # fmt: skip

    def serve() -> Server:
        return Server(data_dir, {"MOEDE_OPS_AN_HOUR": "100000"}, port=port).ready()

    def post(line: bytes) -> dict[str, object]:
        request = urllib.request.Request(
            f"http://127.0.0.1:{port}/api/v1/ops", line, {"content-type": "application/x-ndjson"}
        )
        with urllib.request.urlopen(request, timeout=10) as answer:
            (result,) = json.loads(answer.read())["results"]
        return dict(result)

    def phones() -> None:
        while not done.is_set():
            line = lines(op("report_fault", "place", place, {"what": "broken", "text": f"{len(sent)}", "photos": []}))
            assert post(line)["status"] == "applied"
            sent.append(line)

    server = serve()
    try:
        sender = threading.Thread(target=phones)
        sender.start()
        until("a few reports", lambda: len(sent) > 5)
        made = command("backup")
        at_backup = len(sent)
        done.set()
        sender.join()
        assert made.returncode == 0, made.stderr
        assert command("restore", made.stdout.strip()).stderr.startswith(f"{data_dir} is in use by another server")
        assert server.stop() == 0
        began = time.monotonic()
        restored = command("restore", made.stdout.strip())
        assert restored.returncode == 0, restored.stderr
        print(f"put back in {time.monotonic() - began:.1f} s: {restored.stdout}")
        server = serve()
        replies = [post(line) for line in sent]
    finally:
        done.set()
        server.stop()
    assert [reply["status"] for reply in replies] == ["applied"] * len(sent)
    known = sum(bool(reply["again"]) for reply in replies)
    assert 5 < known <= at_backup + 1, "the backup has what was taken before it ended, and nothing later"
    with local(data_dir) as tx:
        texts = [row[0] for row in tx.execute("SELECT text FROM fault").fetchall()]
    assert sorted(texts, key=int) == [str(number) for number in range(len(sent))]
