"""What the server does by the clock, and how often."""

from collections.abc import Mapping
from typing import Final

from server.jobs.arrange import arrange
from server.jobs.calendars import calendars
from server.jobs.expand import expand
from server.jobs.forget import forget
from server.jobs.keys import keys
from server.jobs.notices import notices
from server.jobs.remind import remind
from server.jobs.work import Job, in_one

MINUTE_S: Final = 60
HOUR_S: Final = 3600
DAY_S: Final = 24 * HOUR_S

JOBS: Final[Mapping[str, Job]] = {
    "expand": Job(6 * HOUR_S, in_one(expand)),
    "arrange": Job(DAY_S, arrange),
    "remind": Job(MINUTE_S, remind, after_ops=True),
    "keys": Job(DAY_S, keys),
    "forget": Job(HOUR_S, forget),
    "calendars": Job(HOUR_S, calendars, after_ops=True),
    "notices": Job(MINUTE_S, notices, after_ops=True),
}
