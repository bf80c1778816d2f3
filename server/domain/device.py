"""follow, unfollow, skip: what a phone without a name is told of. save_push: where it is reached. forget_device: it never was.

A device is known by its secret alone, and reads only of itself. Who has none here asks for nothing: what takes away is done and changes
nothing. No row says at what time of the day anything was done, and none of this stands in the audit."""

from typing import Final

from server.domain.ctx import Ctx
from server.domain.done import Done
from server.domain.refusal import Refused, gone, invalid, unknown
from server.domain.subject import public
from server.model.device import FOLLOWS_MOST, SKIPS_MOST, Follow, MyFollow, MySkip, SavePush, Skip, When
from server.model.person import Nothing
from server.model.site import SITE_ID
from server.model.slug import slug
from server.push import endpoint, vapid
from server.store import delivery, device, occurrence, site
from server.store import follow as follows
from server.store.device import Reached
from sync.sql import Tx
from sync.wire import Subject

ORDER: Final[tuple[When, ...]] = ("evening", "transport", "hour")
ITSELF: Final = "mine"
"""The id of the one device that a device speaks of."""
WORDS: Final = {"event": "Begivenheden", "organiser": "Arrangøren", "area": "Området", "settings": "Det"}


def follow(tx: Tx, ctx: Ctx, subject: Subject, args: Follow) -> Done:
    """Follows it, or says anew when to be reminded of it. Refused: `unknown_subject`, `gone`, `too_many`."""
    _followable(tx, subject)
    row = _device(ctx)
    if args.only is not None and subject.kind != "event":
        raise invalid("/args/only", "Kun af en begivenhed kan man følge en enkelt gang.")
    if args.only is not None and occurrence.find(tx, subject.id, args.only) is None:
        raise invalid("/args/only", "Begivenheden er ikke den dag.")
    already = follows.one(tx, row, subject.kind, subject.id)
    if already is None and follows.count(tx, row) >= FOLLOWS_MOST:
        raise Refused(
            "too_many", f"Man kan følge {FOLLOWS_MOST} ting. Stop med at følge noget først.", limit=FOLLOWS_MOST
        )
    mine = MyFollow(
        kind=subject.kind,  # type: ignore[arg-type]  # one of Followed: _followable has seen to it
        id=subject.id,
        when=tuple(when for when in ORDER if when in args.when),
        only=args.only,
        since=already.since if already else ctx.today,
    )
    follows.keep(tx, row, mine)
    return Done([], {"follow": mine})


def unfollow(tx: Tx, ctx: Ctx, subject: Subject, args: Nothing) -> Done:
    """Follows it no more, whatever has become of it."""
    if subject.kind not in follows.KINDS:
        raise unknown("Det")
    if ctx.device is not None:
        follows.drop(tx, ctx.device, subject.kind, subject.id)
        if subject.kind == "event":
            delivery.stop_for(tx, ctx.device, subject.id)
    return Done([])


def skip(tx: Tx, ctx: Ctx, subject: Subject, args: Skip) -> Done:
    """Is not reminded of one time of an event; or is so all the same. Refused: `unknown_subject`, `gone`, `too_many`."""
    if subject.kind != "event":
        raise unknown("Begivenheden")
    if ctx.device is None:
        return Done([], {"skip": None})
    if not args.skip:
        follows.take_back(tx, ctx.device, subject.id, args.day)
        return Done([], {"skip": None})
    _followable(tx, subject)
    already = MySkip(event_id=subject.id, day=args.day) in follows.skips(tx, ctx.device)
    if not already and follows.skips_count(tx, ctx.device) >= SKIPS_MOST:
        raise Refused("too_many", f"Man kan springe {SKIPS_MOST} gange over ad gangen.", limit=SKIPS_MOST)
    follows.skip(tx, ctx.device, subject.id, args.day)
    delivery.stop_for(tx, ctx.device, f"{subject.id}.{args.day:%Y%m%d}")
    return Done([], {"skip": MySkip(event_id=subject.id, day=args.day)})


def save_push(tx: Tx, ctx: Ctx, subject: Subject, args: SavePush) -> Done:
    """Keeps where the phone is reached, or that it is so no more. Refused: `invalid` where its browser can not have said that;
    `forbidden` where another phone is reached there, and this one does not know what that one knew."""
    _itself(subject)
    row = _device(ctx)
    if args.endpoint is None:
        device.unreach(tx, row)
        return Done([], {"push": False})
    if not device.reach(tx, row, _reached(ctx, args.endpoint, args)):
        raise Refused("forbidden", "En anden telefon får beskeder der.", at="/args/endpoint")
    return Done([], {"push": True})


def forget_device(tx: Tx, ctx: Ctx, subject: Subject, args: Nothing) -> Done:
    """All that is held of the phone is gone, at once. Done also where nothing was held."""
    _itself(subject)
    if ctx.device is not None:
        device.forget(tx, ctx.device)
    return Done([])


def _reached(ctx: Ctx, address: str, args: SavePush) -> Reached:
    for member, told in (("p256dh", args.p256dh), ("auth", args.auth), ("key", args.key)):
        if told is None:
            raise invalid(f"/args/{member}", "Der mangler noget af det, telefonen har fået at vide.")
    try:
        endpoint.check(address, ctx.push_hosts)
        p256dh, auth = endpoint.subscription_keys(args.p256dh or "", args.auth or "")
    except endpoint.EndpointRefused as refused:
        limit = endpoint.LONGEST if refused.code == "too_long" else None
        raise Refused(refused.code, str(refused), at=f"/args/{refused.at}", limit=limit) from None
    key = (args.key or "").rstrip("=").replace("+", "-").replace("/", "_")
    if not vapid.is_ours(ctx.data_dir, key):
        raise invalid("/args/key", "Telefonen har spurgt under en nøgle, som ikke er vores.")
    return Reached(endpoint=address, p256dh=p256dh, auth=auth, vapid=key, lang=args.lang)


def _device(ctx: Ctx) -> int:
    if ctx.device is None:
        raise Refused("forbidden", "Det kan kun en telefon.")
    return ctx.device


def _itself(subject: Subject) -> None:
    if (subject.kind, subject.id) != ("device", ITSELF):
        raise unknown("Telefonen")


def _followable(tx: Tx, subject: Subject) -> None:
    """Refused `unknown_subject` for what readers know nothing of, `gone` for what they knew."""
    kind, id = subject.kind, subject.id
    if kind == "place":
        public(tx, subject)
        return
    if kind == "settings":
        known = id == SITE_ID
    elif kind == "area":
        known = any(slug(town.name.da) == id for town in site.get(tx).towns)
    else:
        found = follows.subject(tx, kind, id)
        if found is not None and found.gone_on is not None and found.public:
            raise gone(found.name, found.gone_on)
        known = found is not None and found.public
    if not known:
        raise unknown(WORDS.get(kind, "Det"))
