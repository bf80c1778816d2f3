"""What staff decide of a proposed event is told to the phones that follow it: before readers know of it, its chair's own."""

import datetime
from typing import Final

from server.domain.ctx import Ctx
from server.domain.neutral import shown
from server.model.event import EventState
from server.model.neutral import heavy_of
from server.model.quiet import quiet_until
from server.model.values import Text
from server.store import decided, delivery, event, site
from sync.sql import Tx

USEFUL_DAYS: Final = 7
SHOWN: Final = 200
"""Letters of the reason that a locked screen shows; the desk has all of them."""
PLAIN: Final = Text(da="Jeres begivenhed", en="Your event", de="Eure Veranstaltung")
"""Instead of a name that must not stand on a locked screen."""
PUBLIC: Final = Text(
    da="Nu kan alle se den. Tak for det.",
    en="Everybody can see it now. Thank you.",
    de="Jetzt können alle sie sehen. Vielen Dank.",
)
BACK: Final = {
    "da": "Der mangler lidt, før den kan vises",
    "en": "A little is missing before it can be shown",
    "de": "Es fehlt noch etwas, bevor sie gezeigt wird",
}


def tell(tx: Tx, ctx: Ctx, event_id: str, state: EventState, why: Text | None) -> None:
    """Tells the answer to a proposal: `public`, or `draft` with why. Goes out at once, in the quiet hours when they end. Does nothing
    where the event is not there, or nobody follows it."""
    found = event.get(tx, event_id)
    devices = decided.who(tx, event_id)
    if found is None or not devices:
        return
    is_public = state == "public"
    message = delivery.message(
        tx,
        about=event_id,
        what="decided",
        revision=decided.times(tx, event_id) + 1,
        text={"title": shown(found.said.name, PLAIN), "body": PUBLIC if is_public else _back(why)},
        open=f"/det-sker/{found.slug}" if is_public else f"/desk/begivenheder/{event_id}",
        urgency="normal",
        useful_until=ctx.now + datetime.timedelta(days=USEFUL_DAYS),
    )
    delivery.deliver(tx, message, devices, quiet_until(ctx.now, site.get(tx).quiet) or ctx.now)


def _back(why: Text | None) -> Text:
    """The reason in each language that it was written in; Danish where it was written in that alone. None of it where it is not for a
    locked screen: the desk has it."""
    if why is None or heavy_of(why) is not None:
        return Text(**{language: f"{words}." for language, words in BACK.items()})
    said = {language: getattr(why, language) for language in BACK}
    return Text(
        **{
            language: f"{words}: {_cut(said[language] if isinstance(said[language], str) else why.da)}"
            for language, words in BACK.items()
        }
    )


def _cut(words: str) -> str:
    return words if len(words) <= SHOWN else words[: SHOWN - 1].rstrip() + "…"
