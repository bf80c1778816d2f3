"""Every command with wrong input: one line that says what, where and what to do; never a traceback."""

import json
import shutil
import uuid
from pathlib import Path

import pytest

from server.store import database, meta
from tests.server.commands import call, refused

SITE = {"kind": "settings", "id": "site"}


@pytest.fixture
def data_dir(begun: Path, tmp_path: Path) -> Path:
    return shutil.copytree(begun, tmp_path / "data", ignore=shutil.ignore_patterns("*-wal", "*-shm"))


def op(name: str = "Guldborgsund") -> bytes:
    args = {"set": {"name": {"da": name}}}
    told = {"id": str(uuid.uuid4()), "verb": "save_settings", "at": "2026-03-03T13:30:05Z"}
    return json.dumps({**told, "subject": SITE, "base": None, "args": args}).encode()


def test_ops_from_a_file_are_answered_line_by_line(data_dir: Path, tmp_path: Path) -> None:
    (tmp_path / "ops").write_bytes(op() + b"\n" + op())
    result = call(data_dir, "op", tmp_path / "ops")
    assert (result.exit_code, result.stderr) == (0, "")
    assert [json.loads(line)["status"] for line in result.stdout.splitlines()] == ["applied", "applied"]


def test_a_batch_where_one_is_refused_says_which_and_takes_the_others(data_dir: Path) -> None:
    result = call(data_dir, "op", "-", stdin=b"\n".join([op(), op("x" * 5000), op()]))
    assert [json.loads(line)["status"] for line in result.stdout.splitlines()] == ["applied", "refused", "applied"]
    refused(result, "1 of 3 ops were not applied (no. 2)")


def test_a_misspelt_field_is_told_as_one_that_is_not_known(data_dir: Path) -> None:
    refused(call(data_dir, "op", "-", stdin=op().replace(b'"name"', b'"nmae"')), "the name of a field")


def test_a_file_of_ops_that_is_not_there_or_empty_is_told(data_dir: Path, tmp_path: Path) -> None:
    refused(call(data_dir, "op", tmp_path / "none"), "none", "No such file")
    refused(call(data_dir, "op", tmp_path), "Is a directory")
    (tmp_path / "empty").touch()
    refused(call(data_dir, "op", tmp_path / "empty"), "holds no op")


@pytest.mark.parametrize("command", [("site",), ("op", "-")])
def test_without_a_database_a_command_says_how_one_is_made(tmp_path: Path, command: tuple[str, ...]) -> None:
    refused(call(tmp_path / "none", *command, stdin=op()), "no database", "python -m server run")
    assert not (tmp_path / "none").exists()


def test_one_bad_file_is_told_and_its_neighbours_come_in(data_dir: Path, tmp_path: Path) -> None:
    good = tmp_path / "good.geojson"
    bench = {"type": "Feature", "properties": {}, "geometry": {"type": "Point", "coordinates": [11.87, 54.77]}}
    good.write_text(json.dumps({"type": "FeatureCollection", "features": [bench]}), encoding="utf-8")
    result = call(data_dir, "import", tmp_path / "none.gpkg", good)
    assert result.exit_code == 1
    assert "none.gpkg: filen findes ikke" in result.stdout
    assert "1 nye" in result.stdout


def test_a_demo_database_refuses_an_import_with_the_line_to_type(data_dir: Path, tmp_path: Path) -> None:
    with database.local(data_dir) as tx:
        meta.put(tx, "demo", "1")
    refused(call(data_dir, "import", tmp_path / "x.gpkg"), "DATA_DIR=var/data python -m server import")


def test_settings_that_can_not_be_read_are_one_line(data_dir: Path, tmp_path: Path) -> None:
    refused(call(data_dir, "site", MOEDE_SETTINGS=str(tmp_path)), str(tmp_path), "can not be read")
    refused(call(data_dir, "site", MOEDE_SETTINGS=str(tmp_path / "none")), "no such file")


def test_doctor_finds_what_is_wrong_with_the_folder_and_the_database(data_dir: Path, tmp_path: Path) -> None:
    assert call(data_dir, "doctor").exit_code == 0
    (tmp_path / "file").touch()
    told = call(tmp_path / "file", "doctor")
    assert (told.exit_code, told.exception and type(told.exception)) == (1, SystemExit)
    assert "WRONG DATA_DIR" in told.stdout
    (data_dir / "moedesteder.db").write_bytes(b"kartoffel" * 10_000)
    assert "WRONG database" in call(data_dir, "doctor").stdout


def test_doctor_names_the_setting_that_hides_spatialite(data_dir: Path) -> None:
    told = call(data_dir, "doctor", SPATIALITE_LIB="/nowhere")
    assert told.exit_code == 1
    assert "unset SPATIALITE_LIB" in told.stdout
    assert "apt-get" not in told.stdout
