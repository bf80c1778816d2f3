"""The days of a schedule, as the desk reckons them too (tests/vectors/dates.json, tests/pwa/desk/dates.test.ts)."""

import datetime
from pathlib import Path
from typing import Any

import msgspec
import pytest

from server.model.event import Schedule
from server.model.recurrence import Closed, given
from server.model.site import Period

VECTORS = msgspec.json.decode((Path(__file__).parents[2] / "vectors" / "dates.json").read_bytes())
CLOSED = Closed(
    frozenset(datetime.date.fromisoformat(day) for day in VECTORS["holidays"]),
    tuple(msgspec.convert(period, Period) for period in VECTORS["school"]),
)


@pytest.mark.parametrize("one", VECTORS["cases"], ids=lambda one: one["case"])
def test_a_schedule_gives_the_days_of_the_vector(one: Any) -> None:
    schedule = msgspec.convert(one["schedule"], Schedule)
    found = given(schedule, CLOSED, datetime.date.fromisoformat(one["through"]))
    assert [day.isoformat() for day in found] == one["days"]
