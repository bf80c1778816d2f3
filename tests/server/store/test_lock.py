"""DATA_DIR/lock."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from server.store.lock import Lock, Locked, held


def test_a_second_server_is_refused_with_folder_and_process(tmp_path: Path) -> None:
    with Lock.take(tmp_path), pytest.raises(Locked) as refused:
        held(tmp_path)
    assert str(tmp_path) in str(refused.value)
    assert str(os.getpid()) in str(refused.value)


def test_the_lock_is_free_again_after_the_with(tmp_path: Path) -> None:
    with Lock.take(tmp_path):
        pass
    held(tmp_path)


def test_a_process_that_was_killed_leaves_no_lock(tmp_path: Path) -> None:
    code = (
        "import sys, pathlib, os, signal; from server.store.lock import Lock; "
        "Lock.take(pathlib.Path(sys.argv[1])); os.kill(os.getpid(), signal.SIGKILL)"
    )
    ended = subprocess.run([sys.executable, "-c", code, str(tmp_path)], check=False)
    assert ended.returncode == -9
    held(tmp_path)


def test_a_folder_that_is_not_there_is_made(tmp_path: Path) -> None:
    held(tmp_path / "new" / "folder")
    assert (tmp_path / "new" / "folder" / "lock").is_file()
