"""The sender as a server runs it: from a delivery in the database to what a phone shows, whatever the push service answers."""

import asyncio
import datetime
import logging
import os
from pathlib import Path

import pytest

from server.jobs.push import Pushing, pushing_of
from server.push import vapid
from server.push.counts import Counts
from server.push.findings import findings, standing
from server.push.origins import AT_ONCE
from server.settings import Settings
from server.store import device, parcel, push
from server.store.database import Database, local
from server.store.device import Reached
from tests.server.push.reached import ABOUT, TAG, nothing_waits, now, reach, sender, states, tell, when, while_pushing
from tests.server.push.standin import Phone, Say, StandIn, base64url


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
                assert device.reach(tx, row, at)
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
            while not (told := await database.read(push.closed)):  # noqa: ASYNC110  a condition of the database
                await asyncio.sleep(0.01)
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
