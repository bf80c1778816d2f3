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
from server.store import blobs, facility, geometry, register, site
from server.store.facility import Stored
from sync.sql import Tx
from sync.wire import Subject


def save_facility(tx: Tx, ctx: Ctx, subject: Subject, args: SaveFacility, base: str | None) -> Done:
    """Makes a facility or changes the fields that are sent, those that nobody else has changed since `base`."""
    if subject.kind != "facility":
        raise invalid("/subject/kind", "Det er ikke en facilitet.")
    _values(args.set)
    edit.days_fit(args.set, ctx)
    found = facility.bodies(tx, [subject.id], {})
    if not found:
        return _make(tx, ctx, subject, args.set, base)
    before = found[0]
    there(tx, subject)
    now = edit.fields(before.body, public=before.public)
    after, public = _with(before, args.set)
    wanted = edit.fields(after, public=public)
    conflicts = edit.settle(tx, subject, before.row, base, edit.sent(args.set), now=now, wanted=wanted)
    after, public = _with(before, edit.without(args.set, edit.lost(conflicts)))
    wanted = edit.fields(after, public=public)
    if wanted != now:
        facility.save(tx, before.row, after, public=public, at=ctx.moment, by=ctx.who)
        if before.source != register.HERE:
            edit.mark(tx, before.row, before=now, after=wanted)
    if public != before.public:
        blobs.arrange(tx, ctx.data_dir, blobs.of_reports(tx, before.row))
    moved = after.point != before.body.point or public != before.public
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
    body, public = _with(Stored(0, empty, True, False), given)
    facility.save(tx, 0, body, public=public, at=ctx.moment, by=ctx.who)
    return Done([("facility", subject.id)], {"conflicts": []})


def _with(before: Stored, given: FacilitySet) -> tuple[Facility, bool]:
    """The facility with what was sent laid over it, and whether the public reads it."""
    said: dict[str, Any] = {
        name: value for name in given.__struct_fields__ if (value := getattr(given, name)) is not UNSET
    }
    public = said.pop("public", before.public)
    if "point" in said:
        said["point"] = geometry.rounded(said["point"])
    if "access" in said:
        said["access"] = said["access"] or Access()
    return msgspec.structs.replace(before.body, **said), public


def _values(given: FacilitySet) -> None:
    edit.words_fit(given)
    edit.name_fits(given.name)
    edit.point_fits(given.point)
