"""Documents that can go stale are held to the code: commands, settings, rooms, steps, numbers, words that do not belong."""

import json
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from bench.figure import Figure
from bench.publish import answers, table
from server import local
from server.formats import geodata
from server.formats.archive.sets import COMPANIONS
from server.prepare import prepare
from server.settings import PLAIN, Settings
from tests.test_rooms import PYTHON, TYPESCRIPT

ROOT = Path(__file__).resolve().parent.parent
DOCUMENTS = sorted(
    [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), ROOT / "demo" / "README.md", ROOT / "sync" / "PROTOCOL.md"]
)
README = (ROOT / "README.md").read_text(encoding="utf-8")
ARCHITECTURE = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
WORDS = (ROOT / "docs/words.md").read_text(encoding="utf-8")


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


def test_each_place_that_says_what_import_reads_names_all_of_it() -> None:
    wire = (ROOT / "docs/wire.md").read_text(encoding="utf-8")
    places = {
        "README.md": next(part for part in README.split("\n\n") if part.startswith("`import` reads")),
        "docs/wire.md": wire.split("## Files that the import reads\n\n")[1].split("\n\n")[0],
    }
    for place, text in places.items():
        for name in {*geodata.READ.values(), *geodata.ZIPPED.values()}:
            assert re.search(rf"\b{name}\b", text), f"{place}: {name}"
        others = set(re.findall(r"`(\.[a-z]+)`", text)) - {*geodata.READ, *geodata.ZIPPED, *COMPANIONS}
        assert not others, f"{place}: {others}"


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


def test_the_ops_that_run_md_shows_are_applied_and_again_do_nothing(tmp_path: Path) -> None:
    prepare(tmp_path, code="376", name="Guldborgsund Kommune")
    shown = between((ROOT / "docs/run.md").read_text(encoding="utf-8"), "ops").strip().strip("`").strip()
    for again in (False, True):
        replies = [json.loads(reply) for reply in local.send(Settings(data_dir=tmp_path), shown.encode())]
        assert [(reply["status"], reply["again"]) for reply in replies] == [("applied", again)] * 4


def test_every_room_that_architecture_names_is_there() -> None:
    for name in re.findall(r"^\| `([^`]+)`", ARCHITECTURE, re.MULTILINE):
        assert (ROOT / name).exists(), name


def test_architecture_names_every_room_and_every_file_of_the_server() -> None:
    rooms = {name.replace(".", "/") for name in PYTHON} | set(TYPESCRIPT)
    folders = {Path(name).parts[0] for name in tracked() if "/" in name and not name.startswith(".")}
    named = set(re.findall(r"`([\w/.-]+)`", ARCHITECTURE))
    for room in rooms | folders:
        assert {f"{room}.py", f"{Path(room).name}.py"} & named or any(name.startswith(f"{room}/") for name in named), (
            room
        )
    for file in {path.name for path in (ROOT / "server").glob("*.py")} - {"__init__.py"}:
        assert {file, f"server/{file}"} & named, file


def test_the_steps_of_a_change_are_those_of_its_test() -> None:
    journey = (ROOT / "tests/browser/path.journey.ts").read_text(encoding="utf-8")
    steps = re.findall(r'^\s*test\("(\d\. .+?)"', journey, re.MULTILINE)
    assert between(ARCHITECTURE, "steps").strip().splitlines() == steps


def test_the_numbers_in_documents_are_those_of_the_bench() -> None:
    latest = msgspec.json.decode((ROOT / "bench/latest.json").read_bytes(), type=list[Figure])
    assert between(README, "numbers").strip() == answers(latest)
    proof = (ROOT / "docs/proof/bench.md").read_text(encoding="utf-8")
    assert between(proof, "table").strip() == table(latest)


def test_every_picture_that_readme_shows_is_there() -> None:
    pictures = re.findall(r'(?:\]\(|src=")(docs/[^)"]+\.(?:png|webp))', README)
    assert pictures
    for picture in pictures:
        assert (ROOT / picture).is_file(), picture


def test_links_between_documents_lead_somewhere() -> None:
    for document in DOCUMENTS:
        for link in re.findall(r"\]\((?!https?:|#|mailto:)([^)#\s]+)", document.read_text(encoding="utf-8")):
            assert (document.parent / link).exists() or (ROOT / link).exists(), f"{document.name}: {link}"


def dictionary() -> dict[str, str]:
    """The Danish that screens show, by key."""
    files = sorted((ROOT / "pwa/src/text/da").glob("*.ts"))
    pairs = re.findall(
        r'^  "?([\w.-]+)"?:\s+"(.*)",$', "".join(f.read_text(encoding="utf-8") for f in files), re.MULTILINE
    )
    return dict(pairs)


@pytest.mark.parametrize(
    ("row", "prefix"),
    [
        ("`form`", "form."),
        ("the five", "place."),
        ("`surface`", "surface."),
        ("`access`", "fact."),
        ("`what` of a fault", "fault."),
        ("an op in the outbox", "is."),
    ],
)
def test_words_are_those_that_the_screens_show(row: str, prefix: str) -> None:
    said = dictionary()
    line = next(line for line in WORDS.splitlines() if line.startswith(f"| {row} |"))
    told = re.findall(r"`(\w+)` ([^`·;|.]+?)(?= ·|;|$|\.)", line.split("|")[3].strip())
    assert len(told) >= 4
    for value, words in told:
        assert said[f"{prefix}{value}"] == words, value


def tracked() -> list[str]:
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True)
    return [name for name in listed.stdout.splitlines() if (ROOT / name).is_file()]


def texts() -> Iterator[tuple[str, str]]:
    """(name, text) of every tracked file that people wrote; not the licence, nor the locks."""
    for name in tracked():
        if name == "LICENSE" or Path(name).name == "package-lock.json" or Path(name).name.startswith("requirements"):
            continue
        try:
            yield name, (ROOT / name).read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue  # a picture, a font, an archive


# Cut by a dot, so that this file does not hold what it looks for.
NOT_HERE = {
    "how the work was ordered": "iss·ues?|mile·stones?|deliver·ables?|closing n·otes?|the de·sign|the br·ief|hel·pers?|this ses·sion",
    "left for later": "TO·DO|FIX·ME|XX·X",
}
MAY = {"tests/test_rooms.py": "hel·pers?", "server/login/passkeys.py": "hel·pers"}
"""A list of names that no file may have."""


@pytest.mark.parametrize("what", NOT_HERE)
def test_words_that_do_not_belong_in_the_project_are_nowhere(what: str) -> None:
    word = words_of(NOT_HERE[what], as_written=what == "left for later")
    found = []
    for name, text in texts():
        kept = words_of(MAY[name]).sub("", text) if name in MAY else text
        found += [f"{name}: {match[0]}" for match in word.finditer(kept)]
    assert found == []


CITED = r"\b(?:WI·RE|DES·IGN|LO·OK)\b|map-lay·ers|contr·ast\.md|fac·ts/|fac·ts\.md|\(rep·ort \d|_w/bu·ild"
"""Pages that nobody has who has only this repository; docs/wire.md, PROTOCOL.md and ARCHITECTURE.md are cited instead."""


def test_nothing_cites_a_page_that_is_not_in_the_repository() -> None:
    cited = re.compile(CITED.replace("·", ""))
    assert [f"{name}: {match[0]}" for name, text in texts() for match in cited.finditer(text)] == []


def words_of(cut: str, *, as_written: bool = False) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{cut.replace('·', '')})\b", re.NOFLAG if as_written else re.IGNORECASE)


def test_lock_files_carry_hashes_and_no_address() -> None:
    locks = ("requirements.txt", "requirements-dev.txt", "package-lock.json")
    for name in (*locks, "bench/peers/requirements.txt", "bench/peers/package-lock.json"):
        text = (ROOT / name).read_text(encoding="utf-8")
        assert "sha256" in text or "sha512" in text
        assert '"resolved"' not in text
        assert "--index-url" not in text
