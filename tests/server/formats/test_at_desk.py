"""Whoever works at the desk has fields and no command line."""

import re
from pathlib import Path

import pytest

from server.formats.at_desk import at_desk

ROOT = Path(__file__).resolve().parents[3]
OPTION = re.compile(r"(?:^|[ (])--[a-z]")
NOT_SAID = ("--service", "--all)")
"""What is said of a service that is asked, and at the end of a printed list: neither reaches the desk."""


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("I EPSG:25832 ligger de i kommunen: skriv --crs 25832, hvis det er rigtigt.", "skriv 25832 i feltet »Koordinatsystem«"),
        ("Er filen skrevet med bredden først, så skriv --lat-lon.", "så vælg »Bredden står først«."),
        ('Er det det samme, så skriv --source "Stier", og filens ord gælder.', "skriv »Stier« i feltet »Registrets navn«, og"),
        ("så skriv --source med et navn for det.", "skriv et navn i feltet »Registrets navn« for det."),
    ],
)  # fmt: skip
def test_an_option_is_told_as_the_field_that_it_is_at_the_desk(said: str, told: str) -> None:
    assert told in at_desk(said)


def test_no_sentence_that_a_reader_has_keeps_an_option() -> None:
    files = [*(ROOT / "server/formats").rglob("*.py"), ROOT / "server/domain/importing/same_source.py"]
    kept = []
    for file in files:
        if file.name == "at_desk.py":
            continue
        text = re.sub(
            r'"\n +f?"', "", file.read_text(encoding="utf-8").replace('\\"', '"')
        )  # a sentence over several lines
        for line in text.splitlines():
            if (
                '"""' in line
                or "add_argument" in line
                or "help=" in line
                or not re.search(r"[a-zæøå] --|\"--\w+ \{|\(--", line)
            ):
                continue
            if OPTION.search(at_desk(line)) and not any(one in line for one in NOT_SAID):
                kept.append(f"{file.name}: {line.strip()}")
    assert kept == []
