"""What whoever looks after the server is told of pushes, and what mends it."""

import asyncio
import datetime
import os
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from server.cli import main
from server.domain.ctx import Ctx
from server.jobs.keys import keys
from server.jobs.work import Work
from server.push import vapid
from server.push.findings import Finding, findings, standing
from server.settings import Settings
from server.store import parcel, push
from server.store.database import Database, local
from server.store.parcel import Settled
from server.store.push import Closed
from tests.server.push.reached import CONTACT, now, reach, tell
from tests.server.push.standin import StandIn

HOUR = datetime.timedelta(hours=1)


def found(data_dir: Path, **more: Any) -> dict[str, Finding]:
    """What is wrong, by what it is of."""
    given = {"contact": CONTACT, "hosts": (), "demo": False, **more}
    with local(data_dir) as tx:
        told = standing(tx, now())
    return {one.what: one for one in findings(data_dir, told, now(), **given) if one.mend}


def phones(data_dir: Path, count: int = 3) -> list[int]:
    service = StandIn(port=4711)
    with local(data_dir) as tx:
        return reach(tx, data_dir, service, [service.phone() for _ in range(count)])


def test_a_server_that_nobody_follows_yet_is_well(data_dir: Path) -> None:
    assert found(data_dir, contact=None) == {}


def test_without_a_contact_it_is_wrong_as_soon_as_there_is_a_phone(data_dir: Path) -> None:
    phones(data_dir)
    assert list(found(data_dir, contact=None)) == ["push contact"]
    assert found(data_dir) == {}


def test_a_push_service_on_this_machine_is_for_tests_alone(data_dir: Path) -> None:
    assert "push_hosts" in found(data_dir, hosts=("127.0.0.1:4711",))
    assert found(data_dir, hosts=("127.0.0.1:4711",), demo=True) == {}
    assert found(data_dir, hosts=("push.kommune.dk",)) == {}


def test_keys_that_are_gone_and_phones_that_nothing_reaches_are_told(data_dir: Path) -> None:
    phones(data_dir)
    (file,) = (data_dir / "keys").iterdir()
    file.rename(data_dir / "elsewhere.pem")
    assert found(data_dir)["push key"].mend == "put DATA_DIR/keys back from a backup"
    vapid.public_key(data_dir)
    told = found(data_dir)["push key"]
    assert "3 phones by keys that are not here" in told.found


def test_each_answer_has_its_line_how_many_phones_and_what_mends_it(data_dir: Path) -> None:
    rows = phones(data_dir, 6)
    with local(data_dir) as tx:
        tell(tx, rows, useful=7200)
        first, second, third, fourth, fifth, _ = parcel.take(tx, now(), 10)
        done = [
            Settled(first, "alarm", 403, reason="BadJwtToken"),
            Settled(second, "alarm", 403, reason="BadJwtToken"),
            Settled(third, "alarm", 302, reason="redirect"),
            Settled(fourth, "wrong_key", 400, reason="VapidPkHashMismatch"),
            Settled(fifth, "refused", reason="not_allowed"),
        ]
        parcel.settle(tx, done, now())
        alarms = {(one.status, one.reason): one.phones for one in push.alarms(tx)}
        told = list(findings(data_dir, standing(tx, now()), now(), contact=CONTACT, hosts=(), demo=False))
    assert alarms == {
        (403, "BadJwtToken"): 2,
        (302, "redirect"): 1,
        (400, "VapidPkHashMismatch"): 1,
        (0, "not_allowed"): 1,
    }
    lines = [f"{one.found} → {one.mend}" for one in told if one.what.startswith("push to")]
    assert len(lines) == 4
    text = "\n".join(lines)
    assert "refused (403 BadJwtToken): 2 phones" in text
    assert "clock" in text
    assert "setting proxy" in text
    assert "subscribe anew" in text
    assert "push_hosts" in text


def test_a_push_service_that_believes_nobody_of_us_is_an_alarm_of_all_its_phones(data_dir: Path) -> None:
    """The first five are refused, and the others are not tried any more."""
    rows, origin = phones(data_dir, 6), "http://127.0.0.1:4711"
    with local(data_dir) as tx:
        tell(tx, rows, useful=7200)
        refused = [Settled(one, "alarm", 403, reason="BadJwtToken") for one in parcel.take(tx, now(), 5)]
        parcel.settle(tx, refused, now())
        assert [one.phones for one in push.alarms(tx)] == [5]
        push.close(tx, Closed(origin, now(), now() + HOUR, 1, "BadJwtToken"))
        assert [one.phones for one in push.alarms(tx)] == [6]


@pytest.mark.parametrize(
    ("why", "since", "wrong"),
    [
        ("429", 10, False),
        ("429", 90, True),
        ("silent", 10, False),
        ("silent", 90, True),
        ("closed_address", 0, True),
        ("no_contact", 0, True),
    ],
)
def test_a_push_service_that_nothing_comes_through_to_is_wrong_after_an_hour(
    data_dir: Path, why: str, since: int, wrong: bool
) -> None:
    phones(data_dir)
    origin, at = "http://127.0.0.1:4711", now() - datetime.timedelta(minutes=since)
    with local(data_dir) as tx:
        push.close(tx, Closed(origin, at, now() + HOUR, 3, why))
    assert (f"push to {origin}" in found(data_dir)) is wrong


def test_what_has_waited_for_over_an_hour_is_wrong(data_dir: Path) -> None:
    rows = phones(data_dir)
    with local(data_dir) as tx:
        tell(tx, rows, at=now() - 2 * HOUR, useful=9 * 3600)
    assert list(found(data_dir)) == ["pushes"]


def call(data_dir: Path, *words: str) -> Any:
    env = {"DATA_DIR": str(data_dir), "DEMO": "0", "COLUMNS": "300"}
    return CliRunner().invoke(main, words, env=env)


def test_keys_are_rotated_by_a_command_and_doctor_tells_how_many_phones_each_reaches(data_dir: Path) -> None:
    phones(data_dir)
    old = vapid.public_key(data_dir)
    done = call(data_dir, "push", "rotate-keys")
    assert done.exit_code == 0
    assert "Key number 2 is made" in done.stdout
    assert "3 phones" in done.stdout
    assert vapid.public_key(data_dir) != old
    said = call(data_dir, "doctor").stdout
    assert "ok   push key: number 2" in said
    assert "0 phones; 1 from before, 3 phones" in said
    assert "WRONG push contact" in said


def test_without_a_database_there_is_nothing_to_rotate(tmp_path: Path) -> None:
    done = call(tmp_path / "none", "push", "rotate-keys")
    assert done.exit_code == 1
    assert not (tmp_path / "none").exists()


def test_a_day_takes_keys_that_nobody_is_reached_by_and_push_services_that_nobody_has(data_dir: Path) -> None:
    rows = phones(data_dir)
    old, new = vapid.public_key(data_dir), vapid.rotate(data_dir)
    with local(data_dir) as tx:
        push.close(tx, Closed("https://x.push.apple.com", now(), now() + HOUR, 1, "silent"))
        push.close(tx, Closed("http://127.0.0.1:4711", now(), now() + HOUR, 1, "silent"))

    async def day(at: datetime.datetime) -> None:
        database = await Database.open(data_dir)
        work = Work(database, Settings(data_dir=data_dir), lambda moment: Ctx.at(moment, data_dir=data_dir))
        await keys(work, at)
        await database.close()

    later = now() + datetime.timedelta(days=40)
    asyncio.run(day(later))
    assert [key.public for key in vapid.keys(data_dir)] == [old, new.public]
    with local(data_dir) as tx:
        assert [origin for (origin,) in tx.execute("SELECT origin FROM push_closed").fetchall()] == [
            "http://127.0.0.1:4711"
        ]
        tx.execute(
            "UPDATE push SET vapid = ? WHERE device IN (SELECT value FROM json_each(?))", (new.public, str(rows))
        )
    asyncio.run(day(now() + datetime.timedelta(days=20)))
    assert len(vapid.keys(data_dir)) == 2
    asyncio.run(day(later))
    assert [key.public for key in vapid.keys(data_dir)] == [new.public]
    assert os.listdir(data_dir / "keys") == ["vapid-0002.pem"]
