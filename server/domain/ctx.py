"""What a verb is told of the world: time, randomness, folder and who acts are arguments, never taken from the air."""

import datetime
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

from server.domain.importing.prepare import Ready
from server.model.moment import COPENHAGEN, moment


def random_id() -> str:
    """A UUIDv4: for a report, whose id must not tell the moment as a UUIDv7 would."""
    return str(uuid.uuid4())


@dataclass(frozen=True, slots=True)
class Ctx:
    """`now` is UTC, `today` the day in Copenhagen. `who` goes into history; citizens are never named."""

    now: datetime.datetime
    today: datetime.date
    data_dir: Path
    who: str
    issuer: str | None = None
    """The municipality's own login, where it is set."""
    push_hosts: tuple[str, ...] = ()
    """Push services that the settings add to those that are known."""
    calendar_hosts: tuple[str, ...] = ()
    """Hosts on this machine from which calendars may be fetched."""
    device: int | None = None
    """The row of the phone that acts, where it has one (store/device.py)."""
    uuid: Callable[[], str] = random_id
    imports: Mapping[tuple[str, str | None], Ready] = field(default_factory=dict)
    """Files that were made ready before BEGIN, by (blob, source); apply_import makes what is not here ready itself."""

    @classmethod
    def at(
        cls,
        now: datetime.datetime,
        *,
        data_dir: Path,
        who: str = "local",
        issuer: str | None = None,
        push_hosts: tuple[str, ...] = (),
        calendar_hosts: tuple[str, ...] = (),
        imports: Mapping[tuple[str, str | None], Ready] | None = None,
    ) -> Self:
        """The world at a moment. ValueError for a moment without a zone."""
        if now.tzinfo is None:
            raise ValueError("a moment has a zone")
        return cls(
            now.astimezone(datetime.UTC),
            now.astimezone(COPENHAGEN).date(),
            data_dir,
            who,
            issuer,
            push_hosts,
            calendar_hosts,
            imports=imports or {},
        )

    @property
    def moment(self) -> str:
        """`now` as it is kept and travels: UTC, whole seconds, Z."""
        return moment(self.now)
