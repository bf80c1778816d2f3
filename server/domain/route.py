"""save_route: what staff write of a route. A register's line is its own; of a route made here it is drawn, split and joined: `order` says
which stretches there are, and those that are new or drawn anew bring their line. The body has a simplified one: sent back as it stands
it changes nothing, so that the full line stays."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import msgspec
from msgspec import UNSET, UnsetType

from server.domain import address, closing, edit
from server.domain.ctx import Ctx
from server.domain.done import Done
from server.domain.refusal import Refused, invalid
from server.domain.subject import there
from server.model.line import decode
from server.model.route import Route, RouteSet, SaveRoute, Stretch, StretchSet
from server.model.values import Access, Point
from server.store import blobs, geometry, place, register, route, site, slugs
from server.store.geometry import XY
from server.store.route import Stored
from sync.sql import Tx
from sync.wire import Subject, is_uuid

EMPTY = {"modes": (), "approaches": (), "closures": ()}
"""What null makes of a field that can not be null in the body."""
LONGEST_KM = 500


@dataclass(frozen=True, slots=True)
class Drawn:
    """A line that was sent: in full for the store, and as the body has it."""

    points: list[Point]
    xy: list[XY]
    line: str

    @property
    def length_m(self) -> int:
        return round(geometry.length_m(self.xy))


def save_route(tx: Tx, ctx: Ctx, subject: Subject, args: SaveRoute, base: str | None) -> Done:
    """Makes a route or changes the fields that are sent, those that nobody else has changed since `base`. A new address redirects from
    the old one. Refused `in_use` where a place names the route and the public is no longer to read it."""
    if subject.kind != "route":
        raise invalid("/subject/kind", "Det er ikke en rute.")
    edit.words_fit(args.set)
    edit.days_fit(args.set, ctx)
    edit.name_fits(args.set.name)
    edit.approaches_fit(args.set.approaches)
    found = route.bodies(tx, [subject.id], {})
    if not found:
        return _make(tx, ctx, subject, args.set, base)
    before = found[0]
    there(tx, subject)
    _of_the_register(before, args.set)
    drawn = _drawn(tx, args.set, before.body)
    _known(args.set, {one.id for one in before.body.stretches})
    now = edit.fields(before.body, public=before.public)
    after, public = _with(before, args.set, drawn)
    _whole(tx, before.body, after, drawn)
    wanted = edit.fields(after, public=public)
    conflicts = edit.settle(
        tx,
        subject,
        before.row,
        base,
        [*edit.sent(args.set), *_goes(args.set, now)],
        now=now,
        wanted=wanted,
        together=_together(args.set, now),
    )
    given = edit.without(args.set, edit.lost(conflicts))
    after, public = _with(before, given, drawn)
    if before.public and not public and (names := place.naming_route(tx, [before.row])):
        raise Refused("in_use", "Et mødested bruger ruten. Giv stedet en anden rute først.", place_ids=tuple(names))
    if after.slug != before.body.slug:
        slugs.move(tx, before.row, "route", address.free(tx, "route", subject.id, after.name.da, after.slug))
    wanted = edit.fields(after, public=public)
    # A line may be another and look the same, simplified: what was drawn goes in.
    lines = _lines(given, drawn)
    if wanted != now or lines:
        route.save(tx, before.row, after, lines=lines, public=public, at=ctx.moment, by=ctx.who)
        if before.source != register.HERE:
            edit.mark(tx, before.row, before=now, after=wanted)
    if public != before.public:
        blobs.arrange(tx, ctx.data_dir, blobs.of_reports(tx, before.row))
    if public:
        closing.tell(
            tx, ctx, id=after.id, name=after.name, path=f"/ruter/{after.slug}", places=place.naming_route(tx, [before.row]),
            before=before.body.closures, after=after.closures,
        )  # fmt: skip
    moved = public != before.public or bool(lines) or wanted["order"] != now["order"]
    return Done([("route", subject.id)], {"conflicts": conflicts}, moved=moved)


def _make(tx: Tx, ctx: Ctx, subject: Subject, given: RouteSet, base: str | None) -> Done:
    edit.is_new(subject, base, "Ruten", "En ny rute")
    name = given.name
    if isinstance(name, UnsetType):
        raise invalid("/args/set/name", "En ny rute skal have et navn.")
    if given.stretches is UNSET or not given.stretches:
        raise invalid("/args/set/stretches", "En ny rute skal have mindst ét stræk med sin linje.")
    for i, one in enumerate(given.stretches):
        if one.line is UNSET:
            raise invalid(f"/args/set/stretches/{i}/line", "Et stræk på en ny rute skal have en linje.")
    if len({one.id for one in given.stretches}) < len(given.stretches):
        raise invalid("/args/set/stretches", "To stræk har samme id.")
    if given.order is UNSET:
        given = msgspec.structs.replace(given, order=tuple(one.id for one in given.stretches))
    empty = Route(
        id=subject.id,
        slug=address.free(tx, "route", subject.id, name.da, given.slug),
        name=name,
        modes=(),
        length_m=0,
        loop=False,
        source=site.get(tx).name.da[:200],
        season=None,
        approaches=(),
        faults=(),
        closures=(),
        stretches=(),
        near=(),
        place_ids=(),
    )
    drawn = _drawn(tx, given, empty)
    _known(given, set())
    after, public = _with(Stored(0, empty, True, False), msgspec.structs.replace(given, slug=UNSET), drawn)
    _whole(tx, empty, after, drawn)
    lines = _lines(given, drawn)
    route.save(tx, 0, after, lines=lines, public=public, at=ctx.moment, by=ctx.who)
    return Done([("route", subject.id)], {"conflicts": []})


def _with(before: Stored, given: RouteSet, drawn: Mapping[str, Drawn]) -> tuple[Route, bool]:
    """The route with what was sent laid over it, and whether the public reads it."""
    said = edit.laid(given, ("slug", "name", "modes", "season", "approaches", "closures"), EMPTY)
    if given.stretches is not UNSET or given.order is not UNSET:
        here = {one.id: one for one in before.body.stretches}
        over = {one.id: one for one in given.stretches or ()}
        ids = tuple(here) if given.order is UNSET else given.order
        stretches = [_over(here.get(id), id, over.get(id), drawn.get(id)) for id in ids]
        said["stretches"] = tuple(stretches)
        said["length_m"] = sum(one.length_m for one in stretches)
        if given.order is not UNSET or drawn:
            said["loop"] = decode(stretches[0].line)[:1] == decode(stretches[-1].line)[-1:]
    return msgspec.structs.replace(before.body, **said), before.public if given.public is UNSET else given.public


def _over(before: Stretch | None, id: str, given: StretchSet | None, drawn: Drawn | None) -> Stretch:
    stretch = before or Stretch(id=id, line="", length_m=0, surface=None, access=Access())
    if given is None:
        return stretch
    if drawn is not None and given.line is not UNSET:
        stretch = msgspec.structs.replace(stretch, line=drawn.line, length_m=drawn.length_m)
    surface = stretch.surface if given.surface is UNSET else given.surface
    access = stretch.access if given.access is UNSET else given.access or Access()
    return msgspec.structs.replace(stretch, surface=surface, access=access)


def _goes(given: RouteSet, now: edit.Fields) -> list[str]:
    """The lines that go with `order`: a stretch that somebody has drawn anew meanwhile is not joined to its neighbour as it was."""
    return [] if given.order is UNSET else [f"stretches/{id}/line" for id in now["order"] if id not in given.order]


def _together(given: RouteSet, now: edit.Fields) -> Callable[[str], bool]:
    """Half of a split would be a route with a hole in it. A closure that is sent beside it may be of the new half."""
    ways = given.order is not UNSET or any(one.line is not UNSET for one in given.stretches or ())

    def together(name: str) -> bool:
        if name.startswith("stretches/"):
            return name.endswith("/line") or name not in now
        return name == "order" or (name == "closures" and ways)

    return together


def _lines(given: RouteSet, drawn: Mapping[str, Drawn]) -> dict[str, list[XY]]:
    """The full lines that go in."""
    return {one.id: drawn[one.id].xy for one in given.stretches or () if one.line is not UNSET and one.id in drawn}


def _of_the_register(before: Stored, given: RouteSet) -> None:
    """Refused `invalid` where the line of a register's route would be another than the register's."""
    why = "er registrets og ændres ikke her. Ret den i registeret, eller tegn en ny rute."
    here = {one.id: one.line for one in before.body.stretches}
    if before.source == register.HERE:
        return
    for i, one in enumerate(given.stretches or ()):
        if one.line is not UNSET and one.line != here.get(one.id):
            raise invalid(f"/args/set/stretches/{i}/line", f"Linjen {why}")
    if given.order is not UNSET and given.order != tuple(here):
        raise invalid("/args/set/order", f"Linjens stræk {why}")


def _drawn(tx: Tx, given: RouteSet, before: Route) -> dict[str, Drawn]:
    """The lines that are sent and are not already there, by stretch."""
    here = {one.id: one.line for one in before.stretches}
    found: dict[str, Drawn] = {}
    for i, one in enumerate(given.stretches or ()):
        at = f"/args/set/stretches/{i}"
        if one.line is UNSET or one.line == here.get(one.id):
            continue
        if not is_uuid(one.id):
            raise invalid(f"{at}/id", "Et stræk har et UUID som id.")
        points = edit.line_fits(one.line, f"{at}/line")
        xy = geometry.metres(tx, points)
        found[one.id] = Drawn(points, xy, geometry.encoded(tx, xy))
        if found[one.id].length_m < 1:
            raise invalid(f"{at}/line", "Linjen er kortere end 1 meter. Tegn den til, hvor strækket ender.")
    return found


def _known(given: RouteSet, here: set[str]) -> None:
    """What is said of a stretch is said of one that the route has, or gets with its line. `here`: the ids that it has."""
    lines = {one.id for one in given.stretches or () if one.line is not UNSET}
    ids = here if given.order is UNSET else set(given.order)
    if given.order is not UNSET:
        if len(ids) < len(given.order):
            raise invalid("/args/set/order", "Et stræk står der to gange.")
        for i, id in enumerate(given.order):
            if id not in here and id not in lines:
                raise invalid(f"/args/set/order/{i}", "Et nyt stræk skal have sin linje med i stretches.")
    named: set[str] = set()
    for i, one in enumerate(given.stretches or ()):
        if one.id not in ids:
            raise invalid(f"/args/set/stretches/{i}/id", "Strækket er ikke på denne rute.")
        if one.id in named:
            raise invalid(f"/args/set/stretches/{i}/id", "Strækket står der to gange.")
        named.add(one.id)
    for i, closure in enumerate(given.closures or ()):
        if closure.stretch_ids == ():
            raise invalid(f"/args/set/closures/{i}/stretch_ids", "Vælg mindst ét stræk, eller hele ruten.")
        for j, id in enumerate(closure.stretch_ids or ()):
            if id not in ids:
                raise invalid(f"/args/set/closures/{i}/stretch_ids/{j}", "Strækket er ikke på denne rute.")


def _whole(tx: Tx, before: Route, after: Route, drawn: Mapping[str, Drawn]) -> None:
    """Refused `invalid` where the way that was drawn can not be one: too long, elsewhere, or closed on a stretch that goes."""
    ids = {one.id for one in after.stretches}
    if any(id not in ids for closure in after.closures for id in closure.stretch_ids or ()):
        raise invalid(
            "/args/set/order", "En spærring gælder et stræk, som ruten så ikke har mere. Ret spærringen først."
        )
    if not drawn:
        return
    if after.length_m > LONGEST_KM * 1000 and after.length_m > before.length_m:
        long = f"{round(after.length_m / 1000)} km"
        raise invalid("/args/set/stretches", f"Ruten bliver {long} lang. Højst {LONGEST_KM} km: del den i flere ruter.")
    bounds = site.get(tx).bounds
    if bounds is not None and not any(_in(bounds, point) for one in drawn.values() for point in one.points):
        raise invalid("/args/set/stretches", "Linjen ligger helt uden for kommunens kort. Tegn den igen på kortet.")


def _in(bounds: tuple[float, float, float, float], point: Point) -> bool:
    west, south, east, north = bounds
    return west <= point[0] <= east and south <= point[1] <= north
