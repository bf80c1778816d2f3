"""History as steps: what each change made of which field. And the changes that stand in no body, kept beside the body of the moment."""

from collections.abc import Iterable
from typing import Any

from server.domain import edit
from server.domain.ctx import Ctx
from server.model.history import FieldStep, Step
from server.store import audit, history
from server.store.history import Change, Kept
from server.store.thing import Thing
from sync import feed
from sync.sql import Tx

MOST = 100
ROWS = 400
"""Bodies that are looked at: those that changed by what others did (a fault, a bench nearby) are no step."""
NOT_OURS = frozenset({"id", "faults", "near", "place_ids", "length_m", "loop", "times", "rule", "tz"})
"""Members of a body that are no edit of the thing itself, or follow from one that is told."""


def of(tx: Tx, row: int) -> list[Step]:
    """The latest 100 steps of a thing (inner id), the latest first."""
    kept = history.newest(tx, row, ROWS)
    steps: list[Step] = []
    before: edit.Fields | None = None if len(kept) < ROWS else {}
    for one in reversed(kept):
        after = edit.fields(one.body)
        if changed := list(_changed(before, after, one)):
            steps.append(Step(v=one.v, at=one.at, by=audit.by(one.by, one.name), fields=tuple(changed)))
        before = after
    return steps[::-1][:MOST]


def beside(tx: Tx, ctx: Ctx, found: Thing, **changed: Change) -> None:
    """Keeps what changed of a thing and stands in no body, with who did it."""
    known = history.newest(tx, found.row, 1)
    now = feed.current(tx, "staff", found.kind, found.id) or feed.current(tx, "public", found.kind, found.id)
    if now is not None and not known:
        history.keep(tx, found.row, now[0], now[1], "", "")
    if now is None and known:
        now = known[0].v, known[0].body
    if now is not None:
        history.keep(tx, found.row, now[0], now[1], ctx.moment, ctx.who, changed)


def _changed(before: edit.Fields | None, after: edit.Fields, kept: Kept) -> Iterable[FieldStep]:
    if before is None:
        names = [name for name, value in after.items() if kept.at and not _empty(value)]
    else:
        # A dissolved place has a body of its own: what it no longer tells was not changed.
        known = after.keys() if after.get("state") == "dissolved" else before.keys() | after.keys()
        names = [name for name in (*after, *before) if name in known and before.get(name) != after.get(name)]
    was = before or {}
    yield from (_step(name, was.get(name), after.get(name)) for name in dict.fromkeys(names) if name not in NOT_OURS)
    yield from (_step(name, *change) for name, change in kept.beside.items())


def _step(name: str, before: Any, after: Any) -> FieldStep:
    return FieldStep(field=name, before=before, after=after)


def _empty(value: Any) -> bool:
    return value is None or value == [] or (isinstance(value, dict) and all(one is None for one in value.values()))
