"""Who did what: a row for each op that was applied to somebody's name, and for each login. What citizens send leaves none."""

import datetime
from collections.abc import Iterable

import msgspec

from server.model.audit import AT_THE_MACHINE, KEPT_MONTHS, LOCAL, AuditPage, AuditRow, By
from server.model.moment import moment, months_before
from server.store import thing
from sync.sql import Tx, load

SQL = load(__file__)
PAGE = 100
LAST = 2**63 - 1


def add(
    tx: Tx, now: datetime.datetime, *, who: str, verb: str, kind: str, id: str, fields: Iterable[str] = (), op: str | None = None
) -> None:  # fmt: skip
    """A row. `op`: the op's id, None where it was none. What is too old goes."""
    thin(tx, now)
    names = msgspec.json.encode(list(fields)).decode()
    SQL.run(tx, "add", at=moment(now), who=who, verb=verb, kind=kind, id=id, fields=names, op=op)


def thin(tx: Tx, now: datetime.datetime) -> None:
    """What was done more than KEPT_MONTHS ago is told no more."""
    SQL.run(tx, "thin", before=moment(months_before(now.astimezone(datetime.UTC), KEPT_MONTHS)))


def page(
    tx: Tx, *, before: int | None = None, who: str | None = None, kind: str | None = None, id: str | None = None
) -> AuditPage:
    """The newest 100 with a `seq` below `before`, by this person, about things of this kind, about this thing."""
    name = "page_about" if kind and id else "page_by" if who else "page"  # each goes by its index
    last = LAST if before is None else before
    found = SQL.rows(tx, name, before=last, who=who or None, kind=kind or None, id=id or None, most=PAGE + 1)
    names: dict[str, str] = dict(SQL.rows(tx, "names", uids=thing.json({str(row[6]) for row in found})))
    return AuditPage(
        rows=tuple(
            AuditRow(
                seq=seq, at=at, who=by(who, name), verb=verb, kind=kind, id=id, name=names.get(id),
                fields=tuple(msgspec.json.decode(fields, type=list[str])),
            )
            for seq, at, who, name, verb, kind, id, fields in found[:PAGE]
        ),
        more=len(found) > PAGE,
    )  # fmt: skip


def by(who: str, name: str | None) -> By | None:
    """Somebody with their name; None where nobody knows who it was."""
    if who == LOCAL:
        return By(id=LOCAL, name=AT_THE_MACHINE)
    return None if name is None else By(id=who, name=name)


def names(tx: Tx) -> dict[str, str]:
    """The names of everybody who works here or did, by id; of the machine itself too."""
    return {LOCAL: AT_THE_MACHINE} | dict(SQL.rows(tx, "people"))
