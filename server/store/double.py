"""Two things that are one: what is said of the double, and what points at it. Inner ids."""

from sync.sql import Tx, load

SQL = load(__file__)


def give_faults(tx: Tx, double: int, into: int) -> list[str]:
    """Its reports are those of the one that stays, whose notes tell of both: open where one of them is, since the first report. Returns
    the reports' ids."""
    ids = [uid for (uid,) in SQL.rows(tx, "reports", double=double)]
    SQL.run(tx, "move_reports", double=double, into=into)
    SQL.run(tx, "drop_mended", double=double, into=into)
    SQL.run(tx, "join_open", double=double, into=into)
    SQL.run(tx, "move_notes", double=double, into=into)
    SQL.run(tx, "drop_notes", double=double)
    return ids


def places_with(tx: Tx, facility: int) -> list[str]:
    """The ids of the places, of every state, that have this facility."""
    return [uid for (uid,) in SQL.rows(tx, "places_with", double=facility)]


def followed_by(tx: Tx, place: int) -> list[str]:
    """The ids of the dissolved places that this one came after."""
    return [uid for (uid,) in SQL.rows(tx, "followed_by", double=place)]
