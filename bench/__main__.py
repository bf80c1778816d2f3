"""`python -m bench [--only id,id]`: runs the figures, prints the table, writes bench/results.json."""

import argparse
import json
import sys
import time

import msgspec
from rich.console import Console
from rich.table import Table

from bench.alone import by_itself
from bench.figure import ROOT, Figure, not_measured, peer_of, shown
from bench.installed import Missing

# Each is bench/<name>.py with `measure() -> list[Figure]`.
FIGURES = (
    "shell_bytes",
    "near_me_3000",
    "page_cached",
    "page_304",
    "ops_new",
    "range_reads",
    "server_memory",
    "expand_series",
    "push_fanout",
    "push_memory",
    "sync_first",
    "sync_delta",
    "sync_limit",
    "cold_list",
    "cold_map",
    "desk",
    "lighthouse",
    "import_real",
    "tiles_layers",
)


def main() -> int:
    """Exit status 1 where a figure could not be measured."""
    parser = argparse.ArgumentParser(prog="bench")
    parser.add_argument("--only", default="", help="ids, with commas between")
    only = [name for name in parser.parse_args().only.split(",") if name]
    if unknown := sorted(set(only) - set(FIGURES)):
        parser.error(f"unknown: {', '.join(unknown)}. Known: {', '.join(FIGURES)}")
    say = Console(highlight=False)
    found: list[Figure] = []
    failed = 0
    for name in only or FIGURES:
        began = time.monotonic()
        say.print(f"{name} …", end=" ")
        try:
            found += by_itself(name)
            say.print(f"{time.monotonic() - began:.0f} s")
        except Missing as peer:
            found.append(not_measured(name, str(peer)))
        except Exception as error:
            failed += 1
            say.print(f"{name}: not measured: {error}", markup=False)
    say.print(table(found))
    file = ROOT / "bench" / "results.json"
    file.write_text(json.dumps(msgspec.to_builtins(found), indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    return 1 if failed else 0


def table(figures: list[Figure]) -> Table:
    """The table of docs/proof/bench.md, without its sentences."""
    drawn = Table("figure", "measured", "held to", "peer", "ratio", "runs", "spread")
    for f in figures:
        ratio = "" if f.ratio is None else f"{f.ratio:.2f}"
        drawn.add_row(f.id, shown(f), f.held_to, peer_of(f), ratio, str(f.runs), f"{f.spread:.0%}")
    return drawn


if __name__ == "__main__":
    sys.exit(main())
