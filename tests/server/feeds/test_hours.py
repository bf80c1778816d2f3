"""Opening hours in OpenStreetMap's words."""

import datetime
from typing import Any

import pytest

from server.feeds.hours import opening_hours
from server.model.hours import Except, Hours, Weekly

SEEN = datetime.date(2026, 3, 1)


def hours(*weekly: Weekly, **more: Any) -> Hours:
    return Hours(weekly=weekly, source="Kommunen", seen_on=SEEN, **more)


@pytest.mark.parametrize(
    ("told", "written"),
    [
        (None, None),
        (Hours(weekly=None, source="x", seen_on=SEEN), None),
        (hours(holidays="closed"), "off; PH off"),
        (hours(Weekly(days=("we", "mo"), opens="09:00", closes="15:00"), holidays="open"), "Mo,We 09:00-15:00"),
        (
            hours(
                Weekly(days=("mo",), opens="09:00", closes="12:00"),
                Weekly(days=("mo",), opens="22:00", closes="02:00", from_="05-01", through="08-31"),
            ),
            "Mo 09:00-12:00, May 01-Aug 31 Mo 22:00-02:00; PH unknown",
        ),
        (
            hours(
                Weekly(days=("su",), opens="00:00", closes="24:00"),
                holidays="closed",
                except_=(
                    Except(date=datetime.date(2026, 12, 24)),
                    Except(date=datetime.date(2026, 12, 5), opens="10:00", closes="12:00"),
                    Except(date=datetime.date(2026, 12, 5), opens="13:00", closes="14:00"),
                ),
            ),
            "Su 00:00-24:00; PH off; 2026 Dec 05 10:00-12:00,13:00-14:00; 2026 Dec 24 off",
        ),
    ],
)
def test_what_is_open_when(told: Hours | None, written: str | None) -> None:
    assert opening_hours(told) == written
