"""Documents that can go stale are held to the code: commands, settings, rooms, steps, numbers, words that do not belong."""

import json
import re
import subprocess
from pathlib import Path

import msgspec
import pytest

from server.settings import PLAIN, Settings

ROOT = Path(__file__).resolve().parent.parent
DOCUMENTS = sorted(
    [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), ROOT / "demo" / "README.md", ROOT / "sync" / "PROTOCOL.md"]
)
README = (ROOT / "README.md").read_text(encoding="utf-8")
ARCHITECTURE = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")


def between(text: str, mark: str) -> str:
    found = re.search(rf"<!-- {mark} -->\n(.*?)<!-- /{mark} -->", text, re.DOTALL)
    assert found, f"no part marked {mark}"
    return found[1]


def test_every_make_target_that_a_document_names_is_there() -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    for document in DOCUMENTS:
        named = set(re.findall(r"`(?:[A-Z_]+=\S+ )*make ([a-z]+)", document.read_text(encoding="utf-8")))
        assert named <= targets, f"{document.name}: {named - targets}"


def test_every_target_has_a_line_in_make_help() -> None:
    told = subprocess.run(["make", "help"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    for target in ("run", "test", "check", "bench", "types", "lock", "help"):
        assert re.search(rf"^{target}\s", told, re.MULTILINE), target


def test_every_server_command_that_a_document_names_is_there() -> None:
    told = subprocess.run(
        [ROOT / ".venv/bin/python", "-m", "server", "--help"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    for document in DOCUMENTS:
        for command in set(re.findall(r"python -m server ([a-z]+)", document.read_text(encoding="utf-8"))):
            assert re.search(rf"\b{command}\b", told.stdout), f"{document.name}: python -m server {command}"


def test_the_table_of_settings_is_the_struct() -> None:
    rows = []
    for field in msgspec.structs.fields(Settings):
        name = field.name.upper() if field.name in PLAIN else f"MOEDE_{field.name.upper()}"
        default = json.dumps(
            str(field.default) if isinstance(field.default, Path) else field.default, ensure_ascii=False
        )
        rows.append(f"| `{field.name}` | `{name}` | `{default}` |")
    table = between((ROOT / "docs/run.md").read_text(encoding="utf-8"), "settings").strip().splitlines()
    assert table[2:] == rows


def test_every_room_that_architecture_names_is_there() -> None:
    for name in re.findall(r"^\| `([^`]+)`", ARCHITECTURE, re.MULTILINE):
        assert (ROOT / name).exists(), name


def test_the_steps_of_a_change_are_those_of_its_test() -> None:
    journey = (ROOT / "tests/browser/path.journey.ts").read_text(encoding="utf-8")
    steps = re.findall(r'^\s*test\("(\d\. .+?)"', journey, re.MULTILINE)
    assert between(ARCHITECTURE, "steps").strip().splitlines() == steps


def test_the_numbers_in_readme_are_those_of_the_bench() -> None:
    latest = json.loads((ROOT / "bench/latest.json").read_text(encoding="utf-8"))
    rows = [line for line in between(README, "numbers").splitlines() if line.startswith("| `")]
    told = {cells[1].strip(" `"): cells[2].strip() for cells in (row.split("|") for row in rows)}
    assert told == {figure["id"]: f"{figure['value']:g} {figure['unit']}" for figure in latest}


def test_every_picture_that_readme_shows_is_there() -> None:
    pictures = re.findall(r'(?:\]\(|src=")(docs/[^)"]+\.(?:png|webp))', README)
    assert pictures
    for picture in pictures:
        assert (ROOT / picture).is_file(), picture


def test_links_between_documents_lead_somewhere() -> None:
    for document in DOCUMENTS:
        for link in re.findall(r"\]\((?!https?:|#|mailto:)([^)#\s]+)", document.read_text(encoding="utf-8")):
            assert (document.parent / link).exists() or (ROOT / link).exists(), f"{document.name}: {link}"


@pytest.mark.parametrize("word", ["TODO", "FIXME", "XXX"])
def test_nothing_is_left_for_later_without_saying_so(word: str) -> None:
    tracked = subprocess.run(
        ["git", "ls-files", "*.py", "*.ts", "*.tsx", "*.sh"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    here = Path(__file__).relative_to(ROOT).as_posix()
    found = [
        name for name in tracked.stdout.split()
        if name != here and (ROOT / name).is_file() and re.search(rf"\b{word}\b", (ROOT / name).read_text(encoding="utf-8"))
    ]  # fmt: skip
    assert found == []


def test_lock_files_carry_hashes_and_no_address() -> None:
    for name in ("requirements.txt", "requirements-dev.txt", "package-lock.json"):
        text = (ROOT / name).read_text(encoding="utf-8")
        assert "sha256" in text or "sha512" in text
        assert '"resolved"' not in text
        assert "--index-url" not in text
