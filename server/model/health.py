"""What staff are told of the machine that their map runs on, and what a backup that was asked for answers."""

from server.model.values import Value


class BackupMade(Value, frozen=True, kw_only=True):
    """A backup: what its folder is called, its bytes, when it was made (a moment), and whether somebody asked or a new version came."""

    name: str
    bytes: int
    made_at: str
    why: str


class SourceAge(Value, frozen=True, kw_only=True):
    """A register, and how many things of it are here."""

    source: str
    things: int


class PushAlarm(Value, frozen=True, kw_only=True):
    """A push service, its host, that lets us not send to so many `phones`. `status`: what it answers, 0 where it was not asked; `reason`:
    what it calls it; `since`: a moment."""

    service: str
    status: int
    reason: str
    phones: int
    since: str


class Pushes(Value, frozen=True, kw_only=True):
    """How it stands with messages to phones. `phones`: how many are reached. `due`: how many messages should have gone out by now;
    `oldest`: since when the first of them, a moment, null where none does. `closed`: push services that nothing comes through to, by their
    hosts. `contact`: whether push services are told whom to write to; nothing is sent without."""

    phones: int
    due: int
    oldest: str | None
    contact: bool
    alarms: tuple[PushAlarm, ...]
    closed: tuple[str, ...]


class Health(Value, frozen=True, kw_only=True):
    """`schema`: the database's version. `database_bytes`: the database with its log. `free_bytes`: what is left on its disk. `backup`: the
    newest, null where there is none that can be read; `backup_elsewhere`: whether backups go to another folder than the data's own.
    `imported_at`: when a file or a register last went in. `pushes`: the row "Beskeder". `stuck`: what is done by the clock
    (server/jobs/table.py), by name, and has not been for an hour, or failed three times in a row."""

    schema: str
    database_bytes: int
    free_bytes: int
    backup: BackupMade | None
    backup_elsewhere: bool
    imported_at: str | None
    sources: tuple[SourceAge, ...]
    pushes: Pushes
    stuck: tuple[str, ...]
