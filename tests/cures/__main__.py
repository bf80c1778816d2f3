"""`python -m tests.cures [--only ROOM]`: takes each cure out of a copy of the tree and runs its test, which must fail.

A test that goes on passing proves nothing of the fault it is named for. WRITE=1 writes docs/proof/cures.md."""

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.cures.rows import ROOT, ROWS, Cure, proof

TIMEOUT_S = 300


def main() -> int:
    parser = argparse.ArgumentParser(prog="cures")
    parser.add_argument("--only", default="", help="rooms, with commas between")
    rooms = {room for room in parser.parse_args().only.split(",") if room}
    chosen = [row for row in ROWS if not rooms or row.room in rooms]
    found: list[tuple[Cure, str]] = []
    with tempfile.TemporaryDirectory(prefix="cures-") as folder:
        tree = _copy(Path(folder) / "tree")
        for row in chosen:
            verdict = _without(row, tree)
            found.append((row, verdict))
            print(f"{row.room:10} {verdict:16} {row.fault}", flush=True)
    if os.environ.get("WRITE") == "1":
        proof(found)
    wrong = [row for row, verdict in found if verdict != "fails"]
    print(f"{len(found)} cures taken out, {len(found) - len(wrong)} seen by their test")
    return 1 if wrong else 0


def _copy(tree: Path) -> Path:
    """The tree as it lies here, with what is installed linked."""
    listed = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    said = subprocess.run(listed, cwd=ROOT, capture_output=True, check=True).stdout.decode()
    for name in filter(None, said.split("\0")):
        source = ROOT / name
        if source.is_file():
            (tree / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(source, tree / name)
    for name in (".venv", "node_modules"):
        (tree / name).symlink_to(ROOT / name)
    shutil.copytree(ROOT / "pwa/dist", tree / "pwa/dist")
    if (ROOT.parent / "shared").is_dir():
        (tree.parent / "shared").symlink_to(ROOT.parent / "shared")
    return tree


def _without(row: Cure, tree: Path) -> str:
    """ "fails" where the test sees that the cure is gone; else what happened instead."""
    file = tree / row.file
    whole = file.read_text(encoding="utf-8")
    file.write_text(whole.replace(row.old, row.new), encoding="utf-8")
    try:
        built = row.test[:2] == ("vitest", "browser")
        if built:
            subprocess.run(["npm", "run", "--silent", "build"], cwd=tree, capture_output=True, check=True, env=_env())
        done = subprocess.run(
            _command(row.test), cwd=tree, capture_output=True, text=True, timeout=TIMEOUT_S, check=False, env=_env()
        )
    except subprocess.TimeoutExpired:
        return "does not end"
    except subprocess.CalledProcessError:
        return "does not build"
    finally:
        file.write_text(whole, encoding="utf-8")
    if done.returncode == 0:
        return "STILL PASSES"
    seen = done.returncode == 1 if row.test[0] != "vitest" else "failed" in _tests_line(done.stdout)
    if not seen:
        print((done.stdout + done.stderr)[-1500:])
    return "fails" if seen else "does not run"


def _tests_line(said: str) -> str:
    return next((line for line in said.splitlines() if line.strip().startswith("Tests ")), "")


def _command(test: tuple[str, ...]) -> list[str]:
    kind, *rest = test
    if kind == "pytest":
        return [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *rest]
    if kind == "node":
        return ["node", *rest]
    config = {"unit": "pwa/vite.config.ts", "browser": "tests/browser/vitest.config.ts"}[rest[0]]
    return ["npx", "--no-install", "vitest", "run", "--config", config, *rest[1:]]


def _env() -> dict[str, str]:
    return {**os.environ, "PATH": f"{ROOT / '.venv/bin'}:{os.environ['PATH']}", "NO_COLOR": "1"}


if __name__ == "__main__":
    sys.exit(main())
