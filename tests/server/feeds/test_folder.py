"""`export`: everything into a folder, whole or not at all, and what is public no more leaves it."""

import errno
import hashlib
import json
import os
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from server.feeds import folder
from server.feeds.files import FILES
from server.settings import Settings
from server.store import database
from tests.server.commands import call, refused
from tests.server.feeds.made import TERMS


@pytest.fixture
def data_dir(full: Settings) -> Path:
    return full.data_dir


def names(to: Path) -> set[str]:
    return {path.relative_to(to).as_posix() for path in to.rglob("*") if path.is_file()}


def everything(to: Path) -> dict[str, bytes]:
    return {name: (to / name).read_bytes() for name in names(to)}


def test_all_files_come_and_a_list_of_them(data_dir: Path, tmp_path: Path) -> None:
    to = tmp_path / "a" / "b"
    told = call(data_dir, "export", "--to", to)
    assert told.exit_code == 0, told.output
    routes = {"routes/rundt-i-kohaven.gpx"}
    there = names(to)
    assert there >= {*FILES, *routes, "own/facilities-demo.geojson", "own/routes-demo.geojson", "files.json"}
    listed = json.loads((to / "files.json").read_bytes())
    assert listed["licence"] == "CC BY 4.0"
    assert listed["files"] == {
        name: hashlib.sha256(body).hexdigest() for name, body in everything(to).items() if name != "files.json"
    }
    assert told.stdout == f"{len(there) - 1} filer i {to}: CC BY 4.0, Guldborgsund Kommune, Mødesteder.\n"


@pytest.mark.parametrize("format", folder.FORMATS)
def test_one_format_alone(data_dir: Path, tmp_path: Path, format: str) -> None:
    assert call(data_dir, "export", "--to", tmp_path / "out", "--format", format).exit_code == 0
    for name in names(tmp_path / "out") - {"files.json"}:
        assert (name.startswith("own/")) == (format == "own")
        assert format == "own" or name.endswith(format)


def test_it_may_run_while_somebody_writes(data_dir: Path, tmp_path: Path) -> None:
    with database.local(data_dir) as tx:
        tx.execute("INSERT INTO meta (key, value) VALUES ('prøve', '1')")
        folder.export(data_dir, tmp_path / "out", TERMS, ["csv"])
    assert "places.csv" in names(tmp_path / "out")


def test_again_is_the_same_and_what_is_public_no_more_goes(data_dir: Path, tmp_path: Path) -> None:
    to = tmp_path / "out"
    folder.export(data_dir, to, TERMS)
    (to / "routes" / "min-egen.gpx").write_text("min", encoding="utf-8")
    before = everything(to)
    folder.export(data_dir, to, TERMS)
    assert everything(to) == before
    with database.local(data_dir) as tx:
        tx.execute("DELETE FROM feed WHERE kind = 'route'")
    folder.export(data_dir, to, TERMS)
    assert not [name for name in names(to) if name.startswith("routes/") and name != "routes/min-egen.gpx"]
    assert "routes/min-egen.gpx" in names(to)


def test_a_list_that_somebody_changed_takes_nothing_else_away(data_dir: Path, tmp_path: Path) -> None:
    to, safe = tmp_path / "out", tmp_path / "safe.csv"
    safe.write_text("x", encoding="utf-8")
    folder.export(data_dir, to, TERMS, ["csv"])
    listed = json.loads((to / "files.json").read_bytes())
    listed["files"] |= {"../safe.csv": "0", str(safe): "0", "routes/../../safe.csv": "0"}
    (to / "files.json").write_text(json.dumps(listed), encoding="utf-8")
    folder.export(data_dir, to, TERMS, ["csv"])
    assert safe.exists()


@pytest.mark.parametrize("name", ["places.csv", "routes/rundt-i-kohaven.gpx", "own/routes-demo.geojson", "files.json"])
def test_a_file_that_no_export_wrote_is_never_written_over(data_dir: Path, tmp_path: Path, name: str) -> None:
    mine = tmp_path / "out" / name
    mine.parent.mkdir(parents=True)
    mine.write_text("MIN", encoding="utf-8")
    refused(call(data_dir, "export", "--to", tmp_path / "out"), str(mine), "Intet er skrevet", "--to")
    assert everything(tmp_path / "out") == {name: b"MIN"}


def test_a_file_of_an_export_that_somebody_edited_is_not_renewed_and_not_taken_away(
    data_dir: Path, tmp_path: Path
) -> None:
    to = tmp_path / "out"
    folder.export(data_dir, to, TERMS)
    edited = to / "routes" / "rundt-i-kohaven.gpx"
    edited.write_bytes(edited.read_bytes() + b"<!-- min -->")
    before = everything(to)
    refused(call(data_dir, "export", "--to", to), str(edited), "har ændret den")
    with database.local(data_dir) as tx:
        tx.execute("DELETE FROM feed WHERE kind = 'route'")
    refused(call(data_dir, "export", "--to", to), str(edited))
    assert everything(to) == before


def one_less(data_dir: Path) -> None:
    """A facility that is public no more."""
    with database.local(data_dir) as tx:
        (id,) = tx.execute("SELECT min(id) FROM feed WHERE kind = 'facility'").fetchone()
        tx.execute("DELETE FROM feed WHERE id = ?", (id,))


def test_an_export_that_was_cut_off_among_its_files_goes_on_next_time(
    data_dir: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    to, replace, moved = tmp_path / "out", os.replace, 0
    folder.export(data_dir, to, TERMS)
    one_less(data_dir)

    def cut(source: Path, target: Path) -> None:
        nonlocal moved
        moved += 1
        if moved == 8:
            raise KeyboardInterrupt
        replace(source, target)

    with monkeypatch.context() as patch:
        patch.setattr(os, "replace", cut)
        with pytest.raises(KeyboardInterrupt):
            folder.export(data_dir, to, TERMS)
    one_less(data_dir)
    folder.export(data_dir, to, TERMS)
    folder.export(data_dir, tmp_path / "new", TERMS)
    assert everything(to) == everything(tmp_path / "new")


def test_nothing_is_written_among_the_servers_own_files(data_dir: Path) -> None:
    before = names(data_dir)
    for to in (data_dir, data_dir / "media"):
        refused(call(data_dir, "export", "--to", to), str(to), "DATA_DIR", "Intet er skrevet")
    assert names(data_dir) == before


def test_a_disk_that_gets_full_leaves_what_was_there(
    data_dir: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    to = tmp_path / "out"
    folder.export(data_dir, to, TERMS)
    before = everything(to)
    made = folder._made

    def full(*given: Any) -> Iterator[tuple[str, bytes]]:
        for n, one in enumerate(made(*given)):
            if n == 5:
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
            yield one[0], b"other"

    monkeypatch.setattr(folder, "_made", full)
    refused(call(data_dir, "export", "--to", to), str(to), "disken er fuld", "Intet er skrevet")
    assert everything(to) == before
    assert sorted(path.name for path in to.iterdir()) == sorted({name.split("/")[0] for name in before})


@pytest.mark.skipif(not Path("/sys/kernel").is_dir(), reason="needs a folder that root can not write to either")
def test_a_folder_that_is_shut_is_named(data_dir: Path) -> None:
    to = Path("/sys/kernel/moedesteder")
    refused(call(data_dir, "export", "--to", to), str(to), "kan ikke skrives", "Intet er skrevet")


def test_a_folder_that_is_a_file_is_named(data_dir: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x", encoding="utf-8")
    for to in (tmp_path / "file", tmp_path / "file" / "deeper"):
        refused(call(data_dir, "export", "--to", to), str(to), "ikke en mappe", "Intet er skrevet")


def test_without_a_database_there_is_nothing_to_write(tmp_path: Path) -> None:
    refused(call(tmp_path / "none", "export", "--to", tmp_path / "out"), "no database")
    assert not (tmp_path / "out").exists()


def test_what_a_killed_export_left_is_swept(data_dir: Path, tmp_path: Path) -> None:
    left, fresh = tmp_path / "out" / ".export-old", tmp_path / "out" / ".export-new"
    for path in (left, fresh):
        path.mkdir(parents=True)
    long_ago = time.time() - 7200
    os.utime(left, (long_ago, long_ago))
    folder.export(data_dir, tmp_path / "out", TERMS, ["csv"])
    assert not left.exists()
    assert fresh.exists()
