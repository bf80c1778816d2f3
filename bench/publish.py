"""`python -m bench.publish`: the last run's figures become bench/latest.json, README's six answers and the table in docs/proof/bench.md.

A test holds the three together."""

import msgspec

from bench.figure import ROOT, Figure, peer_of, shown
from bench.proof import keep
from bench.words import ASKED, WHAT


def main() -> None:
    """Needs bench/results.json, which `make bench` writes."""
    figures = msgspec.json.decode((ROOT / "bench/results.json").read_bytes(), type=list[Figure])
    text = msgspec.json.format(msgspec.json.encode(figures), indent=1).decode() + "\n"
    (ROOT / "bench/latest.json").write_text(text, encoding="utf-8")
    keep(ROOT / "README.md", "numbers", answers(figures))
    keep(ROOT / "docs/proof/bench.md", "table", table(figures))


def answers(figures: list[Figure]) -> str:
    """README's six, in the order of the questions. KeyError where one was not measured."""
    by_id = {figure.id: figure for figure in figures}
    rows = [f"| {asked} | {rounded(by_id[id])} |" for id, asked in ASKED.items()]
    return "\n".join(["| a municipality asks | measured |", "|---|---|", *rows])


def rounded(figure: Figure) -> str:
    """For people: at most three digits, and numbers with their thousands."""
    if figure.value is None:
        return "not measured"
    value = float(f"{figure.value:.3g}")
    return f"{value:,.0f} {figure.unit}" if value >= 100 else f"{value:g} {figure.unit}"


def table(figures: list[Figure]) -> str:
    """All of them. KeyError for one that bench/words.py has no sentence for."""
    heads = ["figure", "what it is", "measured", "peer", "ratio", "held to", "runs", "spread"]
    lines = [f"| {' | '.join(heads)} |", "|---" * len(heads) + "|"]
    for f in figures:
        ratio = "" if f.ratio is None else f"{f.ratio:.2f}"
        cells = [f"`{f.id}`", WHAT[f.id], shown(f), peer_of(f), ratio, f.held_to, str(f.runs), f"{f.spread:.0%}"]
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines)


if __name__ == "__main__":
    main()
