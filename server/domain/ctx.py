"""What a verb is told of the world: time, randomness, folder and who acts are arguments, never taken from the air."""

import datetime
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Self
from zoneinfo import ZoneInfo

COPENHAGEN = ZoneInfo("Europe/Copenhagen")


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
    uuid: Callable[[], str] = random_id

    @classmethod
    def at(cls, now: datetime.datetime, *, data_dir: Path, who: str = "local") -> Self:
        """The world at a moment. ValueError for a moment without a zone."""
        if now.tzinfo is None:
            raise ValueError("a moment has a zone")
        return cls(now.astimezone(datetime.UTC), now.astimezone(COPENHAGEN).date(), data_dir, who)

    @property
    def moment(self) -> str:
        """`now` as it is kept and travels: UTC, whole seconds, Z."""
        return self.now.strftime("%Y-%m-%dT%H:%M:%SZ")
