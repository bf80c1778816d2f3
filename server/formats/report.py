"""What an import did, in Danish, for a terminal and for a screen."""

import itertools
from collections import defaultdict
from collections.abc import Mapping
from typing import Any, Final

from server.formats.reasons import REASONS

KINDS: Final = {
    "facility": ("facilitet", "faciliteter"),
    "route": ("rute", "ruter"),
    "place": ("mødested", "mødesteder"),
}
FIELDS: Final = {
    "code": "kode",
    "type_text": "type",
    "name": "navn",
    "point": "punkt",
    "access": "adgang",
    "season": "sæson",
    "open_24h": "åbent døgnet rundt",
    "slug": "adresse",
    "modes": "måder",
    "loop": "rundtur",
    "source": "kilde",
    "approaches": "veje hen til",
    "closures": "spærringer",
    "public": "vises for alle",
    "line": "linje",
    "surface": "underlag",
    "where": "sted",
    "amenities": "hvad er her",
    "ground": "underlag i ord",
    "purpose": "formål",
    "activities": "aktiviteter",
    "first_time": "første gang",
    "way_in": "vejen ind",
    "hours": "åbningstider",
    "contact": "kontakt",
    "url": "hjemmeside",
    "notes": "bemærkning",
    "form": "slags",
    "guests_welcome": "gæster velkomne",
    "step_free": "trinfri",
    "width_cm": "bredde i cm",
    "door_cm": "dørbredde i cm",
    "gate_cm": "låge i cm",
    "kerb_cm": "kant i cm",
    "slope_pct": "hældning",
}
"""What a field is called; of a stretch it is the last part of its name."""
WORDS: Final = {
    "firm": "fast", "loose": "løst", "unpaved": "jord eller græs", "other": "andet",
    "walk": "gå", "cycle": "cykle", "drive": "køre", "ride": "ride", "paddle": "padle",
}  # fmt: skip
JOINED: Final = "(en rute er ikke en række: linjer deles, hvor veje mødes, og samles imellem)"
LONGEST: Final = 80
"""Characters of a value that are shown."""
HOW: Final = {"new": ("ny", "nye"), "changed": ("ændret", "ændrede"), "unchanged": ("uændret", "uændrede")}


def render(name: str, result: Mapping[str, Any], *, shown: int = 10, dry_run: bool = False) -> str:
    """The summary of one file: `result` is that of apply_import. Of each reason at most `shown` rows are named; 0 names all.
    Every row of the file is in one of the counts."""
    left_out = result["left_out"]
    rows = sum(one.get("rows", 1) for one in left_out)
    total = rows + sum(result[how] for how in HOW)
    lines = [f"{name}: {_count(total, 'række', 'rækker')}" + (", prøvekørsel: intet er gemt" if dry_run else "")]
    lines += [f"  {column['reason']}" for column in result.get("columns", ())]
    lines += [
        f"  {result[how]:>6} {words[result[how] != 1]}{_things(result, how)}"
        for how, words in HOW.items()
        if result[how]
    ]
    routes = result["things"].get("route", {})
    if not result["things"].get("facility", {}).get("new") and routes.get("new", 0) not in (0, result["new"]):
        lines.append(f"         {JOINED}")
    if rows:
        lines.append(f"  {rows:>6} udeladt")
        lines += _left_out(left_out, shown)
    if remarks := [one for one in left_out if one.get("rows", 1) == 0]:
        lines.append("  Bemærk:")
        lines += _some([f"    {_at(one)}{one['reason']}" for one in remarks], shown, len(remarks))
    if count := result.get("differences_count", 0):
        lines.append(f"  {_count(count, 'felt', 'felter')} står anderledes i registret end før og er ændret her:")
        lines += _some([f"    {_difference(one)}" for one in result["differences"]], shown, count)
    lines += _conflicts(result, shown)
    if gone := result.get("gone_count", 0):
        ours = result.get("gone_edited_count", 0)
        also = f", og {ours} af dem har rettelser gjort her" if ours else ""
        lines.append(f"  {gone} fra tidligere står ikke i filen mere{also}. De er ikke slettet:")
        lines += _some([f"    {one['name']} ({one['id']}){_edits(one)}" for one in result["gone"]], shown, gone)
    return "\n".join(lines)


def told(result: Mapping[str, Any], names: Mapping[str, str]) -> dict[str, Any]:
    """The same for a screen: `result` with each field, value and reason in words. `names`: {id: name} of those who work here; whoever else
    wrote what stands is told as nobody."""

    def field(one: Mapping[str, Any]) -> str:
        return _field(str(one["field"]))

    differences = []
    for one in result["differences"]:
        before, after = _value(one["before"]), _value(one["after"])
        if before == after and one["field"] == "line":
            after = f"tegnet anderledes, {after}"
        elif before == after:
            before, after = (_value(part) for part in _apart(one["before"], one["after"]))
        differences.append({**one, "label": field(one), "before": before, "after": after})
    conflicts = [
        {
            **one,
            "label": field(one),
            "here": _value(one["here"]),
            "register": _value(one["register"]),
            "by": names.get(one.get("by") or ""),
        }
        for one in result["conflicts"]
    ]
    gone = [
        {**one, "edited": list(dict.fromkeys(_field(str(name)) for name in one["edited"]))} for one in result["gone"]
    ]
    left_out = [{**one, "title": REASONS[one["code"]][0]} for one in result["left_out"]]
    return {**result, "left_out": left_out, "differences": differences, "conflicts": conflicts, "gone": gone}


def _field(name: str) -> str:
    last = name.rsplit("/", 1)[-1]
    return FIELDS.get(last, last)


def _conflicts(result: Mapping[str, Any], shown: int) -> list[str]:
    """What stays: as somebody wrote it here, or since a public place can not be without it."""
    named = result.get("conflicts", ())
    needed = [one for one in named if one.get("needed")]
    edited = [one for one in named if not one.get("needed")]
    lines: list[str] = []
    if count := result.get("conflicts_count", 0) - result.get("needed_count", 0):
        lines.append(
            f"  {_count(count, 'felt', 'felter')} er rettet her, og registret siger noget andet. Rettelsen står:"
        )
        lines += _some([f"    {_conflict(one)}" for one in edited], shown, count)
    if count := result.get("needed_count", 0):
        lines.append(
            f"  {_count(count, 'felt er tomt', 'felter er tomme')} i filen, men et offentligt sted skal have det. Her står stadig:"
        )
        lines += _some([f"    {_whose(one)}: {_value(one['here'])}" for one in needed], shown, count)
    return lines


def _things(result: Mapping[str, Any], how: str) -> str:
    """What the rows became, where that says more than their number."""
    things = result["things"]
    counts = {kind: things[kind][how] for kind in KINDS if things.get(kind, {}).get(how)}
    return f" ({', '.join(_count(n, *KINDS[kind]) for kind, n in counts.items())})" if counts else ""


def _left_out(left_out: list[Mapping[str, Any]], shown: int) -> list[str]:
    """By reason, the most frequent first, rows in the file's order."""
    groups: dict[str, list[Mapping[str, Any]]] = defaultdict(list)
    for one in (one for one in left_out if one.get("rows", 1)):
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
    return f"               {_at(one)}{one['reason']}"


def _at(one: Mapping[str, Any]) -> str:
    return "" if one["row"] is None else f"række {one['row']}: "


def _difference(one: Mapping[str, Any]) -> str:
    before, after = _value(one["before"]), _value(one["after"])
    if before == after and one["field"] == "line":  # the same length on as many stretches
        return f"{_whose(one)}: tegnet anderledes, {after}"
    if before == after:
        was, now = _apart(one["before"], one["after"])
        return f"{_whose(one)}: {after} som før, men {_value(was)} er nu {_value(now)}"
    return f"{_whose(one)}: før {before}, nu {after}"


def _apart(before: Any, after: Any) -> tuple[Any, Any]:
    """The innermost values that differ, of texts from where they do: a fact with another date, a text with another end."""
    if isinstance(before, dict) and isinstance(after, dict):
        for name in before | after:
            if before.get(name) != after.get(name):
                return _apart(before.get(name), after.get(name))
    if isinstance(before, list) and isinstance(after, list):
        for was, now in itertools.zip_longest(before, after):
            if was != now:
                return _apart(was, now)
    if isinstance(before, str) and isinstance(after, str) and max(len(before), len(after)) > LONGEST - 2:
        pairs = enumerate(zip(before, after, strict=False))
        start = next((n for n, (was, now) in pairs if was != now), min(len(before), len(after)))
        return f"…{before[start:]}", f"…{after[start:]}"
    return before, after


def _conflict(one: Mapping[str, Any]) -> str:
    if one["field"].startswith("stretches/") and one["register"] is None and one["new"]:
        return f"{_whose(one)}: {_value(one['here'])} her; strækket er ikke i registret mere, så rettelsen er væk"
    new = " (nyt i registret)" if one["new"] else ""
    return f"{_whose(one)}: {_value(one['here'])} her, {_value(one['register'])} i registret{new}"


def _edits(one: Mapping[str, Any]) -> str:
    """Of a thing that is gone, the fields that people changed here, each once."""
    names = dict.fromkeys(_field(str(field)) for field in one.get("edited", ()))
    return f": rettet her: {', '.join(names)}" if names else ""


def _whose(one: Mapping[str, Any]) -> str:
    return f"{one['name']}, {_field(str(one['field']))}"


def _value(value: Any) -> str:
    """A field's value in a sentence, cut where it is long."""
    said = _said(value)
    return said if len(said) <= LONGEST else f"{said[: LONGEST - 1]}…"


def _said(value: Any) -> str:
    match value:
        case None | [] | "":
            return "tomt"
        case bool():
            return "ja" if value else "nej"
        case str():
            return WORDS.get(value) or f"»{value}«"
        case {"da": str(words)}:
            return f"»{words}«"
        case {"value": inner}:
            return _said(inner)
        case {"from": str(first), "through": str(last)}:
            return f"{first} til {last}"
        case {"moved_m": int(moved), **line}:
            how = f"op til {moved} m fra før" if moved else "de samme punkter i en anden rækkefølge"
            return f"{_said(line)}, {how}"
        case {"stretches": int(stretches), "length_m": int(length)}:
            return f"{length} m på {stretches} stræk"
        case dict():
            return (
                ", ".join(f"{FIELDS.get(name, name)} {_said(one)}" for name, one in value.items() if one is not None)
                or "tomt"
            )
        case list():
            return ", ".join(_said(one) for one in value)
        case _:
            return str(value)


def _some(lines: list[str], shown: int, count: int) -> list[str]:
    if not shown or len(lines) <= shown:
        return lines
    return [*lines[:shown], f"               … og {count - shown} til (vis dem alle med --all)"]


def _count(n: int, one: str, more: str) -> str:
    return f"{n} {one if n == 1 else more}"
