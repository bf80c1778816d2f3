"""The sender as a server runs it: from a delivery in the database to what a phone shows, whatever the push service answers."""

import asyncio
import datetime
import logging
import os
from functools import partial
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from server.jobs.push import Pushing, pushing_of
from server.model.site import Quiet, Site
from server.push import vapid
from server.push.counts import Counts
from server.push.findings import findings, standing
from server.push.origins import AT_ONCE
from server.settings import Settings
from server.store import delivery, device, parcel, push, site
from server.store.database import Database, local
from server.store.device import Reached
from tests.server.push.reached import ABOUT, TAG, nothing_waits, now, reach, sender, states, tell, when, while_pushing
from tests.server.push.standin import Phone, Say, StandIn, base64url

S = datetime.timedelta(seconds=1)


def gone_from(data_dir: Path) -> set[int]:
    """Devices that are not reached."""
    with local(data_dir) as tx:
        return {
            row for (row,) in tx.execute("SELECT id FROM device WHERE id NOT IN (SELECT device FROM push)").fetchall()
        }


def test_what_waits_is_shown_by_each_phone_once(data_dir: Path) -> None:
    with StandIn() as service:
        phones = [service.phone() for _ in range(40)]
        with local(data_dir) as tx:
            tell(tx, reach(tx, data_dir, service, phones))
        asyncio.run(while_pushing(data_dir, service, until=nothing_waits))
    assert states(data_dir) == {"sent": 40}
    assert service.wrong == []
    assert [phone.times for phone in phones] == [{TAG: 1}] * 40
    (shown,) = phones[0].shown.values()
    assert (shown["title"], shown["lang"]) == ("Kaffe i Medborgerhuset", "da")
    assert shown["navigate"] == "https://moede.example/det-sker/kaffe#20260312"
    assert shown["data"]["event_id"] == TAG.split(".")[0]
    assert shown["data"]["day"] == "2026-03-12"


def test_a_subscription_that_is_gone_leaves_and_its_device_stays_with_what_it_follows(data_dir: Path) -> None:
    with StandIn() as service:
        stays, leaves, lost = service.phone(), service.phone(ever=410), service.phone(ever=404)
        with local(data_dir) as tx:
            _, second, third = rows = reach(tx, data_dir, service, [stays, leaves, lost])
            tell(tx, rows)
        asyncio.run(while_pushing(data_dir, service, until=nothing_waits))
    assert states(data_dir) == {"sent": 1, "gone": 2}
    assert gone_from(data_dir) == {second, third}


def test_a_phone_that_subscribes_anew_while_it_is_sent_to_gets_it_where_it_is_now(data_dir: Path) -> None:
    with StandIn() as service:
        old, new = service.phone(), service.phone()
        with local(data_dir) as tx:
            (row,) = reach(tx, data_dir, service, [old])
            tell(tx, [row])

        def judge(phone: Phone, _: object) -> Say:
            if phone is new:
                return 201
            with local(data_dir) as tx:
                at = Reached(service.endpoint(new), new.p256dh, base64url(new.auth), vapid.public_key(data_dir), "da")
                assert device.reach(tx, row, at, datetime.date(2026, 3, 2))
            return 410

        service.judge = judge
        asyncio.run(while_pushing(data_dir, service, until=nothing_waits))
    assert (states(data_dir), gone_from(data_dir)) == ({"sent": 1}, set())
    assert list(new.shown) == [TAG]


def test_a_push_service_that_is_busy_holds_back_its_own_phones_alone(data_dir: Path) -> None:
    with StandIn() as busy, StandIn() as other:
        slow = [busy.phone(says=[(429, {"Retry-After": "2"}, "")]) for _ in range(30)]
        quick = [other.phone() for _ in range(30)]
        with local(data_dir) as tx:
            tell(tx, reach(tx, data_dir, busy, slow))
            tell(tx, reach(tx, data_dir, other, quick), what="hour")

        async def use(pushing: Pushing, database: Database) -> None:
            await when(lambda: all(phone.shown for phone in quick))
            assert not any(phone.shown for phone in slow)
            await asyncio.sleep(0.3)
            told = await database.read(push.closed)
            assert [(one.origin, one.why) for one in told] == [(busy.origin, "429")]

        async def slow_has_it(_: Database) -> bool:
            for phone in slow:
                phone.says.clear()  # the first of them was told; the others would be by their own turn
            return all(phone.shown for phone in slow)

        asyncio.run(while_pushing(data_dir, busy, other, until=slow_has_it, use=use))
    first, second = min(busy.at), sorted(busy.at)[AT_ONCE if len(busy.at) > 60 else 30]
    assert second - first >= 1.9, "it was asked again before it said it might be"
    assert [phone.times for phone in slow + quick] == [{TAG: 1}] * 30 + [{f"{ABOUT}/hour/0": 1}] * 30
    with local(data_dir) as tx:
        assert push.closed(tx) == []


def test_what_the_one_before_had_on_its_way_is_sent_again_under_the_same_tag_and_topic(data_dir: Path) -> None:
    """As after `kill -9`: taken, sent, and not written down."""
    with StandIn() as service:
        phone = service.phone()
        with local(data_dir) as tx:
            tell(tx, reach(tx, data_dir, service, [phone]))
            (taken,) = parcel.take(tx, now(), 10)
            assert parcel.take(tx, now(), 10) == []

        async def once() -> None:
            sends = sender(data_dir, service)
            await sends.send(taken)
            await sends.close()

        asyncio.run(once())
        asyncio.run(while_pushing(data_dir, service, until=nothing_waits))
    assert phone.times == {TAG: 2}
    assert len({headers["Topic"] for headers in phone.headers}) == 1
    assert len(phone.shown) == 1


def test_what_is_late_is_dropped_with_a_line_and_no_phone_is_named(
    data_dir: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with StandIn() as service, caplog.at_level(logging.WARNING):
        phones = [service.phone() for _ in range(3)]
        with local(data_dir) as tx:
            rows = reach(tx, data_dir, service, phones)
            tell(tx, rows, useful=-1)
            tell(tx, rows, what="hour")
        asyncio.run(while_pushing(data_dir, service, until=nothing_waits))
    assert states(data_dir) == {"late": 3, "sent": 3}
    assert [list(phone.shown) for phone in phones] == [[f"{ABOUT}/hour/0"]] * 3
    assert f"3 pushes of {TAG} are not sent: late" in caplog.text
    for phone in phones:
        assert phone.token not in caplog.text


def test_a_push_is_held_no_longer_than_it_is_of_use(data_dir: Path) -> None:
    with StandIn() as service:
        phone = service.phone()
        with local(data_dir) as tx:
            tell(tx, reach(tx, data_dir, service, [phone]), useful=600)
        asyncio.run(while_pushing(data_dir, service, until=nothing_waits))
    assert 590 <= int(phone.headers[0]["TTL"]) <= 600


def test_urgent_ones_go_first_and_then_those_of_use_for_the_shortest_time(data_dir: Path) -> None:
    with StandIn() as service, local(data_dir) as tx:
        rows = reach(tx, data_dir, service, [service.phone() for _ in range(3)])
        tell(tx, rows, what="notice", about="019d4000-0000-7000-8000-000000000009", useful=50_000)
        tell(tx, rows, what="evening", useful=7200)
        tell(tx, rows, what="hour", useful=600)
        tell(tx, rows, what="changed", useful=90_000, urgency="high")
        taken = parcel.take(tx, now(), 12)
    assert [one.what for one in taken] == ["changed"] * 3 + ["hour"] * 3 + ["evening"] * 3 + ["notice"] * 3


def test_a_notice_that_is_stopped_goes_to_nobody_more(data_dir: Path) -> None:
    with StandIn(wait_s=0.2) as service:
        phones = [service.phone() for _ in range(6 * AT_ONCE)]
        with local(data_dir) as tx:
            message = tell(tx, reach(tx, data_dir, service, phones), what="notice")

        async def use(pushing: Pushing, database: Database) -> None:
            await when(lambda: service.asked >= AT_ONCE)
            await database.write(
                lambda tx: tx.execute(
                    "UPDATE delivery SET state = 'stopped' WHERE state = 'waiting' AND message = ?", (message,)
                )
            )
            await asyncio.sleep(1.0)  # time enough for all the others, were they sent

        asyncio.run(while_pushing(data_dir, service, until=nothing_waits, use=use))
    assert service.asked <= 3 * AT_ONCE
    found = states(data_dir)
    assert found["sent"] == sum(bool(phone.shown) for phone in phones)
    assert found["sent"] + found["stopped"] == len(phones)


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
            await database.write(lambda tx: device.reach(tx, rows[0], at, datetime.date(2026, 3, 2)))
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
            device.reach(tx, row, at, datetime.date(2026, 3, 2))
            assert push.alarms(tx) == []
            tell(tx, [row], what="changed")
        asyncio.run(while_pushing(data_dir, service, until=nothing_waits))
    assert list(anew.shown) == [f"{ABOUT}/changed/0"]
    assert states(data_dir) == {"refused": 2, "sent": 1}


def test_who_we_are_is_not_believed_is_an_alarm_that_says_where_and_how_many_and_goes_when_it_is_mended(
    data_dir: Path, caplog: pytest.LogCaptureFixture
) -> None:
    refusing: Say = (403, {}, '{"reason":"BadJwtToken"}')
    with StandIn() as service:
        phones = [service.phone(says=[refusing]) for _ in range(3)]
        with local(data_dir) as tx:
            rows = reach(tx, data_dir, service, phones)
            tell(tx, rows, useful=7200)

        async def all_refused(_: Database) -> bool:
            return all(not phone.says for phone in phones)

        asyncio.run(while_pushing(data_dir, service, until=all_refused))
        with local(data_dir) as tx:
            (alarm,) = push.alarms(tx)
            told = [
                one
                for one in findings(data_dir, standing(tx, now()), now(), contact="mailto:x@y.dk", hosts=(), demo=False)
                if one.mend
            ]
            # ten minutes later
            tx.execute("UPDATE delivery SET not_before = '2026-01-01T00:00:00Z'")
        assert (alarm.origin, alarm.status, alarm.reason, alarm.phones) == (service.origin, 403, "BadJwtToken", 3)
        assert [one.what for one in told] == [f"push to {service.origin}"]
        assert "403 BadJwtToken" in told[0].found
        assert "3 phones" in told[0].found
        assert states(data_dir) == {"waiting": 3}
        assert caplog.text.count("refuses what we send") == 1
        asyncio.run(while_pushing(data_dir, service, until=nothing_waits))
    with local(data_dir) as tx:
        assert push.alarms(tx) == []
    assert [phone.times for phone in phones] == [{TAG: 1}] * 3


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


def test_the_sender_ends_when_it_is_told_to_and_lets_go_of_its_connections(data_dir: Path) -> None:
    with StandIn() as service:
        phone = service.phone(ever="hang")
        with local(data_dir) as tx:
            tell(tx, reach(tx, data_dir, service, [phone]))

        async def on_its_way(_: Database) -> bool:
            return service.busy == 1

        asyncio.run(while_pushing(data_dir, service, until=on_its_way))
        assert states(data_dir) == {"waiting": 1}


def test_a_key_that_can_not_be_read_loses_nothing_and_is_told_once(
    data_dir: Path, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("server.jobs.push.FAULT", datetime.timedelta(seconds=0))
    with StandIn() as service:
        phones = [service.phone() for _ in range(20)]
        with local(data_dir) as tx:
            tell(tx, reach(tx, data_dir, service, phones))
        (file,) = (data_dir / "keys").iterdir()

        async def use(pushing: Pushing, database: Database) -> None:
            await when(lambda: "a fault of ours" in caplog.text)
            file.chmod(0o600)
            os.utime(file.parent)

        file.chmod(0o644)
        os.utime(file.parent)
        asyncio.run(while_pushing(data_dir, service, until=nothing_waits, use=use))
    assert caplog.text.count("a fault of ours") == 1
    assert [phone.times for phone in phones] == [{TAG: 1}] * 20


def test_a_sender_that_is_ended_before_it_begins_leaves_nothing_open(data_dir: Path) -> None:
    async def run() -> None:
        database = await Database.open(data_dir)
        task = asyncio.create_task(pushing_of(database, Settings(data_dir=data_dir), Counts()).run())
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        await database.close()

    asyncio.run(run())  # what is left open is a warning, which is an error here
