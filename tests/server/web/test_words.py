"""One dictionary, one word: what the plain pages say is what the phone says."""

import datetime
import json
import re
from pathlib import Path

import pytest

from server.model.values import Fact
from server.web import words

ROOT = Path(__file__).resolve().parents[3]
PLAIN = ROOT / "server/web/plain"
ENTRY = re.compile(r'^ {2}"?([\w.]+)"?:\s*("(?:[^"\\]|\\.)*")', re.MULTILINE)


def the_phones_words(language: str = "da") -> dict[str, str]:
    files = (ROOT / "pwa/src/text" / language).glob("*.ts")
    found = dict(entry for file in files for entry in ENTRY.findall(file.read_text(encoding="utf-8")))
    return {key: str(json.loads(text)).replace("\u00a0", " ") for key, text in found.items()}


def test_each_word_of_the_plain_pages_is_the_phones_own() -> None:
    phone = the_phones_words()
    assert len(phone) > 300
    differ = {key: (said, phone.get(key)) for key, said in words.WORDS.items() if phone.get(key) != said}
    assert differ == {}


@pytest.mark.parametrize("language", words.OTHERS)
def test_each_word_of_the_page_of_files_is_the_phones_own_in_its_other_languages(language: str) -> None:
    phone = the_phones_words(language)
    assert {key: phone.get(key) for key in words.OTHERS[language]} == words.OTHERS[language]
    said = set(re.findall(r'w\("([\w.]+)"\)', (PLAIN / "feeds.html").read_text(encoding="utf-8")))
    assert said <= set(words.OTHERS[language])


@pytest.mark.parametrize(
    ("asked", "accepted", "got"),
    [
        ("", "", "da"),
        ("de", "en-GB,en;q=0.9", "de"),
        ("", "en-GB,en;q=0.9,da;q=0.8", "en"),
        ("", "fr-FR, DE;q=0.8", "de"),
        ("xx", "fr", "da"),
        ("", ",;=", "da"),
    ],
)
def test_the_page_of_files_speaks_the_language_that_is_asked_for(asked: str, accepted: str, got: str) -> None:
    assert words.language(asked, accepted) == got


def test_no_word_stands_in_a_template() -> None:
    written = {}
    for file in PLAIN.glob("*.html"):
        text = re.sub(
            r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}|<[^>]*>", " ", file.read_text(encoding="utf-8"), flags=re.DOTALL
        )
        if left := re.findall(r"[^\W\d_]{2,}", text):
            written[file.name] = left
    assert written == {}


def test_every_word_is_said_somewhere() -> None:
    pages = "".join(file.read_text(encoding="utf-8") for file in [*PLAIN.glob("*.html"), *PLAIN.parent.glob("*.py")])
    # Put together from what a place or a fault is.
    made = re.compile(r"(form|mode|surface|ground|note|fact|place|data|demo|trial)\.\w+$")
    unsaid = [
        key for key in words.WORDS if len(re.findall(f"[\"']{re.escape(key)}[\"']", pages)) < 2 and not made.match(key)
    ]
    assert unsaid == []


@pytest.mark.parametrize(
    ("source", "value", "begins"),
    [
        ("GeoFA 5802", "firm", "Fast er i GeoFA"),
        ("GeoFA 5802, Natur for alle", "loose", "Løst er i Natur for alle"),
        ("GeoFA 5802, Natur for alle", "unpaved", ""),
        ("en ruteguide", "unpaved", "Uden belægning er her jord og græs."),
        ("GeoFA 5802", "other", ""),
    ],
)
def test_firm_and_loose_go_by_the_definition_of_who_says_so(source: str, value: str, begins: str) -> None:
    said = words.ground(Fact(value=value, source=source, seen_on=datetime.date(2024, 5, 1)))
    assert said.startswith(begins)
    assert bool(said) is bool(begins)
