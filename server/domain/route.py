"""save_route: what staff write of a route. Its line is its register's; of a route that they make, it is what they send first, for good: the
body has a simplified one, and sent back that would stand for the full line."""

from typing import Any

import msgspec
from msgspec import UNSET

from server.domain import edit
from server.domain.ctx import Ctx
from server.domain.done import Done
from server.domain.refusal import Refused, invalid
from server.domain.subject import there
from server.model.route import Route, RouteSet, SaveRoute, Stretch, StretchSet
from server.model.slug import slug
from server.model.values import Access, Point
from server.store import geometry, place, register, route, site, slugs
from server.store.route import Stored
from sync.sql import Tx
from sync.wire import Subject, is_uuid

EMPTY = {"modes": (), "approaches": (), "closures": ()}
"""What null makes of a field that can not be null in the body."""


def save_route(tx: Tx, ctx: Ctx, subject: Subject, args: SaveRoute, base: str | None) -> Done:
    """Makes a route or changes the fields that are sent, those that nobody else has changed since `base`. A new address redirects from
    the old one. Refused `in_use` where a place names the route and the public is no longer to read it."""
    if subject.kind != "route":
        raise invalid("/subject/kind", "Det er ikke en rute.")
    edit.words_fit(args.set)
    edit.name_fits(args.set.name)
    edit.approaches_fit(args.set.approaches)
    found = route.bodies(tx, [subject.id], {})
    if not found:
        return _make(tx, ctx, subject, args.set, base)
    before = found[0]
    there(tx, subject)
    _known(before.body, args.set, source=before.source)
    now = edit.fields(before.body, public=before.public)
    after, public = _with(before, args.set)
    wanted = edit.fields(after, public=public)
    conflicts = edit.settle(tx, subject, before.row, base, edit.sent(args.set), now=now, wanted=wanted)
    given = edit.without(args.set, edit.lost(conflicts))
    after, public = _with(before, given)
    if before.public and not public and (names := place.naming_route(tx, [before.row])):
        raise Refused("in_use", "Et mødested bruger ruten. Giv stedet en anden rute først.", place_ids=tuple(names))
    if after.slug != before.body.slug:
        slugs.move(tx, before.row, "route", _free(tx, after.slug, subject.id))
    wanted = edit.fields(after, public=public)
    if wanted != now:
        route.save(tx, before.row, after, public=public, at=ctx.moment, by=ctx.who)
        if before.source != register.HERE:
            edit.mark(tx, before.row, before=now, after=wanted)
    return Done([("route", subject.id)], {"conflicts": conflicts}, moved=public != before.public)


def _make(tx: Tx, ctx: Ctx, subject: Subject, given: RouteSet, base: str | None) -> Done:
    edit.is_new(subject, base, "Ruten", "En ny rute")
    if given.name is UNSET:
        raise invalid("/args/set/name", "En ny rute skal have et navn.")
    if given.stretches is UNSET or not given.stretches:
        raise invalid("/args/set/stretches", "En ny rute skal have mindst ét stræk med sin linje.")
    lines = [_line(i, one) for i, one in enumerate(given.stretches)]
    if len({one.id for one in given.stretches}) < len(lines):
        raise invalid("/args/set/stretches", "To stræk har samme id.")
    stretches = tuple(
        Stretch(
            id=one.id,
            line="" if one.line is UNSET else one.line,
            length_m=round(geometry.length_m(geometry.metres(tx, points))),
            surface=None,
            access=Access(),
        )
        for one, points in zip(given.stretches, lines, strict=True)
    )
    address = slug(given.name.da) if given.slug is UNSET else given.slug
    empty = Route(
        id=subject.id,
        slug=slugs.free(tx, "route", address, subject.id) if given.slug is UNSET else _free(tx, address, subject.id),
        name=given.name,
        modes=(),
        length_m=0,
        loop=lines[0][0] == lines[-1][-1],
        source=site.get(tx).name.da[:200],
        season=None,
        approaches=(),
        faults=(),
        closures=(),
        stretches=stretches,
        near=(),
        place_ids=(),
    )
    _known(empty, given, new=True)
    after, public = _with(Stored(0, empty, True, False), msgspec.structs.replace(given, slug=UNSET))
    route.save(tx, 0, after, public=public, at=ctx.moment, by=ctx.who)
    return Done([("route", subject.id)], {"conflicts": []})


def _with(before: Stored, given: RouteSet) -> tuple[Route, bool]:
    """The route with what was sent laid over it, and whether the public reads it."""
    said: dict[str, Any] = {
        name: EMPTY.get(name) if value is None else value
        for name in ("slug", "name", "modes", "season", "approaches", "closures")
        if (value := getattr(given, name)) is not UNSET
    }
    if given.stretches is not UNSET:
        over = {one.id: one for one in given.stretches}
        said["stretches"] = tuple(_over(one, over.get(one.id)) for one in before.body.stretches)
    return msgspec.structs.replace(before.body, **said), before.public if given.public is UNSET else given.public


def _over(stretch: Stretch, given: StretchSet | None) -> Stretch:
    if given is None:
        return stretch
    surface = stretch.surface if given.surface is UNSET else given.surface
    access = stretch.access if given.access is UNSET else given.access or Access()
    return msgspec.structs.replace(stretch, surface=surface, access=access)


def _known(body: Route, given: RouteSet, *, new: bool = False, source: str = register.HERE) -> None:
    """What is said of a stretch is said of one of this route, whose line stays. `source`: the register that it is from."""
    ids = {stretch.id for stretch in body.stretches}
    for i, one in enumerate(() if given.stretches is UNSET else given.stretches):
        if one.id not in ids:
            raise invalid(f"/args/set/stretches/{i}/id", "Strækket er ikke på denne rute.")
        if one.line is not UNSET and not new:
            why = (
                "er registrets og ændres ikke her"
                if source
                else "ændres ikke. Lav en ny rute, og træk den gamle tilbage"
            )
            raise invalid(f"/args/set/stretches/{i}/line", f"Linjen {why}.")
    for i, closure in enumerate(given.closures or ()):
        for j, id in enumerate(closure.stretch_ids or ()):
            if id not in ids:
                raise invalid(f"/args/set/closures/{i}/stretch_ids/{j}", "Strækket er ikke på denne rute.")


def _line(i: int, given: StretchSet) -> list[Point]:
    at = f"/args/set/stretches/{i}"
    if not is_uuid(given.id):
        raise invalid(f"{at}/id", "Et stræk har et UUID som id.")
    if given.line is UNSET:
        raise invalid(f"{at}/line", "Et stræk på en ny rute skal have en linje.")
    return edit.line_fits(given.line, f"{at}/line")


def _free(tx: Tx, wanted: str, id: str) -> str:
    if slugs.free(tx, "route", wanted, id) != wanted:
        raise invalid("/args/set/slug", "Den adresse har en anden rute.")
    return wanted
