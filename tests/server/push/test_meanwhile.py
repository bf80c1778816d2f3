"""What changes while a message goes out: its time, our keys, somebody's mind, the hour, the clock."""

import asyncio
import datetime
from functools import partial
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from server.jobs.push import Pushing
from server.model.site import Quiet, Site
from server.push import vapid
from server.push.origins import AT_ONCE
from server.store import delivery, device, parcel, push, site
from server.store.database import Database, local
from server.store.device import Reached
from tests.server.push.reached import ABOUT, TAG, nothing_waits, now, reach, states, tell, when, while_pushing
from tests.server.push.standin import Say, StandIn, base64url

S = datetime.timedelta(seconds=1)


def test_a_notice_that_is_stopped_goes_to_nobody_more(data_dir: Path) -> None:
    with StandIn(wait_s=0.2) as service:
        phones, last = [service.phone() for _ in range(6 * AT_ONCE)], service.phone()
        with local(data_dir) as tx:
            message = tell(tx, reach(tx, data_dir, service, phones), what="notice")
            behind = reach(tx, data_dir, service, [last])

        async def use(pushing: Pushing, database: Database) -> None:
            await when(lambda: service.asked >= AT_ONCE)
            await database.write(
                lambda tx: tx.execute(
                    "UPDATE delivery SET state = 'stopped' WHERE state = 'waiting' AND message = ?", (message,)
                )
            )
            await database.write(lambda tx: tell(tx, behind, what="hour", useful=7200))
            pushing.wake()
            await when(lambda: bool(last.shown))  # it goes after all the others, were they sent

        asyncio.run(while_pushing(data_dir, service, until=nothing_waits, use=use))
    assert service.asked <= 3 * AT_ONCE + 1
    found = states(data_dir)
    assert found["sent"] == sum(bool(phone.shown) for phone in [*phones, last])
    assert found["sent"] + found["stopped"] == len(phones) + 1


def occurrence(data_dir: Path, revision: int) -> None:
    """The time that ABOUT names, moved so often."""
    with local(data_dir) as tx:
        tx.execute("PRAGMA defer_foreign_keys = ON")
        row = tx.execute(
            "INSERT INTO thing (uid, kind, slug) VALUES (?, 'event', 'kaffe') RETURNING id", (ABOUT.split(".")[0],)
        ).fetchone()[0]
        tx.execute(
            "INSERT INTO event (thing, state, said, changed_at, changed_by) VALUES (?, 'public', '{}', '', '')", (row,)
        )
        tx.execute(
            "INSERT INTO occurrence (id, event, day, date, start_at, state, revision, body) "
            "VALUES (?, ?, '2026-03-12', '2026-03-12', '2026-03-12T13:00:00Z', 'moved', ?, '{}')",
            (ABOUT, row, revision),
        )


def test_a_time_that_moves_while_its_reminder_goes_out_is_told_as_it_is_now(
    data_dir: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """Who has the reminder is told of the move; who has it not is told of the move alone."""
    with StandIn(wait_s=0.1) as service:
        phones = [service.phone() for _ in range(4 * AT_ONCE)]
        with local(data_dir) as tx:
            rows = reach(tx, data_dir, service, phones)
            tell(tx, rows)

        async def use(pushing: Pushing, database: Database) -> None:
            await when(lambda: service.asked >= AT_ONCE)
            await asyncio.to_thread(occurrence, data_dir, 1)
            await database.write(lambda tx: tell(tx, rows, what="changed", revision=1, urgency="high"))
            pushing.wake()

        asyncio.run(while_pushing(data_dir, service, until=nothing_waits, use=use))
    moved, before = f"{ABOUT}/changed/1", TAG
    assert all(moved in phone.shown for phone in phones)
    assert {times for phone in phones for times in phone.times.values()} == {1}
    had = sum(before in phone.shown for phone in phones)
    assert AT_ONCE <= had < len(phones), "some had it already, and not all"
    found = states(data_dir)
    assert (found["stopped"], found["sent"]) == (len(phones) - had, len(phones) + had)
    assert "overtaken" in caplog.text


def test_rotated_keys_reach_who_comes_back_who_never_does_and_who_is_mid_fan_out(data_dir: Path) -> None:
    with StandIn(wait_s=0.05) as service:
        back, never, mid = (service.phone() for _ in range(3))
        with local(data_dir) as tx:
            rows = reach(tx, data_dir, service, [back, never, mid])
            tell(tx, rows)
        old = vapid.public_key(data_dir)
        new: list[str] = []
        renewed = service.phone()

        async def use(pushing: Pushing, database: Database) -> None:
            await when(lambda: service.asked >= 1)
            new.append(vapid.rotate(data_dir).public)  # while these three are on their way
            await when(lambda: bool(back.shown and never.shown and mid.shown))
            # One is opened, and subscribes with the key that there is now.
            renewed.made_with = new[0]
            at = Reached(service.endpoint(renewed), renewed.p256dh, base64url(renewed.auth), new[0], "da")
            await database.write(lambda tx: device.reach(tx, rows[0], at))
            await database.write(lambda tx: tell(tx, rows, what="hour"))
            pushing.wake()

        asyncio.run(while_pushing(data_dir, service, until=nothing_waits, use=use))
    assert service.wrong == [], "each is signed for with the key that its subscription was made with"
    assert states(data_dir) == {"sent": 6}
    assert [set(phone.shown) for phone in (back, renewed, never, mid)] == [
        {TAG}, {f"{ABOUT}/hour/0"}, {TAG, f"{ABOUT}/hour/0"}, {TAG, f"{ABOUT}/hour/0"},
    ]  # fmt: skip
    far = now().timestamp() + 400 * 86400
    with local(data_dir) as tx:
        assert push.keys(tx) == {old: 2, new[0]: 1}
        assert vapid.retire(data_dir, push.keys(tx), far) == [], "while one phone is reached by it"
        tx.execute("DELETE FROM push WHERE vapid = ?", (old,))
        assert [key.public for key in vapid.retire(data_dir, push.keys(tx), far)] == [old]


def test_a_subscription_of_another_key_is_not_tried_again_until_the_phone_renews_it(data_dir: Path) -> None:
    with StandIn() as service:
        phone, anew = service.phone(ever=(400, {}, '{"reason":"VapidPkHashMismatch"}')), service.phone()
        with local(data_dir) as tx:
            (row,) = reach(tx, data_dir, service, [phone])
            tell(tx, [row])
        asyncio.run(while_pushing(data_dir, service, until=nothing_waits))
        with local(data_dir) as tx:
            assert device.key_of(tx, row) == parcel.WRONG_KEY  # the phone compares it with the present key, and renews
            assert [(one.origin, one.status, one.phones) for one in push.alarms(tx)] == [(service.origin, 400, 1)]
            tell(tx, [row], what="hour")
        asyncio.run(while_pushing(data_dir, service, until=nothing_waits))
        assert service.asked == 1
        with local(data_dir) as tx:
            at = Reached(service.endpoint(anew), anew.p256dh, base64url(anew.auth), vapid.public_key(data_dir), "da")
            device.reach(tx, row, at)
            assert push.alarms(tx) == []
            tell(tx, [row], what="changed")
        asyncio.run(while_pushing(data_dir, service, until=nothing_waits))
    assert list(anew.shown) == [f"{ABOUT}/changed/0"]
    assert states(data_dir) == {"refused": 2, "sent": 1}


@pytest.mark.parametrize(("hours", "what", "goes"), [(6, "notice", True), (6, "evening", True), (6, "changed", False)])
def test_at_night_what_was_put_off_waits_for_the_morning(
    data_dir: Path, hours: int, what: delivery.What, goes: bool
) -> None:
    """`goes`: it is kept until then. What is of no use any more an hour after the night is said at once, where something has changed."""
    over = now() + datetime.timedelta(hours=5)
    with StandIn() as service:
        phone = service.phone()
        with local(data_dir) as tx:
            was = site.get(tx)
            start, end = _copenhagen(now() - datetime.timedelta(hours=1)), _copenhagen(over)
            site.put(tx, Site(name=was.name, code=was.code, quiet=Quiet(from_=start, to=end)))
            tell(tx, reach(tx, data_dir, service, [phone]), what=what, useful=hours * 3600 - 120)

        async def settled(database: Database) -> bool:
            rows = await database.read(lambda tx: tx.execute("SELECT state, not_before FROM delivery").fetchall())
            return bool(
                rows[0][0] == "sent"
                or rows[0][1] > (now() + datetime.timedelta(hours=4)).strftime("%Y-%m-%dT%H:%M:%SZ")
            )

        asyncio.run(while_pushing(data_dir, service, until=settled))
    assert bool(phone.shown) is not goes


def _copenhagen(at: datetime.datetime) -> str:
    return f"{at.astimezone(ZoneInfo('Europe/Copenhagen')):%H:%M}"


def test_a_clock_that_is_set_back_or_forward_loses_nothing_and_sends_nothing_twice(data_dir: Path) -> None:
    """An hour back while parcels are on their way: their leases end later than they can, and are nobody's."""
    at = [now()]
    with StandIn() as service:
        phones = [service.phone() for _ in range(3)]
        with local(data_dir) as tx:
            rows = reach(tx, data_dir, service, phones)
            tell(tx, rows, useful=5 * 3600)
            assert len(parcel.take(tx, at[0], 10)) == 3
            earlier = at[0] - datetime.timedelta(hours=1)
            tx.execute("UPDATE delivery SET not_before = '2026-01-01T00:00:00Z'")
            assert len(parcel.take(tx, earlier, 10)) == 3
            assert parcel.take(tx, earlier + 60 * S, 10) == []
            later = at[0] + datetime.timedelta(hours=3)
            assert len(parcel.take(tx, later, 10)) == 3
        asyncio.run(while_pushing(data_dir, service, until=nothing_waits))
    assert [phone.times for phone in phones] == [{TAG: 1}] * 3


@pytest.mark.parametrize("hours", [-1, 3])
def test_a_clock_that_is_set_while_a_reminder_goes_out_loses_and_doubles_nothing(data_dir: Path, hours: int) -> None:
    """What was due by the clock as it was waits until it is due by the clock as it is; what is on its way is not sent beside itself."""
    off = [datetime.timedelta()]
    busy: Say = (429, {"Retry-After": "1"}, "")
    with StandIn(wait_s=0.05) as service:
        phones = [service.phone(says=[busy] if number % 40 == 39 else []) for number in range(4 * AT_ONCE)]
        with local(data_dir) as tx:
            tell(tx, reach(tx, data_dir, service, phones), useful=5 * 3600)

        async def use(pushing: Pushing, database: Database) -> None:
            await when(lambda: service.answered["429"] > 0)
            off[0] = datetime.timedelta(hours=hours)
            if hours < 0:
                await when(lambda: service.busy == 0)
                off[0] = datetime.timedelta()
                pushing.wake()

        wall = partial(_later, off)
        asyncio.run(while_pushing(data_dir, service, until=nothing_waits, use=use, wall=wall))
    assert service.wrong == []
    assert [phone.times for phone in phones] == [{TAG: 1}] * len(phones)
    assert states(data_dir) == {"sent": len(phones)}


def _later(off: list[datetime.timedelta]) -> datetime.datetime:
    return now() + off[0]
