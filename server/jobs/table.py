"""What the server does by the clock, and how often."""

from collections.abc import Mapping
from typing import Final

from server.jobs.notices import notices
from server.jobs.work import Job

MINUTE_S: Final = 60
HOUR_S: Final = 3600
DAY_S: Final = 24 * HOUR_S

JOBS: Final[Mapping[str, Job]] = {
    "notices": Job(MINUTE_S, notices, after_ops=True),
}
