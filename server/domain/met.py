"""ask_met: a phone without a name wants to be met at the door; the host sees a number. answer_met: the host's answer, to all who asked.
count_event: how many came. tell_after: how it was, as nobody in particular says.

Of who asks there is a row with phone, event and day, and nothing else, until MET_KEPT_H after the time. None of it is in the feed."""

import datetime
from typing import Final

from server.domain import happening
from server.domain.ctx import Ctx
from server.domain.done import Done
from server.domain.neutral import must_be_neutral, must_fit, shown
from server.domain.own import must_be_own
from server.domain.refusal import Refused, invalid
from server.model.device import AskMet, TellAfter
from server.model.event import Event, Time
from server.model.met import AnswerMet, CountEvent
from server.model.quiet import quiet_until
from server.model.values import Text
from server.store import counted, delivery, met, site
from sync.sql import Tx
from sync.wire import Subject

ANSWER_MOST: Final = 300
"""Letters of an answer: it is read on a locked screen, by who stands in the street."""
PLAIN: Final = Text(da="Svar fra værten", en="An answer from the host", de="Antwort vom Gastgeber")
"""Instead of a name that must not stand on a locked screen."""
TOLD_DAYS: Final = 14
"""How long afterwards it is asked how it was."""
SOON: Final = datetime.timedelta(hours=1)
"""An answer waits for the end of the quiet hours, but for a time that begins before they have been over so long."""


def ask_met(tx: Tx, ctx: Ctx, subject: Subject, args: AskMet) -> Done:
    """Asks, or takes it back, which is always done. Refused: `unknown_subject`; `invalid` in words for a time that has begun, is
    cancelled, or whose event has nobody who could meet them."""
    if not args.asks:
        if ctx.device is not None and subject.kind == "event":
            met.take_back(tx, ctx.device, subject.id, args.day)
        elif subject.kind != "event":
            happening.known(tx, subject)
        return Done([], {"met": None})
    event = happening.known(tx, subject)
    time = happening.time_of(event, args.day)
    if ctx.device is None:
        raise Refused("forbidden", "Det kan kun en telefon.")
    if happening.is_off(event, time):
        raise invalid("/args/day", "Det er aflyst den dag. Derfor står der ingen ved døren.")
    if event.host is None:
        raise invalid("/subject", "Der er ingen vært endnu. Du er velkommen til bare at komme.")
    if happening.begins(time) <= ctx.now:
        raise invalid("/args/day", "Det er begyndt. Du er velkommen til bare at komme.")
    met.ask(tx, ctx.device, event.id, args.day)
    return Done([], {"met": met.mine(tx, ctx.device, event.id, args.day)})


def answer_met(tx: Tx, ctx: Ctx, subject: Subject, args: AnswerMet) -> Done:
    """Where, when and how to recognise who meets them: to all who asked, and to who asks later. Another answer takes its place and is
    told again; the same one is not. Refused: `unknown_subject`, `forbidden`, `too_long`, `invalid`."""
    event, time = _own_time(tx, ctx, subject, args.day)
    must_fit(args.answer, "/args/answer", ANSWER_MOST)
    must_be_neutral(args.answer, "/args/answer")
    if happening.is_off(event, time):
        raise invalid("/args/day", "Det er aflyst den dag. Der er ingen at møde.")
    if happening.begins(time) <= ctx.now:
        raise invalid("/args/day", "Det er begyndt. Nu kan svaret ikke nå frem.")
    before = met.answer_of(tx, event.id, args.day)
    if before is not None and before.text == args.answer:
        return Done([], fields=("answer",))
    revision = met.answer(tx, event.id, args.day, args.answer, ctx.now)
    met.stop(tx, time.id, revision)
    if asked := met.who_asked(tx, event.id, args.day):
        message = delivery.message(
            tx,
            about=time.id,
            what="met",
            revision=revision,
            text={"title": shown(event.name, PLAIN), "body": args.answer},
            open=happening.address(event, args.day),
            urgency="high",
            useful_until=happening.begins(time),
        )
        delivery.deliver(tx, message, asked, _not_before(tx, ctx, time))
    return Done([], fields=("answer",))


def count_event(tx: Tx, ctx: Ctx, subject: Subject, args: CountEvent) -> Done:
    """How many came, in the place of what was said before. Refused: `unknown_subject`, `forbidden`; `invalid` before it has begun."""
    event, time = _own_time(tx, ctx, subject, args.day)
    if happening.is_off(event, time):
        raise invalid("/args/day", "Det var aflyst den dag.")
    if not happening.has_begun(time, ctx.now):
        raise invalid("/args/day", "Det er ikke begyndt endnu.")
    counted.count(tx, event.id, args.day, args.came, args.new)
    return Done([], fields=("came", "new"))


def tell_after(tx: Tx, ctx: Ctx, subject: Subject, args: TellAfter) -> Done:
    """One more says how it was; of who says it nothing is kept. Refused: `unknown_subject`; `invalid` before it has begun and
    TOLD_DAYS after."""
    event = happening.known(tx, subject)
    time = happening.time_of(event, args.day)
    if happening.is_off(event, time):
        raise invalid("/args/day", "Det var aflyst den dag.")
    if not happening.has_begun(time, ctx.now):
        raise invalid("/args/day", "Det er ikke begyndt endnu.")
    if time.date + datetime.timedelta(days=TOLD_DAYS) < ctx.today:
        raise invalid("/args/day", "Det er for længe siden.")
    counted.tell(tx, event.id, args.day, args.how)
    return Done([])


def _own_time(tx: Tx, ctx: Ctx, subject: Subject, day: datetime.date) -> tuple[Event, Time]:
    event = happening.known(tx, subject)
    must_be_own(tx, ctx, event.organiser_id)
    return event, happening.time_of(event, day)


def _not_before(tx: Tx, ctx: Ctx, time: Time) -> datetime.datetime:
    """At once; in the quiet hours when they end, if that is SOON enough before it begins."""
    until = quiet_until(ctx.now, site.get(tx).quiet)
    return ctx.now if until is None or happening.begins(time) < until + SOON else until
