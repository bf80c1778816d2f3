"""save_settings: what makes this municipality's server its own."""

import msgspec
from msgspec import UNSET

from server.domain import edit
from server.domain.ctx import Ctx
from server.domain.done import Done
from server.domain.event.writing import closed_days, write_out
from server.domain.launch import changed, is_site
from server.domain.refusal import invalid
from server.model import colours, line
from server.model.site import SITE_ID, SaveSettings, Site, SiteSet
from server.model.values import in_denmark
from server.store import event, job, site
from sync.sql import Tx
from sync.wire import Subject

__all__ = ["is_site", "save_settings"]
EMPTY = {"land": (), "towns": (), "languages": ("da",), "help": (), "holidays": (), "school_holidays": ()}
"""What null makes of a field that can not be null in the body."""

REMINDED_BY = ("transport", "quiet", "holidays")
"""What says when people are reminded: where it changes, all reminders are made anew."""


def save_settings(tx: Tx, ctx: Ctx, subject: Subject, args: SaveSettings) -> Done:
    """Changes the fields that are sent; null empties."""
    is_site(subject)
    edit.words_fit(args.set)
    _values(args.set)
    given = edit.laid(args.set, SiteSet.__struct_fields__, EMPTY)
    before = site.get(tx)
    if args.set.launch is not UNSET:
        given["launch"] = changed(tx, before.launch, args.set.launch, ctx.today)
    after = msgspec.structs.replace(before, **given)
    site.put(tx, after)
    if any(getattr(before, name) != getattr(after, name) for name in REMINDED_BY):
        job.ask(tx, "arrange", ctx.now)
    return Done([("settings", SITE_ID), *_series(tx, ctx, before, after)], moved=False)


def _series(tx: Tx, ctx: Ctx, before: Site, after: Site) -> list[tuple[str, str]]:
    """The series that leave out holidays, written out again where those are others; what changed of them."""
    if (before.holidays, before.school_holidays) == (after.holidays, after.school_holidays):
        return []
    closed = closed_days(tx)
    rows = event.many(tx, event.skipping(tx))
    return [("event", row.id) for row in rows if write_out(tx, ctx, row, closed)]


def _values(given: SiteSet) -> None:
    """What a type alone can not say."""
    if given.bounds:
        west, south, east, north = given.bounds
        if west >= east or south >= north:
            raise invalid("/args/set/bounds", "Skriv grænserne som vest, syd, øst, nord.")
    if given.languages and "da" not in given.languages:
        raise invalid("/args/set/languages", "Dansk skal være med.")
    if given.languages and len(set(given.languages)) < len(given.languages):
        raise invalid("/args/set/languages", "Et sprog står der to gange.")
    for i, town in enumerate(given.towns or ()):
        if not in_denmark(town.point):
            raise invalid(
                f"/args/set/towns/{i}/point", "Byen ligger uden for Danmark. Skriv længden først og så bredden."
            )
    if given.colours:
        for theme in colours.THEMES:
            if (why := colours.refused(theme, getattr(given.colours, theme))) is not None:
                raise invalid(f"/args/set/colours/{theme}", why)
    for i, polygon in enumerate(given.land or ()):
        for j, ring in enumerate(polygon):
            at = f"/args/set/land/{i}/{j}"
            try:
                points = line.decode(ring)
            except line.NotALine as wrong:
                raise invalid(at, str(wrong)) from None
            if len(points) < 4 or points[0] != points[-1]:
                raise invalid(at, "En kant skal have mindst fire punkter og ende, hvor den begyndte.")
