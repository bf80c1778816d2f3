"""What an import did, in Danish, for a terminal."""

from collections import defaultdict
from collections.abc import Mapping
from typing import Any, Final

from server.formats.reasons import REASONS

KINDS: Final = {"facility": ("facilitet", "faciliteter"), "route": ("rute", "ruter")}
HOW: Final = {"new": "nye", "changed": "ændrede", "unchanged": "uændrede"}


def render(name: str, result: Mapping[str, Any], *, shown: int = 10, dry_run: bool = False) -> str:
    """The summary of one file: `result` is that of apply_import. Of each reason at most `shown` rows are named; 0 names all.
    Every row of the file is in one of the counts."""
    left_out = result["left_out"]
    rows = sum(one.get("rows", 1) for one in left_out)
    total = rows + sum(result[how] for how in HOW)
    lines = [f"{name}: {_count(total, 'række', 'rækker')}" + (", prøvekørsel: intet er gemt" if dry_run else "")]
    lines += [f"  {result[how]:>6} {words}{_things(result, how)}" for how, words in HOW.items() if result[how]]
    if rows:
        lines.append(f"  {rows:>6} udeladt")
        lines += _left_out(left_out, shown)
    if gone := result.get("gone_count", 0):
        lines.append(f"  {gone} fra tidligere står ikke i filen mere. De er ikke slettet:")
        lines += _some([f"    {one['name']} ({one['id']})" for one in result["gone"]], shown, gone)
    return "\n".join(lines)


def _things(result: Mapping[str, Any], how: str) -> str:
    """What the rows became, where that says more than their number."""
    counts = {kind: result["things"][kind][how] for kind in KINDS if result["things"][kind][how]}
    return f" ({', '.join(_count(n, *KINDS[kind]) for kind, n in counts.items())})" if counts else ""


def _left_out(left_out: list[Mapping[str, Any]], shown: int) -> list[str]:
    """By reason, the most frequent first, rows in the file's order."""
    groups: dict[str, list[Mapping[str, Any]]] = defaultdict(list)
    for one in left_out:
        groups[REASONS[one["code"]][0]].append(one)
    counted = sorted(
        ((sum(one.get("rows", 1) for one in group), title, group) for title, group in groups.items()),
        key=lambda g: (-g[0], g[1]),
    )
    lines: list[str] = []
    for count, title, group in counted:
        lines.append(f"         {count:>5} {title}")
        ordered = sorted(group, key=lambda one: (one["layer"], one["row"] or 0))
        lines += _some([_row(one) for one in ordered], shown, len(ordered))
    return lines


def _row(one: Mapping[str, Any]) -> str:
    where = "" if one["row"] is None else f"række {one['row']}: "
    return f"               {where}{one['reason']}"


def _some(lines: list[str], shown: int, count: int) -> list[str]:
    if not shown or len(lines) <= shown:
        return lines
    return [*lines[:shown], f"               … og {count - shown} til (vis dem alle med --all)"]


def _count(n: int, one: str, more: str) -> str:
    return f"{n} {one if n == 1 else more}"
