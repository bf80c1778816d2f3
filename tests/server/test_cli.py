"""Every command with wrong input: one line that says what, where and what to do; never a traceback."""

import json
import re
import shutil
import uuid
from pathlib import Path

import pytest

from server.formats import geodata
from server.formats.table import headings
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
    assert "1 ny" in result.stdout


def test_the_help_of_import_says_every_file_that_is_read_and_no_other(data_dir: Path) -> None:
    shown = call(data_dir, "import", "--help").stdout.partition("FILES that are read:")[2].partition("FIELD")[0]
    told = {ending: line.split()[0] for line in shown.strip().splitlines() for ending in line.split()[1:]}
    assert told == {**geodata.READ, **geodata.ZIPPED}


def test_the_help_of_import_says_in_danish_what_each_field_of_a_column_is(data_dir: Path) -> None:
    for _ in range(2):  # asked again it says the same once
        shown = call(data_dir, "import", "--help").stdout.partition("FIELD of --column, and its Danish:\n")[2]
        told = dict(line.split(maxsplit=1) for line in shown.strip().splitlines())
        assert told == {target or "ingen": means for target, means in headings.MEANS.items()}
        assert list(told) == headings.listed()


def test_the_help_of_import_names_each_coordinate_system_that_a_refusal_offers(data_dir: Path) -> None:
    told = " ".join(re.sub(r"[│╭╰─]", " ", call(data_dir, "import", "--help", COLUMNS="200").stdout).split())
    for code in ("25832", "25833", "4326", "3857"):
        assert f"{code} (" in told, code
    assert "or any other" in told


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["--source", "x" * 201, "x.gpkg"], "--source: et registers navn har 1 til 200 tegn"),
        (["--geofa", "376", "x.gpkg"], "Skriv filer, eller --geofa KODE alene"),
        (["--column", "Bredde=width_cm", "x.gpkg"], "--column hører til regneark"),
        (["--geofa", "37"], "--geofa 37: skriv kommunens kode"),
    ],
)
def test_what_import_is_told_wrong_it_says_in_danish(data_dir: Path, words: list[str], told: str) -> None:
    refused(call(data_dir, "import", *words), told)


def test_a_demo_database_refuses_an_import_with_the_line_to_type(data_dir: Path, tmp_path: Path) -> None:
    with database.local(data_dir) as tx:
        meta.put(tx, "demo", "1")
    refused(
        call(data_dir, "import", tmp_path / "x.gpkg"),
        "Det er demoens database",
        "DATA_DIR=var/data python -m server import",
    )


def test_settings_that_can_not_be_read_are_one_line(data_dir: Path, tmp_path: Path) -> None:
    refused(call(data_dir, "site", MOEDE_SETTINGS=str(tmp_path)), str(tmp_path), "can not be read")
    refused(call(data_dir, "site", MOEDE_SETTINGS=str(tmp_path / "none")), "filen findes ikke")


def test_doctor_finds_what_is_wrong_with_the_folder_and_the_database(data_dir: Path, tmp_path: Path) -> None:
    assert call(data_dir, "doctor").exit_code == 0
    (tmp_path / "file").touch()
    told = call(tmp_path / "file", "doctor")
    assert (told.exit_code, told.exception and type(told.exception)) == (1, SystemExit)
    assert "WRONG DATA_DIR" in told.stdout
    (data_dir / "moedesteder.db").write_bytes(b"kartoffel" * 10_000)
    assert "WRONG database" in call(data_dir, "doctor").stdout


def test_doctor_finds_a_secret_of_the_municipalitys_login_that_is_not_there_or_is_open(data_dir: Path) -> None:
    own = {"issuer": "https://login.kommune.dk", "client_id": "m", "roles": {"a": "admin"}}

    def doctor() -> str:
        return call(data_dir, "doctor", MOEDE_OIDC=json.dumps(own), MOEDE_ORIGIN="https://moede.dk").stdout

    assert "WRONG the municipality's login" in doctor()
    file = data_dir / "keys" / "oidc_secret"
    file.parent.mkdir(exist_ok=True)
    file.write_text("secret", encoding="utf-8")
    file.chmod(0o644)
    assert "WRONG the municipality's login" in doctor()
    file.chmod(0o600)
    assert "ok   the municipality's login: https://login.kommune.dk" in doctor()


def test_doctor_names_the_setting_that_hides_spatialite(data_dir: Path) -> None:
    told = call(data_dir, "doctor", SPATIALITE_LIB="/nowhere")
    assert told.exit_code == 1
    assert "unset SPATIALITE_LIB" in told.stdout
    assert "apt-get" not in told.stdout
