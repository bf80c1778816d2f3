"""What an organiser's person may touch: the events of their own organiser. Staff may touch all, and so may the machine itself."""

from server.domain.ctx import Ctx
from server.domain.refusal import Refused
from server.model.audit import LOCAL
from server.model.person import RIGHTS
from server.store import organiser, person
from sync.sql import Tx


def is_staff(tx: Tx, ctx: Ctx) -> bool:
    """Whether who acts has the right "staff"; a command at the machine, and what the server does by itself, has. Nobody else is taken for
    it: a name that nobody has is no staff."""
    if ctx.who == LOCAL:
        return True
    found = person.find(tx, ctx.who)
    return found is not None and "staff" in RIGHTS[found.role]


def own_organiser(tx: Tx, ctx: Ctx) -> str | None:
    """The id of the organiser for whom the person who acts makes events; None: for nobody."""
    return organiser.of_person(tx, ctx.who)


def must_be_own(tx: Tx, ctx: Ctx, organiser_id: str | None) -> None:
    """Refused `forbidden` where who acts is no staff, and the organiser is not theirs."""
    if is_staff(tx, ctx):
        return
    mine = own_organiser(tx, ctx)
    if mine is None:
        raise Refused(
            "forbidden", "Du er ikke sat på en forening endnu. Ring til kommunen, så gør de det.", at="/subject"
        )
    if organiser_id != mine:
        raise Refused(
            "forbidden", "Begivenheden hører til en anden arrangør. Du kan kun ændre jeres egne.", at="/subject"
        )
