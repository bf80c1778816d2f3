"""What the three saves have in common: edits on an old `base`, the marks of what a person changed beside a register, and values that
a type alone does not refuse.

A *field* is a member of the body; what is said of a stretch is three, `stretches/<id>/surface`, `/access` and `/line`, with which
stretches a route has in `order`; and what is staff's own of a place goes by its bare name. Values are JSON values, as they stand in the
body."""

import datetime
import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import Any, TypeVar

import msgspec
from msgspec import UNSET, Raw, Struct, UnsetType

from server.domain.ctx import Ctx
from server.domain.refusal import Refused, invalid, unknown
from server.model import line, unseen
from server.model.audit import LOCAL
from server.model.moment import COPENHAGEN
from server.model.place import NAME_LIMIT
from server.model.values import Approach, Point, Text, in_denmark
from server.store import edited, history
from sync import feed
from sync.sql import Tx
from sync.wire import Conflict, Subject, is_uuid

Fields = dict[str, Any]
Given = TypeVar("Given", bound=Struct)

NO_SEEN = frozenset({"public"})
"""Fields that stand in no body: a switch that is sent was seen as it stands, or there would be nothing to send."""
SEEN = frozenset({"seen_on", "last_seen_on"})
"""What is a day on which something was seen."""
OF_STAFF = ("notes", "last_seen_on", "at_once", "schedule", "changes", "decided")
"""What is staff's own of a body and is a field."""
BY_STAFF = frozenset({"place", "organiser", "event"})
"""Kinds whose staff scope has all of them, in a body of its own."""
OF_STRETCH = ("surface", "access", "line")
_V = re.compile(r"[0-9a-f]{8}")
_NOWHERE = object()


def fields(body: Struct | bytes, **more: Any) -> Fields:
    """The fields of a body (a Struct, or as the feed has it), with `more` that is in none."""
    told = msgspec.json.decode(body if isinstance(body, bytes) else msgspec.json.encode(body))
    own = told.pop("staff", {})
    found: Fields = told | {name: own[name] for name in OF_STAFF if name in own} | more
    if (stretches := found.pop("stretches", None)) is not None:
        found["order"] = [stretch["id"] for stretch in stretches]
        found |= {f"stretches/{stretch['id']}/{name}": stretch[name] for stretch in stretches for name in OF_STRETCH}
    return found


def sent(given: Struct) -> list[str]:
    """The fields that a Set would change."""
    names: list[str] = []
    for name in given.__struct_fields__:
        value = getattr(given, name)
        if value is UNSET:
            continue
        if name == "stretches":
            names += [f"stretches/{s.id}/{f}" for s in value for f in OF_STRETCH if getattr(s, f) is not UNSET]
        else:
            names.append(name)
    return names


def laid(given: Struct, names: Iterable[str], empty: Mapping[str, Any]) -> dict[str, Any]:
    """Those of the fields `names` that a Set changes, as they become. `empty`: what null makes of one that can not be null in the body."""
    return {
        name: empty.get(name) if value is None else value
        for name in names
        if (value := getattr(given, name)) is not UNSET
    }


def without(given: Given, left: Collection[str]) -> Given:
    """The Set with these fields taken out of it."""
    over: dict[str, Any] = {name: UNSET for name in given.__struct_fields__ if name in left}
    if isinstance(stretches := getattr(given, "stretches", UNSET), tuple):
        over["stretches"] = tuple(
            msgspec.structs.replace(s, **{f: UNSET for f in OF_STRETCH if f"stretches/{s.id}/{f}" in left})
            for s in stretches
        )
    return msgspec.structs.replace(given, **over)


def settle(
    tx: Tx,
    subject: Subject,
    row: int,
    base: str | None,
    names: Iterable[str],
    *,
    now: Fields,
    wanted: Fields,
    together: Callable[[str], bool] | None = None,
) -> list[Conflict]:
    """Which of the fields `names` may not go in, since somebody else has changed them after `base`, the v of the body that the person
    saw: of each what the person wrote (`mine`), what stands here (`theirs`), who wrote that and on which day. None without a base, or
    where it is the v of now. A base that history does not know makes every field that differs a conflict.

    `row` is the inner id, `now` and `wanted` the thing before and with the edit. `together` tells of a field whether it makes sense with
    the others of its kind alone (the two halves of a line that was split): all of them go in or none. Refused `conflict` where nothing
    would go in at all, `invalid` for a base that is no v or that of another scope."""
    if base is None:
        return []
    if not _V.fullmatch(base):
        raise invalid("/base", "base er otte tegn af 0-9 og a-f: v fra den udgave, man så.")
    if _v_of_now(tx, subject) == base:
        return []
    differ = [name for name in names if wanted.get(name) != now.get(name)]
    back = history.back(tx, row)
    body = history.body(tx, row, base)
    if body is None and subject.kind == "place" and base in _public_vs(subject, [one for one, _, _ in back]):
        raise invalid("/base", "base er v fra den offentlige udgave. Skriv v fra medarbejdernes.")
    seen = {} if body is None else fields(body)
    lost = [name for name in differ if name not in NO_SEEN and seen.get(name, _NOWHERE) != now.get(name, _NOWHERE)]
    if together is not None and any(together(name) for name in lost):
        lost = [name for name in differ if name in lost or together(name)]
    bodies = [(fields(one), at, by) for one, at, by in back] if lost else []
    conflicts = [_conflict(name, wanted.get(name), now.get(name), bodies) for name in lost]
    if conflicts and len(lost) == len(differ):
        raise Refused(
            "conflict",
            "En anden har ændret det samme i mellemtiden. Intet er gemt. Se, hvad der står nu, og ret så igen.",
            conflicts=tuple(conflicts),
        )
    return conflicts


def lost(conflicts: Iterable[Conflict]) -> set[str]:
    """The fields of these conflicts, by the names that `without` takes."""
    return {_name(one) for one in conflicts}


def mark(tx: Tx, row: int, *, before: Fields, after: Fields) -> None:
    """Remembers of an imported thing (inner id) which fields now differ from its register by a person's hand; one that says again what
    the register says is remembered no more."""
    marks = edited.of(tx, [row]).get(row, {})
    for name in before.keys() | after.keys():
        if before.get(name) == after.get(name):
            continue
        if name in marks and marks[name] == after.get(name):
            edited.drop(tx, row, name)
        elif name not in marks:
            edited.put(tx, row, name, before.get(name))


def is_new(subject: Subject, base: str | None, what: str, whose: str) -> None:
    """Refused where a thing of this subject can not be made: an id that is no UUIDv7; a base, since then somebody saw it and it is gone
    from here. `what`: Stedet; `whose`: Et nyt sted."""
    if base is not None:
        raise unknown(what)
    if not is_uuid(subject.id) or subject.id[14] != "7":
        raise invalid("/subject/id", f"{whose} skal have et id af formen UUIDv7.")


def words_fit(given: Struct) -> None:
    """Refused `invalid` where words that are sent have no sign that can be seen, or one that steers the others unseen."""
    if (wrong := unseen.first(msgspec.to_builtins(given), "/args/set")) is not None:
        raise invalid(*wrong)


def seen_fits(words: Struct | str | None, at: str) -> None:
    """Refused `invalid` where one text, or a name, has no sign that can be seen, or one that steers the others unseen."""
    if (wrong := unseen.first(msgspec.to_builtins(words), at)) is not None:
        raise invalid(*wrong)


def days_fit(given: Struct, ctx: Ctx) -> None:
    """Refused `invalid` where something is said to have been seen on a day that has not been: it would never grow old. The machine itself
    is believed: a demo loads whatever the clock says."""
    if ctx.who == LOCAL:
        return
    if (at := _later(msgspec.to_builtins(given), "/args/set", ctx.today.isoformat())) is not None:
        raise invalid(at, "Den dag har ikke været endnu. Skriv en dag til og med i dag.")


def _later(value: Any, at: str, today: str) -> str | None:
    """Where the first such day stands."""
    if isinstance(value, dict | list | tuple):
        for key, inner in value.items() if isinstance(value, dict) else enumerate(value):
            if key in SEEN and isinstance(inner, str) and inner > today:
                return f"{at}/{key}"
            if (found := _later(inner, f"{at}/{key}", today)) is not None:
                return found
    return None


def name_fits(name: Text | UnsetType | None) -> None:
    """Refused `too_long` for a name that is."""
    if not isinstance(name, Text):
        return
    for language in ("da", "en", "de"):
        words = getattr(name, language)
        if words is not UNSET and len(words) > NAME_LIMIT:
            at = f"/args/set/name/{language}"
            raise Refused("too_long", f"Navnet er for langt. Højst {NAME_LIMIT} tegn.", at=at, limit=NAME_LIMIT)


def point_fits(point: Point | UnsetType | None) -> None:
    """Refused `invalid` for a point that lies elsewhere than in Denmark."""
    if isinstance(point, tuple) and not in_denmark(point):
        swapped = in_denmark(point[::-1])
        raise invalid(
            "/args/set/point",
            "Punktet ligger uden for Danmark." + (" Skriv længden først og så bredden." if swapped else ""),
        )


def approaches_fit(approaches: Sequence[Approach] | UnsetType | None) -> None:
    """Refused `invalid` for an approach whose line is none."""
    for i, approach in enumerate(approaches or ()):
        line_fits(approach.line, f"/args/set/approaches/{i}/line")


def line_fits(encoded: str, at: str) -> list[Point]:
    """The points of a line; refused `invalid` where it is none, or leaves Denmark."""
    try:
        points = line.decode(encoded)
    except line.NotALine as wrong:
        raise invalid(at, str(wrong)) from None
    if len(points) < 2:
        raise invalid(at, "En linje har mindst to punkter.")
    if outside := [point for point in points if not in_denmark(point)]:
        swapped = in_denmark(outside[0][::-1])
        raise invalid(
            at,
            f"Linjen går uden for Danmark ved {outside[0][1]:.4f}, {outside[0][0]:.4f}."
            + (" Bredden skal stå før længden." if swapped else " Tegn den igen på kortet."),
        )
    return points


def _v_of_now(tx: Tx, subject: Subject) -> str | None:
    """The v of the body that staff read: of BY_STAFF their own, of the others the public one where there is one."""
    for scope in ("staff",) if subject.kind in BY_STAFF else ("public", "staff"):
        if (found := feed.current(tx, scope, subject.kind, subject.id)) is not None:
            return found[0]
    return None


def _public_vs(subject: Subject, bodies: Iterable[bytes]) -> set[str]:
    """The v that each staff body of a place had for the public: the same without what is staff's own."""
    found = set()
    for body in bodies:
        told: Mapping[str, Any] = msgspec.json.decode(body)
        shown = msgspec.json.encode({name: value for name, value in told.items() if name != "staff"})
        found.add(feed.v_of(subject.kind, subject.id, shown))
    return found


def _conflict(name: str, mine: Any, theirs: Any, back: Sequence[tuple[Fields, str, str]]) -> Conflict:
    by, on = None, None
    for body, at, who in back:
        if body.get(name, _NOWHERE) != theirs:
            break
        by, on = who or None, at or None
    else:
        by, on = None, None  # it stood there already when history began
    if name.startswith("stretches/"):
        _, id, what = name.split("/")
        name, mine, theirs = "stretches", [{"id": id, what: mine}], [{"id": id, what: theirs}]
    return Conflict(
        name, Raw(msgspec.json.encode(mine)), Raw(msgspec.json.encode(theirs)), by, None if on is None else _day(on)
    )


def _name(conflict: Conflict) -> str:
    if conflict.field != "stretches":
        return conflict.field
    ((told),) = msgspec.json.decode(conflict.mine)
    (what,) = told.keys() - {"id"}
    return f"stretches/{told['id']}/{what}"


def _day(moment: str) -> str:
    return datetime.datetime.fromisoformat(moment).astimezone(COPENHAGEN).date().isoformat()
