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


class Health(Value, frozen=True, kw_only=True):
    """`schema`: the database's version. `database_bytes`: the database with its log. `free_bytes`: what is left on its disk. `backup`: the
    newest, null where there is none that can be read; `backup_elsewhere`: whether backups go to another folder than the data's own.
    `imported_at`: when a file or a register last went in."""

    schema: str
    database_bytes: int
    free_bytes: int
    backup: BackupMade | None
    backup_elsewhere: bool
    imported_at: str | None
    sources: tuple[SourceAge, ...]
