"""`init` and `answer`, as an office types them: from a file of boundaries to a municipality's own server with an empty list."""

import json
import os
import re
import shutil
import subprocess
import sys
import tomllib
import urllib.request
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import shapely
from click.testing import Result

from server import answers, local
from server import init as beginning
from server.formats.boundary.outline import danish
from server.model.line import decode
from server.settings import Settings, load
from tests.served import Server
from tests.server import commands
from tests.server.boundaries import THREE, feature, square, written
from tests.server.commands import refused

ROOT = Path(__file__).resolve().parents[2]


def call(data_dir: Path, *words: str | Path, **env: str) -> Result:
    return commands.call(data_dir, *words, stdin=b"", **env)


@pytest.fixture
def three(tmp_path: Path) -> Callable[..., Path]:
    """Writes a file of boundaries; five shapes of four made-up municipalities where nothing is said."""
    return lambda *told, **members: written(tmp_path, *told, **members)


@pytest.fixture
def env(tmp_path: Path) -> dict[str, str]:
    """A settings file of its own, with a comment and a key that must stay."""
    path = tmp_path / "settings.toml"
    path.write_text('# Vores server.\ncode = "376"\nname = "Guldborgsund Kommune"\nreaders = 3\n', encoding="utf-8")
    return {"MOEDE_SETTINGS": str(path)}


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """`init` writes settings.toml of the folder it is typed in: never this one."""
    monkeypatch.chdir(tmp_path)


def site(data_dir: Path) -> Any:
    return json.loads(local.site(Settings(data_dir=data_dir)))


def test_a_new_server_begins_with_name_bounds_and_land_of_its_own(
    tmp_path: Path, three: Callable[..., Path], env: dict[str, str]
) -> None:
    told = call(tmp_path / "data", "init", "901", "--boundary", three(), **env)
    assert told.exit_code == 0, told.output
    assert "Østby, Øen" in told.output
    assert "Langt Væk" not in told.output
    body = site(tmp_path / "data")
    assert (body["code"], body["name"]) == ("901", {"da": "Vestby Kommune"})
    assert body["bounds"] == [11.0, 55.0, 11.1, 55.13]
    lands = [shapely.Polygon(decode(rings[0])) for rings in body["land"]]
    assert len(lands) == 3  # Vestby and Østby are one, as one can walk from one to the other
    holding = [[land.contains(shapely.Point(at)) for land in lands] for at in ([11.05, 55.05], [11.15, 55.05])]
    assert holding[0] == holding[1]
    assert sum(holding[0]) == 1
    assert not any(land.contains(shapely.Point(11.23, 55.02)) for land in lands)


def test_the_settings_file_gets_the_code_and_keeps_the_rest(
    tmp_path: Path, three: Callable[..., Path], env: dict[str, str]
) -> None:
    call(tmp_path / "data", "init", "0901", "--boundary", three(), **env)
    path = Path(env["MOEDE_SETTINGS"])
    known = load(path, {})
    assert (known.code, known.name, known.readers) == ("901", "Vestby Kommune", 3)
    assert path.read_text(encoding="utf-8").startswith("# Vores server.\n")


def test_where_the_environment_says_the_code_the_file_stays_and_it_is_told(
    tmp_path: Path, three: Callable[..., Path], env: dict[str, str]
) -> None:
    before = Path(env["MOEDE_SETTINGS"]).read_bytes()
    told = call(tmp_path / "data", "init", "901", "--boundary", three(), MOEDE_CODE="376", **env)
    assert "Sæt den til 901" in told.output
    assert Path(env["MOEDE_SETTINGS"]).read_bytes() == before


def test_where_the_settings_file_can_not_be_written_its_two_lines_are_told(tmp_path: Path) -> None:
    env = {"MOEDE_SETTINGS": str(tmp_path / "none" / "settings.toml")}
    told = beginning.in_settings(Settings(), "901", 'Vest"by', env)
    assert told.endswith('code = "901"\nname = "Vest\\"by"')


def test_a_settings_file_that_is_linked_stays_linked(tmp_path: Path, env: dict[str, str]) -> None:
    path = Path(env["MOEDE_SETTINGS"])
    path.chmod(0o640)
    (tmp_path / "link.toml").symlink_to(path)
    beginning.in_settings(Settings(), "901", "Vestby", {"MOEDE_SETTINGS": str(tmp_path / "link.toml")})
    assert (tmp_path / "link.toml").is_symlink()
    assert load(path, {}).code == "901"
    assert path.stat().st_mode & 0o777 == 0o640


def test_again_changes_nothing_that_people_entered_and_needs_no_file(
    tmp_path: Path, three: Callable[..., Path], env: dict[str, str]
) -> None:
    data = tmp_path / "data"
    call(data, "init", "901", "--boundary", three(), **env)
    form = data / "kommune/svar.toml"
    text = (
        form.read_text(encoding="utf-8")
        .replace("Vestby Kommune", "Vestby")
        .replace('telefon = ""', 'telefon = "54731000"', 1)
    )
    form.write_text(text.replace('#   ["Maribo", 54.7767, 11.5003],', '["Vest", 55.05, 11.05],'), encoding="utf-8")
    assert call(data, "answer", **env).exit_code == 0
    before, written = site(data), form.read_bytes()
    told = call(data, "init", "vestby", **env)
    assert "intet er ændret" in told.output
    assert (site(data), form.read_bytes()) == (before, written)
    moved = [feature("901", "Vestby", square(11.0, 55.0, 0.2))]
    assert "er skrevet" in call(data, "init", "901", "--boundary", three(moved, "nye.geojson"), **env).output
    after = site(data)
    assert after["bounds"] == [11.0, 55.0, 11.2, 55.2]
    assert {**after, "bounds": 0, "land": 0} == {**before, "bounds": 0, "land": 0}
    assert form.read_bytes() == written


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ("905", ["ingen kommune i filen", "904 Langt Væk"]),
        ("Vestbo", ["ingen kommune i filen", "901 Vestby"]),
        ("ø", ["flere kommuner", "902 Østby", "903 Øen"]),
        ("", ["kode"]),
        ("--help\n'; x", ["kode"]),
    ],
)
def test_an_unknown_one_is_told_the_nearest_and_nothing_is_made(
    tmp_path: Path, three: Callable[..., Path], env: dict[str, str], asked: str, words: list[str]
) -> None:
    refused(call(tmp_path / "data", "init", "--boundary", three(), "--", asked, **env), *words)
    assert not (tmp_path / "data").exists()
    assert load(Path(env["MOEDE_SETTINGS"]), {}).code == "376"


def test_what_is_no_file_of_boundaries_is_refused(
    tmp_path: Path, three: Callable[..., Path], env: dict[str, str]
) -> None:
    data = tmp_path / "data"
    refused(call(data, "init", "901", **env), "--boundary")
    refused(call(data, "init", "901", "--boundary", tmp_path / "none.geojson", **env), "findes ikke")
    refused(call(data, "init", "901", "--boundary", tmp_path, **env), "almindelig fil")
    (tmp_path / "k.geojson").write_text('{"type":"FeatureCollection","features":[', encoding="utf-8")
    refused(call(data, "init", "901", "--boundary", tmp_path / "k.geojson", **env), "ikke hel GeoJSON")
    (tmp_path / "k.gpkg").write_bytes(b"no database")
    refused(call(data, "init", "901", "--boundary", tmp_path / "k.gpkg", **env), "GeoPackage")
    (tmp_path / "k.shp").write_bytes(b"x")
    refused(call(data, "init", "901", "--boundary", tmp_path / "k.shp", **env), ".gpkg")
    (tmp_path / "l.geojson").symlink_to(three())
    refused(call(data, "init", "901", "--boundary", tmp_path / "l.geojson", **env), "almindelig fil")
    assert not data.exists()


def test_another_municipalitys_database_and_the_demos_are_left_alone(
    tmp_path: Path, three: Callable[..., Path], env: dict[str, str], begun: Path
) -> None:
    data = shutil.copytree(begun, tmp_path / "data", ignore=shutil.ignore_patterns("*-wal", "*-shm"))
    before = sorted(path.name for path in data.iterdir())
    refused(call(data, "init", "901", "--boundary", three(), **env), "kommune 376", "Intet er ændret")
    assert sorted(path.name for path in data.iterdir()) == before


def test_at_a_terminal_it_asks_and_what_is_passed_over_stays_a_question(
    tmp_path: Path, three: Callable[..., Path], env: dict[str, str]
) -> None:
    data = tmp_path / "data"
    said: list[str] = []
    given = {"Hvad hedder kommunen": ["Vestby"], "Hvilket nummer kan": ["ring bare", "12 34 56 78"]}
    given |= {"Hvilken farve": ["blå", "#ff6600", "#ad4500"], "Hvilken krisetelefon": ["Livslinien"]}
    given |= {"Hvilket nummer har den": ["70 201 201"]}
    asked: list[str] = []

    def ask(question: str, before: str) -> str:
        asked.append(question)
        return next((answers.pop(0) for begin, answers in given.items() if question.startswith(begin)), before)

    known = load(Path(env["MOEDE_SETTINGS"]), {"DATA_DIR": str(data), "MOEDE_CODE": "901"})
    beginning.begin(known, "901", three(), said.append, ask)
    body = site(data)
    assert body["name"] == {"da": "Vestby"}
    assert [(one["what"], one["phone"]) for one in body["help"]] == [
        ("municipality", "12 34 56 78"),
        ("crisis", "70 201 201"),
    ]
    assert len(asked) == 8  # what could not be used was asked for again, with why
    for words in ("'ring bare'", "'blå'", "#ad4500 går"):
        assert any(words in line for line in said), words
    assert body["colours"]["light"] == "#ad4500"
    assert tomllib.loads((data / "kommune/svar.toml").read_text(encoding="utf-8"))["telefon"] == "12 34 56 78"
    beginning.begin(known, "901", None, said.append, ask)
    assert len(asked) == 8  # once


def test_no_number_is_asked_of_a_line_that_nobody_named(
    tmp_path: Path, three: Callable[..., Path], env: dict[str, str]
) -> None:
    asked: list[str] = []

    def passes(question: str, before: str) -> str:
        asked.append(question)
        return before

    known = load(Path(env["MOEDE_SETTINGS"]), {"DATA_DIR": str(tmp_path / "data"), "MOEDE_CODE": "901"})
    beginning.begin(known, "901", three(), lambda line: None, passes)
    assert len(asked) == 4
    assert site(tmp_path / "data")["help"] == []


@pytest.mark.parametrize(
    ("name", "called"),
    [
        ("København", "Københavns Kommune"),
        ("Bornholm", "Bornholms Regionskommune"),
        ("Bornholms Regionskommune", "Bornholms Regionskommune"),
        ("Vesthimmerland", "Vesthimmerlands Kommune"),
        ("Vesthimmerlands", "Vesthimmerlands Kommune"),
        ("Nordfyns", "Nordfyns Kommune"),
        ("Nordfyns Kommune", "Nordfyns Kommune"),
        ("Assens", "Assens Kommune"),
        ("Christiansø", "Christiansø"),
        ("Høje-Taastrup", "Høje-Taastrup Kommune"),
    ],
)
def test_the_name_that_is_proposed_is_the_one_that_the_municipality_has(name: str, called: str) -> None:
    assert beginning.proposed(name) == called


def test_the_name_is_told_as_a_proposal_and_where_to_mend_it(
    tmp_path: Path, three: Callable[..., Path], env: dict[str, str]
) -> None:
    file = three([feature("101", "København", square(12.5, 55.6)), feature("147", "Frederiksberg", square(12.5, 55.7))])
    told = call(tmp_path / "data", "init", "101", "--boundary", file, **env).output
    assert "»Københavns Kommune«. Det er et forslag" in told
    assert str(tmp_path / "data/kommune/svar.toml") in told
    assert site(tmp_path / "data")["name"] == {"da": "Københavns Kommune"}
    assert answers.read(tmp_path / "data/kommune/svar.toml")["navn"] == "Københavns Kommune"
    assert "forslag" not in call(tmp_path / "data", "init", "101", **env).output


def test_numbers_are_written_in_danish(tmp_path: Path, three: Callable[..., Path], env: dict[str, str]) -> None:
    assert [danish(number) for number in (90.1, 1234.5, 70.0, 100.0)] == ["90,1", "1.234,5", "70", "100"]
    assert re.search(
        r"901 Vestby: \d+,\d km²", call(tmp_path / "a", "init", "901", "--boundary", three(), **env).output
    )
    far = three([feature("901", "Vestby", square(55.0, 11.0))])
    refused(call(tmp_path / "b", "init", "901", "--boundary", far, **env), "55–55,1 øst", "11–11,1 nord")


def test_boundaries_of_one_municipality_alone_warn_that_all_round_it_will_be_sea(
    tmp_path: Path, three: Callable[..., Path], env: dict[str, str]
) -> None:
    alone = three([feature("901", "Vestby", square(11.0, 55.0))], "en.geojson")
    told = call(tmp_path / "a", "init", "901", "--boundary", alone, **env).output
    assert "en.geojson har ingen andre kommuner, så alt land omkring Vestby bliver hav" in told
    assert "hav på kortet" not in call(tmp_path / "a", "init", "901", **env).output
    assert "hav på kortet" not in call(tmp_path / "b", "init", "904", "--boundary", three(), **env).output


@pytest.mark.parametrize("code", ["901", "376"])
def test_a_settings_file_that_is_not_there_yet_is_begun(tmp_path: Path, three: Callable[..., Path], code: str) -> None:
    file = three([feature(code, "Vestby", square(11.0, 55.0)), *THREE[2:]])
    env = {"MOEDE_SETTINGS": str(tmp_path / "ny.toml")}
    refused(call(tmp_path / "data", "site", **env), "ny.toml", "filen findes ikke", "init")
    assert call(tmp_path / "data", "init", code, "--boundary", file, **env).exit_code == 0
    known = load(tmp_path / "ny.toml", {})
    assert (known.code, known.name) == (code, "Vestby Kommune")
    assert call(tmp_path / "data", "site", **env).exit_code == 0


def test_who_ends_the_questions_has_a_server_and_the_questions_in_the_file(
    tmp_path: Path, three: Callable[..., Path], env: dict[str, str]
) -> None:
    said: list[str] = []

    def ends(question: str, before: str) -> str:
        raise KeyboardInterrupt

    known = load(Path(env["MOEDE_SETTINGS"]), {"DATA_DIR": str(tmp_path / "data")})
    beginning.begin(known, "901", three(), said.append, ends)
    assert any("Afbrudt" in line for line in said)
    assert site(tmp_path / "data")["name"] == {"da": "Vestby Kommune"}
    assert answers.read(tmp_path / "data/kommune/svar.toml")["navn"] == "Vestby Kommune"


def test_the_map_is_made_by_the_two_lines_that_it_prints(
    tmp_path: Path, three: Callable[..., Path], env: dict[str, str]
) -> None:
    told = call(tmp_path / "data", "init", "901", "--boundary", three(), **env).output
    lines = [line.strip() for line in told.splitlines() if " -m server site" in line or " -m tiles build" in line]
    assert len(lines) == 2
    for line in lines:
        subprocess.run(
            line, shell=True, check=True, cwd=ROOT, capture_output=True, env={**os.environ, **env, "TERM": "dumb"}
        )
    packs = json.loads((tmp_path / "data/packs/packs.json").read_bytes())["packs"]
    assert {pack["id"] for pack in packs} == {"overview", "all"}
    assert packs[0]["name"]["da"].startswith("Vestby Kommune")


def test_readmes_words_lead_from_nothing_to_an_empty_list(tmp_path: Path, three: Callable[..., Path]) -> None:
    three([feature("360", "Lolland", square(11.4, 54.7)), *THREE])
    shutil.copy(ROOT / "settings.toml", tmp_path / "settings.toml")
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    shown = re.search(r"<!-- din egen kommune -->\n```sh\n(.*?)```", readme, re.DOTALL)
    assert shown
    first, *commands, last = shown[1].strip().splitlines()
    assert (first, last) == ("make setup", "DEMO=0 make run")
    for command in commands:
        typed = command.replace(".venv/bin/python", sys.executable)
        assert typed != command
        done = subprocess.run(
            typed, shell=True, cwd=tmp_path, env={**os.environ, "PYTHONPATH": str(ROOT)}, capture_output=True, text=True,
            check=False, stdin=subprocess.DEVNULL,
        )  # fmt: skip
        assert done.returncode == 0, done.stdout + done.stderr
    data = tmp_path / "var/data"
    for name in re.findall(r"`(var/data/[^`]+)`", readme[shown.start() : readme.index("## Your own")]):
        assert (tmp_path / name).exists(), name
    with Server(data, {"MOEDE_SETTINGS": str(tmp_path / "settings.toml")}).ready() as server:
        page = urllib.request.urlopen(f"http://127.0.0.1:{server.port}/api/v1/sync/public", timeout=20).read()
    changes = json.loads(page)["changes"]
    assert [(change["kind"], change["body"]["name"]["da"]) for change in changes] == [("settings", "Lolland Kommune")]


@pytest.mark.parametrize("code", ["376", "360", "101", "400", "760", "851"])
def test_real_municipalities_begin_with_a_small_body_and_again_change_nothing(
    tmp_path: Path, shared_data: Path, env: dict[str, str], code: str
) -> None:
    data = tmp_path / "data"
    told = call(data, "init", code, "--boundary", shared_data / "dk-kommuner.geojson", **env)
    assert told.exit_code == 0, told.output
    assert len(local.site(Settings(data_dir=data))) < 10_000
    assert "intet er ændret" in call(data, "init", code, **env).output


def test_the_real_land_parts_the_island_from_the_town_across_the_sound(
    tmp_path: Path, shared_data: Path, env: dict[str, str]
) -> None:
    call(tmp_path / "data", "init", "Guldborgsund", "--boundary", shared_data / "dk-kommuner.geojson", **env)
    lands = [shapely.Polygon(decode(rings[0])) for rings in site(tmp_path / "data")["land"]]

    def land_of(lon: float, lat: float) -> int:
        return next(number for number, land in enumerate(lands) if land.contains(shapely.Point(lon, lat)))

    assert land_of(11.8743, 54.7691) != land_of(11.6260, 54.7997)  # Nykøbing on Falster, Sakskøbing on Lolland
    assert land_of(11.6260, 54.7997) == land_of(11.5003, 54.7767)  # Sakskøbing, and Maribo in the next municipality


def test_a_command_to_be_copied_carries_the_settings_that_are_in_force(
    tmp_path: Path, three: Callable[..., Path], env: dict[str, str]
) -> None:
    told = call(tmp_path / "data", "init", "901", "--boundary", three(), **env).output
    commands = [line for line in told.splitlines() if "DATA_DIR=" in line]
    assert len(commands) >= 3
    for line in commands:
        assert f"MOEDE_SETTINGS={env['MOEDE_SETTINGS']} DATA_DIR={tmp_path / 'data'}" in line, line


@pytest.mark.parametrize(
    "words", [("answer",), ("import", "bænke.geojson"), ("import", "--geofa", "376"), ("prepare",)]
)
def test_settings_of_another_municipality_than_the_database_are_refused_with_what_to_do(
    tmp_path: Path,
    three: Callable[..., Path],
    env: dict[str, str],
    words: tuple[str, ...],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert call(tmp_path / "data", "init", "901", "--boundary", three(), **env).exit_code == 0
    (tmp_path / "bænke.geojson").write_text('{"type": "FeatureCollection", "features": []}', encoding="utf-8")
    monkeypatch.setattr("server.web.built.app_dir", lambda: tmp_path)
    other = tmp_path / "other.toml"
    other.write_text('code = "376"\n', encoding="utf-8")
    told = call(tmp_path / "data", *words, MOEDE_SETTINGS=str(other))
    refused(told, "er kommune 901", "siger 376", "other.toml", "Intet er gjort", "MOEDE_SETTINGS=", "DATA_DIR=")
