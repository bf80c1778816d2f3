"""The rule by which people are reminded, held to the table that the phone is held to as well, and to what must never happen."""

import datetime
import json
from pathlib import Path
from typing import Any, get_args

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.model.device import When
from server.model.hours import Hours
from server.model.moment import COPENHAGEN
from server.model.quiet import quiet_until
from server.model.remind import Due, due
from server.model.site import Quiet, Site, Transport
from server.model.values import Text

TABLE = json.loads((Path(__file__).parents[2] / "vectors" / "remind.json").read_text(encoding="utf-8"))
AT = datetime.datetime.fromisoformat


def site_of(case: dict[str, Any]) -> Site:
    rules = {name: case[name] for name in ("transport", "quiet", "holidays")}
    return msgspec.convert({"name": {"da": "G"}, "code": "376", **rules}, Site)


def moments(told: dict[str, str | None] | None) -> Due | None:
    if told is None:
        return None
    at, until, order = (
        None if told[name] is None else AT(told[name] or "") for name in ("at", "useful_until", "order_by")
    )
    assert at is not None
    assert until is not None
    return Due(at, until, order)


@pytest.mark.parametrize("case", TABLE["cases"], ids=lambda case: case["case"])
def test_the_table(case: dict[str, Any]) -> None:
    date = datetime.date.fromisoformat(case["date"])
    for what in get_args(When):
        found = due(what, AT(case["start"]).astimezone(datetime.UTC), date, case["all_day"], site_of(case))
        assert found == moments(case["due"][what]), what


def test_the_table_has_each_hour_over_both_changes_of_the_clock_in_each_way_of_ordering() -> None:
    over = {"2026-03-29", "2026-10-25"}
    found = {
        (case["date"], case["start"][11:16], json.dumps(case["transport"]))
        for case in TABLE["cases"]
        if case["date"] in over and not case["all_day"]
    }
    ways = {way for _, _, way in found}
    assert len(ways) == 8
    assert found == {(day, at, way) for day in over for at in ("07:30", "10:00", "14:30", "21:00") for way in ways}


CLOCKS = st.times().map(lambda time: time.strftime("%H:%M"))
QUIET = st.none() | st.builds(
    lambda a, b: Quiet(from_=a, to=b),
    st.sampled_from(["20:00", "21:00", "22:30", "00:00"]),
    st.sampled_from(["05:00", "07:00", "08:00"]),
)
HOURS = st.none() | st.builds(
    lambda days, opens, closes: msgspec.convert(
        {
            "weekly": [{"days": sorted(days), "opens": opens, "closes": closes}],
            "holidays": None,
            "source": "x",
            "seen_on": "2026-01-01",
        },
        Hours,
    ),
    st.sets(st.sampled_from(["mo", "tu", "we", "th", "fr", "sa", "su"]), min_size=1),
    st.sampled_from(["07:00", "09:00"]),
    st.sampled_from(["11:00", "15:30", "23:00"]),
)
TRANSPORTS = st.none() | st.builds(
    lambda ahead, deadline, hours: Transport(phone="1", hours_ahead=ahead, deadline_local=deadline, hours=hours),
    st.none() | st.integers(0, 336),
    st.none() | CLOCKS,
    HOURS,
)
STARTS = st.integers(0, 2 * 365 * 24 * 60).map(
    lambda minute: AT("2026-01-01T00:00Z") + datetime.timedelta(minutes=minute)
)


@given(STARTS, QUIET, TRANSPORTS, st.sampled_from(get_args(When)))
def test_nobody_is_woken_and_nothing_comes_too_late(
    start: datetime.datetime, quiet: Quiet | None, transport: Transport | None, what: When
) -> None:
    site = Site(name=Text(da="G"), code="376", quiet=quiet, transport=transport)
    date = start.astimezone(COPENHAGEN).date()
    found = due(what, start, date, False, site)
    if found is None:
        assert what == "transport"
        return
    assert quiet_until(found.at, quiet) is None, "inside the quiet hours"
    assert found.useful_until <= start
    assert (found.order_by is None) == (what != "transport")
    if what != "evening":
        assert found.at < found.useful_until
    if transport and what == "transport" and transport.hours_ahead is not None and found.order_by:
        assert found.order_by <= start - datetime.timedelta(hours=transport.hours_ahead)
