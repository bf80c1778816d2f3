"""One dictionary, one word: what the plain pages say is what the phone says."""

import json
import re
from pathlib import Path

from server.web import words

ROOT = Path(__file__).resolve().parents[3]
PLAIN = ROOT / "server/web/plain"
ENTRY = re.compile(r'^ {2}"?([\w.]+)"?:\s*("(?:[^"\\]|\\.)*")', re.MULTILINE)


def the_phones_words() -> dict[str, str]:
    files = (ROOT / "pwa/src/text/da").glob("*.ts")
    found = dict(entry for file in files for entry in ENTRY.findall(file.read_text(encoding="utf-8")))
    return {key: str(json.loads(text)).replace("\u00a0", " ") for key, text in found.items()}


def test_each_word_of_the_plain_pages_is_the_phones_own() -> None:
    phone = the_phones_words()
    assert len(phone) > 300
    differ = {key: (said, phone.get(key)) for key, said in words.WORDS.items() if phone.get(key) != said}
    assert differ == {}


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
    made = re.compile(r"(form|mode|surface|note|fact|place)\.\w+$")
    unsaid = [
        key for key in words.WORDS if len(re.findall(f"[\"']{re.escape(key)}[\"']", pages)) < 2 and not made.match(key)
    ]
    assert unsaid == []
