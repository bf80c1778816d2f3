"""Opening the map: closed → trial → open. open_trial, and what save_settings changes of `launch`.

Open is for good. Phones that read the list keep it and work without us, links stand in mails and on signs: a server that shuts again
would take nothing back, and leave people at a door that says "soon". What is wrong on an open map is mended place by place."""

import datetime

import msgspec
from msgspec import UNSET

from server.domain.ctx import Ctx
from server.domain.done import Done
from server.domain.refusal import Refused, invalid, unknown
from server.model.site import SITE_ID, Launch, LaunchSet, OpenTrial
from server.store import launch, site
from sync.sql import Tx
from sync.wire import Subject

OPEN = Launch(state="open")
"""What null means: a database from before there was a launch."""
STATE = "/args/set/launch/state"
FOR_GOOD = (
    "Kortet er åbnet og kan ikke lukkes igen: listen ligger på telefonerne. Ret stederne, eller lad dem holde pause."
)
UNTIL_LINK = "En prøve begynder med et link. Lav linket, så er prøven i gang."


def is_site(subject: Subject) -> None:
    """Refused `unknown_subject` for everything but settings/site."""
    if (subject.kind, subject.id) != ("settings", SITE_ID):
        raise unknown("Indstillingerne")


def open_trial(tx: Tx, ctx: Ctx, subject: Subject, args: OpenTrial) -> Done:
    """Whoever has the link sees the app from now on; a link from before opens nothing more. Refused `bad_step` where the map is open."""
    is_site(subject)
    body = site.get(tx)
    now = body.launch or OPEN
    if now.state == "open":
        raise Refused("bad_step", FOR_GOOD, at="/subject")
    launch.begin_trial(tx, bytes.fromhex(args.code_sha256))
    site.put(tx, msgspec.structs.replace(body, launch=msgspec.structs.replace(now, state="trial")))
    return Done([("settings", SITE_ID)], moved=False)


def changed(tx: Tx, before: Launch | None, given: LaunchSet, today: datetime.date) -> Launch:
    """The launch as it is after `given`. Refused `not_ready` where it is to open with fewer places in use than are needed, `bad_step`
    where it is open and is to be no more."""
    now = before or OPEN
    if given.opened_on is not UNSET and given.opened_on != now.opened_on:
        raise invalid("/args/set/launch/opened_on", "Dagen sætter serveren selv, når kortet åbner.")
    after = msgspec.structs.replace(
        now,
        needed=now.needed if given.needed is UNSET else given.needed,
        by=now.by if given.by is UNSET else given.by,
    )
    if given.state is UNSET or given.state == now.state:
        return after
    if now.state == "open":
        raise Refused("bad_step", FOR_GOOD, at=STATE)
    if given.state == "trial":
        raise invalid(STATE, UNTIL_LINK)
    if given.state == "open":
        _enough(launch.active_places(tx), after.needed)
        after = msgspec.structs.replace(after, opened_on=today)
    launch.end_trial(tx)
    return msgspec.structs.replace(after, state=given.state)


def _enough(active: int, needed: int) -> None:
    if active >= needed:
        return
    lacking = needed - active
    raise Refused(
        "not_ready",
        f"{_steder(active)} er i brug, og der skal være {needed}, før kortet åbner. "
        f"Tag {'ét til' if lacking == 1 else f'{lacking} til'} i brug, eller sæt et andet mål.",
        at=STATE,
        limit=needed,
        missing=(),
    )


def _steder(count: int) -> str:
    return "Ingen steder" if count == 0 else "1 sted" if count == 1 else f"{count} steder"
