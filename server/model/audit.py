"""Who did what, as those who look after it read it."""

from typing import Final

from server.model.values import Value

LOCAL: Final = "local"
"""Who somebody is that is at the machine itself."""
AT_THE_MACHINE: Final = "Serverens kommandolinje"
KEPT_MONTHS: Final = 24
"""How long it is told who did what."""


class By(Value, frozen=True, kw_only=True):
    """Somebody who did something, with the name as it is now. `id` "local": at the machine itself."""

    id: str
    name: str


class AuditRow(Value, frozen=True, kw_only=True):
    """One thing that was done. `name` is the thing's (of a report that of what it is about) or
    the person's, null of what has none; `fields` what was said anew of it."""

    seq: int
    at: str
    who: By | None
    verb: str
    kind: str
    id: str
    name: str | None
    fields: tuple[str, ...]


class AuditPage(Value, frozen=True, kw_only=True):
    """The newest first. `more`: ask again with `before` the last `seq`."""

    rows: tuple[AuditRow, ...]
    more: bool


class Names(Value, frozen=True, kw_only=True):
    """Everybody who works here or did, by id."""

    names: dict[str, str]
