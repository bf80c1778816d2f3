"""What opening the map rests on: how many places are in use, and the link of a trial, kept as the SHA-256 of its code alone."""

from hmac import compare_digest

from sync.sql import Tx, load

SQL = load(__file__)


def active_places(tx: Tx) -> int:
    """How many places are in use: state "active", not withdrawn."""
    return int(SQL.rows(tx, "active")[0][0])


def begin_trial(tx: Tx, sha256: bytes) -> None:
    """A trial with this link; the link before it opens nothing more."""
    SQL.run(tx, "begin", sha256=sha256)


def end_trial(tx: Tx) -> None:
    """Its link opens nothing more."""
    SQL.run(tx, "finish")


def is_trial(tx: Tx, sha256: bytes) -> bool:
    """Whether this is the hash of the code of the trial that runs."""
    row = SQL.row(tx, "trial")
    return row is not None and compare_digest(bytes(row[0]), sha256)
