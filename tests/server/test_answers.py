"""`answer`: what people wrote in the form becomes settings, or is refused in one sentence with nothing changed."""

import json
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result

from server import answers, local
from server.settings import Settings
from tests.server import commands
from tests.server.boundaries import written
from tests.server.commands import refused

Call = Callable[..., Result]


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return tmp_path / "data"


@pytest.fixture
def call(tmp_path: Path, data: Path, monkeypatch: pytest.MonkeyPatch) -> Call:
    """Types a command in a folder of its own, where `init` of the made-up 901 Vestby has been typed."""
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "settings.toml"
    path.write_text('code = "901"\nname = "Vestby Kommune"\n', encoding="utf-8")

    def typed(*words: str | Path) -> Result:
        return commands.call(data, *words, stdin=b"", MOEDE_SETTINGS=str(path))

    assert typed("init", "901", "--boundary", written(tmp_path)).exit_code == 0
    return typed


def site(data_dir: Path) -> Any:
    return json.loads(local.site(Settings(data_dir=data_dir)))


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ('telefon = ""', 'telefon = "ring bare"', ["telefon", "cifre"]),
        ('krisetelefon = ""', 'krisetelefon = "70201201"', ["krisetelefon_tekst"]),
        ('koersel_timer_foer = ""', "koersel_timer_foer = 400", ["koersel_telefon"]),
        ("byer = [", 'byer = [["Maribo", 11.5003, 54.7767],', ["nr. 1", "byttet om"]),
        ("byer = [", 'byer = ["Maribo",', ["nr. 1", "breddegrad"]),
        ("helligdage = []", 'helligdage = ["2027-13-25"]', ["2027-13-25", "dato"]),
        ('sprog = ["da"]', 'sprog = ["en"]', ["dansk"]),
        ('sprog = ["da"]', 'sprog = ["xx"]', ["xx"]),
        ("helligdage = []", "farver = 3", ["'farver'", "helligdage"]),
        ('farve = ""', 'farve = "blå"', ["farve: 'blå'", "#004b87"]),
        ('farve = ""', 'farve = "#ff6600"', ["farve: #ff6600", "2,93", "4,50", "#ad4500 går"]),
        ('farve_aften = ""', 'farve_aften = "#9fd0ff"', ["farve:", "til dagen"]),
        ('navn = "', "navn = ”", ["anførselstegn"]),
    ],
)
def test_an_answer_that_can_not_be_used_says_which_and_changes_nothing(
    data: Path, call: Call, old: str, new: str, words: list[str]
) -> None:
    before, form = site(data), data / "kommune/svar.toml"
    text = form.read_text(encoding="utf-8")
    assert f"\n{old}" in text
    form.write_text(text.replace(f"\n{old}", f"\n{new}", 1), encoding="utf-8")
    refused(call("answer"), *words)
    assert site(data) == before


def test_a_colour_by_day_brings_its_own_for_the_evening_and_an_empty_answer_keeps_what_there_is(
    data: Path, call: Call
) -> None:
    assert site(data)["colours"] is None
    form = data / "kommune/svar.toml"
    empty = form.read_text(encoding="utf-8")
    form.write_text(empty.replace('farve = ""', 'farve = "004B87"'), encoding="utf-8")
    assert "farver" in call("answer").output
    assert site(data)["colours"] == {"light": "#004b87", "dark": "#b0c7da"}
    form.write_text(empty.replace('farve_aften = ""', 'farve_aften = "#9fd0ff"'), encoding="utf-8")
    assert call("answer").exit_code == 0
    assert site(data)["colours"] == {"light": "#004b87", "dark": "#9fd0ff"}
    form.write_text(empty, encoding="utf-8")
    assert "Intet er ændret" in call("answer").output


def test_an_answer_keeps_what_an_op_said_of_the_same_line(data: Path, call: Call) -> None:
    now = local.the_site(Settings(data_dir=data))
    hours = {"weekly": None, "source": "Vestby", "seen_on": "2026-11-02"}
    told = {"municipality": ("1234", hours), "line": ("5678", None)}
    helps = [
        {"what": what, "name": {"da": "Ring"}, "phone": phone, "hours": open_} for what, (phone, open_) in told.items()
    ]
    op: dict[str, Any] = {
        "id": "2f6c1f0e-9d2b-4c55-8a3e-5b6f0a7c1d01",
        "verb": "save_settings",
        "at": "2026-11-26T09:00:00Z",
    }
    op |= {"subject": {"kind": "settings", "id": "site"}, "base": None, "args": {"set": {"help": helps}}}
    assert commands.call(data, "op", "-", stdin=json.dumps(op).encode()).exit_code == 0
    now = local.the_site(Settings(data_dir=data))
    given = answers.to_set({"telefon": "87654321", "telefon_tekst": "Ring"}, now)
    assert [one["phone"] for one in given["help"]] == ["87654321", "5678"]
    assert given["help"][0]["hours"]["source"] == "Vestby"


def test_the_form_is_read_back_as_it_was_written() -> None:
    name = 'Ny "By" \\ Kommune'
    assert tomllib.loads(answers.form("901", name, "python -m server answer"))["navn"] == name
