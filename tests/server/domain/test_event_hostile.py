"""Whatever is sent about events is applied or refused in words: nothing ends in an error of ours, and nothing takes for ever."""

import datetime
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

DAYS = st.one_of(
    st.dates(datetime.date(2026, 3, 1), datetime.date(2027, 6, 1)), st.dates(),
    st.sampled_from([datetime.date.min, datetime.date.max, datetime.date(2024, 2, 29)]),
).map(str)  # fmt: skip
CLOCK = st.one_of(st.none(), st.times().map(lambda t: f"{t:%H:%M}"), st.sampled_from(["24:00", "2:30", "02:30"]))
PARTS = st.lists(
    st.sampled_from(
        ["FREQ=DAILY", "FREQ=WEEKLY", "FREQ=MONTHLY", "FREQ=YEARLY", "FREQ=SECONDLY", "INTERVAL=1000", "INTERVAL=7", "INTERVAL=0",
         "COUNT=1000", "COUNT=3", "COUNT=1001", "UNTIL=20270101", "UNTIL=99991231T235959Z", "UNTIL=00010101", "UNTIL=20260407T120000",
         "BYDAY=MO,TU,WE,TH,FR", "BYDAY=2TU", "BYDAY=-53SU", "BYMONTH=2", "BYMONTHDAY=30", "BYMONTHDAY=-31", "BYYEARDAY=366",
         "BYWEEKNO=53", "BYWEEKNO=-53", "BYSETPOS=-1", "BYSETPOS=366", "BYHOUR=14", "BYMINUTE=0", "WKST=SU", "X=1", "RSCALE=HEBREW"]
    ),
    min_size=1, max_size=6,
).map(";".join)  # fmt: skip
SCHEDULE = st.fixed_dictionaries(
    {"date": DAYS},
    optional={
        "starts": CLOCK, "ends": CLOCK, "days": st.integers(0, 61), "rrule": st.one_of(st.none(), PARTS, st.text(max_size=40)),
        "skips": st.lists(st.sampled_from(["holidays", "school", "x"]), max_size=3), "left_out": st.lists(DAYS, max_size=5),
        "also": st.lists(DAYS, max_size=5), "sure": st.booleans(),
    },
)  # fmt: skip
CHANGE = st.fixed_dictionaries(
    {"day": DAYS},
    optional={
        "state": st.sampled_from(["on", "moved", "cancelled", "gone"]), "date": DAYS, "starts": CLOCK, "ends": CLOCK,
        "why": st.one_of(st.none(), st.just({"da": "Regn"})), "full": st.booleans(),
    },
)  # fmt: skip


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(schedule=SCHEDULE, change=CHANGE, split=DAYS, public=st.booleans())
def test_nothing_is_an_error_of_ours(
    world: Any, schedule: dict[str, Any], change: dict[str, Any], split: str, public: bool
) -> None:
    world.tx.execute("SAVEPOINT example").fetchall()
    try:
        id = world.event("public" if public else "draft")
        for verb, args in (
            ("save_event", {"set": {"schedule": schedule}}),
            ("change_time", {"change": change}),
            ("split_event", {"from": split, "id": world.id(), "set": {"schedule": schedule}}),
            ("move_event", {"to": "public"}),
            ("move_event", {"to": "cancelled", "why": {"da": "Regn"}}),
        ):
            reply = world.do(verb, "event", id, args)
            assert reply["status"] in ("applied", "refused"), reply
            if reply["status"] == "refused":
                assert reply["detail"]
    finally:
        world.tx.execute("ROLLBACK TO example").fetchall()
        world.tx.execute("RELEASE example").fetchall()
