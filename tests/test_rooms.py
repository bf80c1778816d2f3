"""Doors between rooms open one way only (ARCHITECTURE.md). Held here for both languages, with the house's other rules."""

import ast
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
LINES = 400
SKIPPED = {
    ".git",
    ".venv",
    "node_modules",
    "var",
    ".tsbuild",
    "dist",
    "__pycache__",
    ".mypy_cache",
    ".ruff_cache",
    ".hypothesis",
}

# Room → the rooms it may import. A room may always import itself. `wiring` is what joins the others and is imported by nobody.
PYTHON: dict[str, set[str]] = {
    "sync": set(),
    "fence": set(),
    "tiles": {"fence"},
    "server.model": set(),
    "server.wire": {"server.model", "sync"},
    "server.formats": {"server.model", "sync", "fence"},
    "server.store": {"server.model", "sync"},
    "server.push": {"server.model", "server.store", "sync"},
    "server.domain": {"server.model", "server.formats", "server.store", "server.push", "sync"},
    "server.feeds": {"server.model", "server.formats", "server.store", "sync"},
    "server.publish": {"server.store", "sync", "server.model"},
    "server.backup": {"server.store", "sync"},
    "server.prepare": {"server.backup", "server.publish", "server.store", "sync", "server.model"},
    "server.ops": {"server.domain", "server.publish", "server.store", "sync", "server.model"},
    "server.login": {"server.ops", "server.store", "server.model", "sync"},
    "server.web": {
        "server.login", "server.ops", "server.domain", "server.feeds", "server.publish", "server.store", "server.formats", "server.model",
        "server.wire", "server.settings", "server.backup", "server.push", "sync",
    },
    "server.jobs": {
        "server.push", "server.domain", "server.publish", "server.formats", "server.store", "server.model", "server.settings", "sync",
    },
    "server.tending": {"server.publish", "server.store", "server.model", "sync"},
    "server.settings": {"server.model"},
    "server.answers": {"server.model"},
    "server.stopping": set(),
    "server.listening": set(),
    "server.terminal": {"server.settings"},
    "server.typescript": set(),
    "server.shapes": {"server.model"},
    "server.phone_limits": set(),
}  # fmt: skip
WIRING = {
    "server.app",
    "server.cli",
    "server.local",
    "server.office",
    "server.init",
    "server.invite",
    "server.demo",
    "server.dry_run",
    "server.doctor",
    "server.generated",
    "server.tables",
    "server.__main__",
}
ROOMS_OF_OURS = ("server", "sync", "tiles", "fence")
NOT_FOR_THE_SERVER = ("pyogrio", "shapely", "pyproj", "numpy", "osmium")

TYPESCRIPT: dict[str, set[str]] = {
    "sync/phone": set(),
    "tiles/style": set(),
    "pwa/src/text": set(),
    "pwa/src/api": {"pwa/src/text", "sync/phone"},
    "pwa/src/geo": {"pwa/src/text", "pwa/src/api"},
    "pwa/src/ui": {"pwa/src/text", "pwa/src/api"},
    "pwa/src/store": {"pwa/src/api", "sync/phone"},
    "pwa/src/pack": {"pwa/src/api", "pwa/src/store"},
    "pwa/src/map": {"pwa/src/geo", "pwa/src/pack", "pwa/src/store", "pwa/src/text", "pwa/src/api", "tiles/style"},
    "pwa/src/desk": {
        "pwa/src/text", "pwa/src/ui", "pwa/src/api", "pwa/src/store", "pwa/src/geo", "pwa/src/map", "pwa/src/pack", "tiles/style",
        "sync/phone",
    },
    "pwa/src/sw": {"pwa/src/store", "sync/phone", "pwa/src/text", "pwa/src/api"},
    "pwa/src/screens": {
        "pwa/src/map", "pwa/src/geo", "pwa/src/pack", "pwa/src/store", "pwa/src/text", "pwa/src/api", "pwa/src/ui", "sync/phone",
    },
    "pwa/src/shell": {
        "pwa/src/screens", "pwa/src/map", "pwa/src/geo", "pwa/src/pack", "pwa/src/store", "pwa/src/text", "pwa/src/api",
        "pwa/src/ui", "sync/phone",
    },
}  # fmt: skip
PROJECTS = ("sync/phone", "tiles/style", "pwa", "pwa/src/sw", "pwa/src/pack")
SW_MAY_USE = {
    f"pwa/src/store/{name}.ts"
    for name in ("around", "clock", "feed", "mine", "mine-box", "net", "outbox", "own", "tabs")
}
"""Free of the page: without DOM and signals, they and what they import."""


def sources(*suffixes: str) -> Iterator[Path]:
    for path in sorted(ROOT.rglob("*")):
        if path.suffix in suffixes and not SKIPPED & set(path.relative_to(ROOT).parts):
            yield path


def python_files() -> list[Path]:
    return [p for p in sources(".py") if p.relative_to(ROOT).parts[0] in ROOMS_OF_OURS]


def module_of(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


def room_of(module: str) -> str | None:
    if module in WIRING or module == "server":
        return "wiring"
    found = [room for room in PYTHON if module == room or module.startswith(f"{room}.")]
    return max(found, key=len) if found else None


def imports_of(path: Path) -> list[tuple[str, int]]:
    """Every module that the file imports, with its line; `from a import b` counts as a.b where that is a module."""
    found = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found += [(alias.name, node.lineno) for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            for alias in node.names:
                deeper = f"{node.module}.{alias.name}"
                is_module = (
                    any((ROOT / Path(*deeper.split("."))).with_suffix(s).is_file() for s in (".py",))
                    or (ROOT / Path(*deeper.split("."))).is_dir()
                )
                found.append((deeper if is_module else node.module, node.lineno))
    return found


def test_every_python_file_stands_in_a_room() -> None:
    assert [module_of(p) for p in python_files() if room_of(module_of(p)) is None] == []


def test_python_doors_open_one_way() -> None:
    wrong = []
    for path in python_files():
        room = room_of(module_of(path))
        if room == "wiring" or room is None:
            continue
        for module, line in imports_of(path):
            other = room_of(module) if module.split(".")[0] in ROOMS_OF_OURS else room
            if other != room and module != "server" and other not in PYTHON[room]:
                wrong.append(f"{path.relative_to(ROOT)}:{line} {room} → {module}")
    assert wrong == []


def test_the_list_of_doors_has_no_cycle() -> None:
    for doors in (PYTHON, TYPESCRIPT):
        open_: dict[str, set[str]] = {room: set(others) for room, others in doors.items()}
        while open_:
            free = [room for room, others in open_.items() if not others & open_.keys()]
            assert free, f"a cycle among {sorted(open_)}"
            for room in free:
                del open_[room]


def test_no_import_hides_in_a_function() -> None:
    wrong = []
    for path in python_files():
        if path.name in ("cli.py", "office.py"):
            continue
        for function in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef):
                for node in ast.walk(function):
                    if isinstance(node, ast.Import | ast.ImportFrom):
                        wrong.append(f"{path.relative_to(ROOT)}:{node.lineno}")
    assert wrong == []


SQL = re.compile(
    r"^\s*(select\s.+\sfrom|insert\s+into|update\s+\S+\s+set|delete\s+from|create\s+(table|index|view)|alter\s+table)\b",
    re.IGNORECASE | re.DOTALL,
)


def test_no_sql_stands_in_python() -> None:
    wrong = []
    for path in python_files():
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and SQL.match(node.value):
                wrong.append(f"{path.relative_to(ROOT)}:{node.lineno} {node.value[:40]!r}")
    assert wrong == []


def test_geometry_wheels_are_imported_by_the_reader_and_tiles_alone() -> None:
    wrong = [
        f"{path.relative_to(ROOT)}:{line} {module}"
        for path in python_files()
        for module, line in imports_of(path)
        if module.split(".")[0] in NOT_FOR_THE_SERVER and room_of(module_of(path)) not in ("tiles", "server.formats")
    ]
    assert wrong == []


def test_a_started_server_has_none_of_the_geometry_wheels_loaded() -> None:
    code = f"import sys, server.app, server.cli; print([m for m in {NOT_FOR_THE_SERVER!r} if m in sys.modules])"
    told = subprocess.run([ROOT / ".venv/bin/python", "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert told.stdout.strip() == "[]"


def test_no_source_file_is_longer_than_400_lines() -> None:
    long = [
        f"{p.relative_to(ROOT)}: {n}"
        for p in sources(".py", ".ts", ".tsx", ".css", ".sql")
        if ".gen." not in p.name and (n := len(p.read_text(encoding="utf-8").splitlines())) > LINES
    ]
    assert long == []


def test_no_file_is_called_what_says_nothing() -> None:
    vague = {"utils", "util", "helpers", "helper", "common", "manager", "service", "repository", "dto", "misc"}
    assert [
        str(p.relative_to(ROOT)) for p in sources(".py", ".ts", ".tsx") if p.stem in vague or vague & set(p.parts)
    ] == []


@pytest.fixture(scope="module")
def typescript_edges() -> set[tuple[str, str]]:
    """(importing file, imported file), as the compiler itself resolves them; workers by URL, which it misses, by one regex."""
    edges = set()
    tsc = ROOT / "node_modules/.bin/tsc"
    for project in PROJECTS:
        told = subprocess.run(
            [ROOT / ".venv/bin/node", tsc, "-p", project, "--explainFiles", "--noEmit", "--emitDeclarationOnly", "false"],
            cwd=ROOT, capture_output=True, text=True, check=False,
        )  # fmt: skip
        here = ""
        for line in told.stdout.splitlines():
            if line and not line.startswith(" "):
                here = line.strip()
            elif found := re.match(r"\s+Imported via .+ from file '(.+?)'", line):
                edges.add((found[1], here))
    for path in sources(".ts", ".tsx"):
        for found in re.finditer(
            r"""new URL\(\s*["'](\.[^"']+)["']|from ["'](\.[^"']+)\?worker""", path.read_text(encoding="utf-8")
        ):
            target = (path.parent / (found[1] or found[2])).resolve()
            edges.add((str(path.relative_to(ROOT)), str(target.relative_to(ROOT))))
    return {(source_of(a), source_of(b)) for a, b in edges if "node_modules" not in b}


def source_of(path: str) -> str:
    """The compiler names what it made of another project (.tsbuild/phone/sync/phone/x.d.ts): the file that it was made from."""
    return re.sub(r"^\.tsbuild/[^/]+/(.+)\.d\.ts$", r"\1.ts", path)


def ts_room(path: str) -> str | None:
    found = [room for room in TYPESCRIPT if path.startswith(f"{room}/")]
    return max(found, key=len) if found else None


def test_the_compiler_tells_edges_that_are_known_to_be_there(typescript_edges: set[tuple[str, str]]) -> None:
    assert any(a.startswith("pwa/src/shell/") and b.startswith("pwa/src/screens/") for a, b in typescript_edges)
    assert any(a.startswith("pwa/src/store/") and b.startswith("sync/phone/") for a, b in typescript_edges)


def test_every_typescript_file_stands_in_a_room() -> None:
    homes = ("sync/phone", "tiles/style", "pwa/src")
    files = [path.relative_to(ROOT).as_posix() for path in sources(".ts", ".tsx")]
    assert [name for name in files if name.startswith(homes) and ts_room(name) is None] == []


def test_typescript_doors_open_one_way(typescript_edges: set[tuple[str, str]]) -> None:
    wrong = []
    for a, b in sorted(typescript_edges):
        room, other = ts_room(a), ts_room(b)
        if room is None or other is None or room == other:
            continue
        if other not in TYPESCRIPT[room]:
            wrong.append(f"{a} → {b}")
    assert wrong == []


def test_the_service_worker_uses_only_what_is_free_of_the_page(typescript_edges: set[tuple[str, str]]) -> None:
    used = {b for a, b in typescript_edges if a.startswith("pwa/src/sw/") and b.startswith("pwa/src/store/")}
    assert used <= SW_MAY_USE
