"""save_facility: what staff write of a thing in the landscape, whether a register brought it or they make it."""

from typing import Any

import msgspec
from msgspec import UNSET

from server.domain import edit
from server.domain.ctx import Ctx
from server.domain.done import Done
from server.domain.refusal import invalid
from server.domain.subject import there
from server.model.facility import Facility, FacilitySet, SaveFacility
from server.model.values import Access
from server.store import facility, geometry, site
from sync.sql import Tx
from sync.wire import Subject


def save_facility(tx: Tx, ctx: Ctx, subject: Subject, args: SaveFacility, base: str | None) -> Done:
    """Makes a facility or changes the fields that are sent, those that nobody else has changed since `base`."""
    if subject.kind != "facility":
        raise invalid("/subject/kind", "Det er ikke en facilitet.")
    _values(args.set)
    found = facility.bodies(tx, [subject.id], {})
    if not found:
        return _make(tx, ctx, subject, args.set, base)
    before = found[0]
    there(tx, subject)
    now = edit.fields(before.body)
    after = _with(before.body, args.set)
    conflicts = edit.settle(tx, subject, before.row, base, edit.sent(args.set), now=now, wanted=edit.fields(after))
    after = _with(before.body, edit.without(args.set, edit.lost(conflicts)))
    if after != before.body:
        facility.save(tx, before.row, after, at=ctx.moment, by=ctx.who)
        if before.source != facility.HERE:
            edit.mark(tx, before.row, before=now, after=edit.fields(after))
    moved = after.point != before.body.point
    return Done([("facility", subject.id)], {"conflicts": conflicts}, moved=moved)


def _make(tx: Tx, ctx: Ctx, subject: Subject, given: FacilitySet, base: str | None) -> Done:
    edit.is_new(subject, base, "Faciliteten", "En ny facilitet")
    if given.type_text is UNSET:
        raise invalid("/args/set/type_text", "En ny facilitet skal have en type.")
    if given.point is UNSET:
        raise invalid("/args/set/point", "En ny facilitet skal have et punkt.")
    empty = Facility(
        id=subject.id,
        code=None,
        type_text=given.type_text,
        name=None,
        point=given.point,
        access=Access(),
        season=None,
        open_24h=None,
        source=site.get(tx).name.da[:200],
        faults=(),
    )
    facility.save(tx, 0, _with(empty, given), at=ctx.moment, by=ctx.who)
    return Done([("facility", subject.id)], {"conflicts": []})


def _with(before: Facility, given: FacilitySet) -> Facility:
    said: dict[str, Any] = {
        name: value for name in given.__struct_fields__ if (value := getattr(given, name)) is not UNSET
    }
    if "point" in said:
        said["point"] = geometry.rounded(said["point"])
    if "access" in said:
        said["access"] = said["access"] or Access()
    return msgspec.structs.replace(before, **said)


def _values(given: FacilitySet) -> None:
    edit.words_fit(given)
    edit.name_fits(given.name)
    edit.point_fits(given.point)
