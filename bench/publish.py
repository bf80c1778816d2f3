"""`python -m bench.publish`: the last run's figures become bench/latest.json and the table in README. A test holds the two together."""

import json
import re

from bench.figure import ROOT


def main() -> None:
    """Needs bench/results.json, which `make bench` writes."""
    figures = json.loads((ROOT / "bench/results.json").read_text(encoding="utf-8"))
    (ROOT / "bench/latest.json").write_text(json.dumps(figures, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    rows = ["| figure | measured | held to |", "|---|---|---|"]
    rows += [f"| `{f['id']}` | {f['value']:g} {f['unit']} | {f['held_to']} |" for f in figures]
    readme = ROOT / "README.md"
    text = readme.read_text(encoding="utf-8")
    part = f"<!-- numbers -->\n{chr(10).join(rows)}\n<!-- /numbers -->"
    readme.write_text(
        re.sub(r"<!-- numbers -->.*?<!-- /numbers -->", lambda _: part, text, flags=re.DOTALL), encoding="utf-8"
    )


if __name__ == "__main__":
    main()
