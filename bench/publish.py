"""`python -m bench.publish`: the last run's figures become bench/latest.json and the tables in README and docs/proof/bench.md.

A test holds the three together."""

import msgspec

from bench.figure import ROOT, Figure, peer_of, shown
from bench.proof import keep


def main() -> None:
    """Needs bench/results.json, which `make bench` writes."""
    figures = msgspec.json.decode((ROOT / "bench/results.json").read_bytes(), type=list[Figure])
    text = msgspec.json.format(msgspec.json.encode(figures), indent=1).decode() + "\n"
    (ROOT / "bench/latest.json").write_text(text, encoding="utf-8")
    keep(ROOT / "README.md", "numbers", table(figures))
    keep(ROOT / "docs/proof/bench.md", "table", table(figures, spread=True))


def table(figures: list[Figure], *, spread: bool = False) -> str:
    """`spread`: with how often each was measured, and how far apart."""
    heads = ["figure", "measured", "peer", "ratio", "held to", *(["runs", "spread"] if spread else [])]
    lines = [f"| {' | '.join(heads)} |", "|---" * len(heads) + "|"]
    for f in figures:
        cells = [f"`{f.id}`", shown(f), peer_of(f), "" if f.ratio is None else f"{f.ratio:.2f}", f.held_to]
        cells += [str(f.runs), f"{f.spread:.0%}"] if spread else []
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines)


if __name__ == "__main__":
    main()
