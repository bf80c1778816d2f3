"""Opening hours of a date, held to the table that the phone is held to."""

import datetime
import json
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import msgspec
import pytest

from server.model.hours import Hours
from server.model.openings import periods_on

TABLE = json.loads((Path(__file__).parents[2] / "vectors" / "hours.json").read_text(encoding="utf-8"))
ZONE = ZoneInfo(TABLE["tz"])


def moment(day: datetime.date, minute: int) -> datetime.datetime:
    midnight = datetime.datetime.combine(day + datetime.timedelta(days=minute // 1440), datetime.time(), ZONE)
    return midnight.replace(hour=minute % 1440 // 60, minute=minute % 60).astimezone(datetime.UTC)


@pytest.mark.parametrize("case", [case for case in TABLE["cases"] if case["hours"]], ids=lambda case: case["case"])
def test_a_period_is_open_from_its_beginning_to_its_end(case: dict[str, Any]) -> None:
    hours = msgspec.convert(case["hours"], Hours)
    holidays = [datetime.date.fromisoformat(day) for day in case["holidays"]]
    at = datetime.datetime.fromisoformat(case["at"])
    today = at.astimezone(ZONE).date()
    days = (today - datetime.timedelta(days=1), today)
    found = {day: periods_on(hours, day, holidays) for day in days}
    is_open = any(
        moment(day, first) <= at < moment(day, last) for day, periods in found.items() for first, last in periods or ()
    )
    assert is_open == (case["is"] == "open")
    if case["is"] == "unknown":
        assert None in found.values()
