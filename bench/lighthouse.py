"""lighthouse: performance, accessibility and best practices of the list, a place's page, and the same page without script, as a phone.

Each page three times; the lowest of the pages' medians stands for all of them."""

import json
import os
import re
import shutil
import statistics
import subprocess
import tempfile
import urllib.request
from pathlib import Path

from bench.figure import ROOT, Figure, of
from bench.installed import Missing, node_packages
from bench.scriptless import scriptless
from bench.serving import ours

CATEGORIES = ("performance", "accessibility", "best-practices")
RUNS = 3
TIMEOUT_S = 120
TRIES = 3
LOST = "NO_NAVSTART"
"""Chromium's trace came without its beginning: nothing was measured, and the tool itself asks to be run again."""


def measure() -> list[Figure]:
    """The lowest of all, and a row a category: the lowest of the pages. What a page lost it by is said on standard output."""
    cli = node_packages() / "lighthouse/cli/index.js"
    scores: dict[str, list[list[float]]] = {category: [] for category in CATEGORIES}
    with tempfile.TemporaryDirectory() as folder, ours(Path(folder), demo=True) as server:
        with urllib.request.urlopen(server.url) as page:
            slug = re.search(r'href="(/steder/[^"]+)"', page.read().decode())
        if slug is None:
            raise RuntimeError("the plain list names no place")
        with scriptless(server.url) as plain:
            for url in (f"{server.url}/", server.url + slug[1], plain + slug[1]):
                runs = [_run(cli, url) for _ in range(RUNS)]
                for category in CATEGORIES:
                    scores[category].append([run[category] for run in runs])
    worst = {category: min(scores[category], key=statistics.median) for category in CATEGORIES}
    lowest = min(worst.values(), key=statistics.median)
    rows = {"lighthouse": lowest, **{f"lighthouse_{name.replace('-', '_')}": runs for name, runs in worst.items()}}
    return [of(id, runs, "of 1", better="higher", held_to="1.00 on each page") for id, runs in rows.items()]


def _run(cli: Path, url: str) -> dict[str, float]:
    command = [
        str(ROOT / ".venv/bin/node"), str(cli), url, "--quiet", "--output=json",
        f"--only-categories={','.join(CATEGORIES)}", "--chrome-flags=--headless=new --no-sandbox",
    ]  # fmt: skip
    chrome = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    if chrome is None:
        raise Missing("chromium is not here: apt-get install chromium")
    environment = {**os.environ, "CHROME_PATH": chrome}
    for _ in range(TRIES):
        done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=TIMEOUT_S, check=False)
        if LOST not in done.stderr:
            break
    if done.returncode:
        raise RuntimeError(f"{url}: {done.stderr.strip()[-400:]}")
    report = json.loads(done.stdout)
    for name, audit in report["audits"].items():
        weighs = any(
            ref["id"] == name and ref["weight"]
            for category in report["categories"].values()
            for ref in category["auditRefs"]
        )
        if weighs and audit["score"] is not None and audit["score"] < 1:
            print(f"\n  {url}: {name} {audit['score']} {audit.get('displayValue', '')}", end="")
    return {category: report["categories"][category]["score"] for category in CATEGORIES}
