"""The clock of jobs: each is done when it is due, once at a time, whatever fails, is killed, or happens to the clock on the wall."""

import asyncio
import logging
import shutil
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from server.domain.ctx import Ctx
from server.jobs import runner as module
from server.jobs.runner import Runner
from server.jobs.table import JOBS
from server.jobs.work import Done, Job, Work, in_one
from server.settings import Settings
from server.store import job as stored
from server.store.database import Database
from server.store.refusal import StoreRefused
from sync.sql import Tx

BEGIN = datetime(2026, 4, 1, 7, 0, tzinfo=UTC)
Do = Callable[[Work, datetime], Awaitable[Done]]


class Clock:
    """A clock on the wall that somebody sets."""

    def __init__(self) -> None:
        self.now = BEGIN

    def __call__(self) -> datetime:
        return self.now


class Bench:
    """A database, and runners of it; `done` is what jobs did."""

    def __init__(self, data_dir: Path, database: Database) -> None:
        self.data_dir, self.database, self.clock = data_dir, database, Clock()
        self.done: asyncio.Queue[str] = asyncio.Queue()
        self.work = Work(database, Settings(data_dir=data_dir), lambda now: Ctx.at(now, data_dir=data_dir))
        self._tasks: list[asyncio.Task[None]] = []

    def job(self, name: str, next_at: Done = None) -> Do:
        async def run(work: Work, now: datetime) -> Done:
            self.done.put_nowait(f"{name} {now:%H:%M:%S}")
            return next_at

        return run

    def start(self, jobs: dict[str, Job]) -> Runner:
        runner = Runner(self.work, jobs, self.clock)
        self._tasks.append(asyncio.create_task(runner.run()))
        return runner

    async def next(self) -> str:
        return await asyncio.wait_for(self.done.get(), 20)

    async def rows(self) -> dict[str, stored.Row]:
        return {row.name: row for row in await self.database.read(stored.every)}

    async def until(self, holds: Callable[[dict[str, stored.Row]], bool]) -> dict[str, stored.Row]:
        async with asyncio.timeout(20):
            while not holds(found := await self.rows()):  # noqa: ASYNC110  a condition of the database
                await asyncio.sleep(0.01)
            return found

    async def stop(self) -> None:
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        self._tasks.clear()


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """It looks at the clock on the wall often: here somebody sets it."""
    monkeypatch.setattr(module, "TICK_S", 0.02)


def on_bench(begun: Path, tmp_path: Path, test: Callable[[Bench], Awaitable[None]]) -> None:
    async def whole() -> None:
        data_dir = shutil.copytree(begun, tmp_path / "data")
        database = await Database.open(data_dir, readers=1)
        bench = Bench(data_dir, database)
        try:
            await test(bench)
        finally:
            await bench.stop()
            await database.close()

    asyncio.run(whole())


def test_a_job_is_done_at_once_and_then_as_often_as_the_table_says(begun: Path, tmp_path: Path) -> None:
    async def test(bench: Bench) -> None:
        bench.start({"a": Job(60, bench.job("a"))})
        assert await bench.next() == "a 07:00:00"
        await bench.until(
            lambda found: found["a"].due_at == BEGIN + timedelta(seconds=60) and found["a"].lease_until is None
        )
        bench.clock.now += timedelta(seconds=60)
        assert await bench.next() == "a 07:01:00"
        assert bench.done.empty()

    on_bench(begun, tmp_path, test)


def test_a_job_may_be_due_sooner_than_the_table_says_and_never_later(begun: Path, tmp_path: Path) -> None:
    async def test(bench: Bench) -> None:
        jobs = {
            "soon": Job(60, bench.job("soon", BEGIN + timedelta(seconds=30))),
            "late": Job(60, bench.job("late", BEGIN + timedelta(days=30))),
            "again": Job(60, bench.job("again", BEGIN - timedelta(days=30))),
        }
        bench.start(jobs)
        assert {await bench.next() for _ in jobs} == {f"{name} 07:00:00" for name in jobs}
        found = await bench.until(lambda found: all(row.due_at > BEGIN for row in found.values()))
        assert {name: (row.due_at - BEGIN).total_seconds() for name, row in found.items()} == {
            "soon": 30,
            "late": 60,
            "again": 1,
        }

    on_bench(begun, tmp_path, test)


def test_a_clock_that_is_set_back_stops_no_job_and_one_that_is_set_on_does_none_twice(
    begun: Path, tmp_path: Path
) -> None:
    async def test(bench: Bench) -> None:
        bench.start({"a": Job(60, bench.job("a"))})
        await bench.next()
        await bench.until(lambda found: found["a"].lease_until is None and found["a"].due_at > BEGIN)
        bench.clock.now = BEGIN - timedelta(days=400)
        assert await bench.next() == "a 07:00:00"
        await bench.until(lambda found: found["a"].lease_until is None and found["a"].due_at < BEGIN)
        bench.clock.now = BEGIN + timedelta(days=400)
        assert await bench.next() == "a 07:00:00"
        await bench.until(lambda found: found["a"].lease_until is None and found["a"].due_at > bench.clock.now)
        assert bench.done.empty()

    on_bench(begun, tmp_path, test)


def test_a_job_that_fails_is_told_and_tried_again_later_each_time_and_stops_no_other(
    begun: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    fails = [ZeroDivisionError("a fault"), StoreRefused("No room."), None]

    async def breaks(work: Work, now: datetime) -> Done:
        if (error := fails.pop(0)) is not None:
            raise error
        return None

    async def test(bench: Bench) -> None:
        bench.start({"breaks": Job(3600, breaks), "a": Job(3600, bench.job("a"))})
        assert await bench.next() == "a 07:00:00"
        found = await bench.until(lambda found: found["breaks"].tries == 1)
        assert found["breaks"].due_at == BEGIN + timedelta(seconds=10)
        bench.clock.now += timedelta(seconds=10)
        found = await bench.until(lambda found: found["breaks"].tries == 2)
        assert found["breaks"].due_at == bench.clock.now + timedelta(seconds=20)
        bench.clock.now += timedelta(seconds=20)
        await bench.until(lambda found: found["breaks"].tries == 0 and found["breaks"].due_at > bench.clock.now)

    with caplog.at_level(logging.WARNING):
        on_bench(begun, tmp_path, test)
    assert caplog.messages == ["the job breaks failed: ZeroDivisionError", "the job breaks has to wait: No room."]


def test_what_is_at_a_job_when_it_is_killed_leaves_it_to_the_next_start(begun: Path, tmp_path: Path) -> None:
    async def hangs(work: Work, now: datetime) -> Done:
        started.set()
        await asyncio.Event().wait()
        return None

    started = asyncio.Event()

    async def test(bench: Bench) -> None:
        bench.start({"a": Job(60, hangs)})
        await asyncio.wait_for(started.wait(), 20)
        assert (await bench.rows())["a"].lease_until == BEGIN + stored.LEASE
        await bench.stop()
        bench.start({"a": Job(60, bench.job("a"))})
        assert await bench.next() == "a 07:00:00"

    on_bench(begun, tmp_path, test)


def test_a_lease_keeps_others_away_until_it_ends_or_the_clock_is_set_back(begun: Path, tmp_path: Path) -> None:
    async def test(bench: Bench) -> None:
        def all_of_it(tx: Tx) -> list[bool]:
            stored.begin(tx, ["a"], BEGIN)
            taken = [stored.take(tx, "a", BEGIN), stored.take(tx, "a", BEGIN + timedelta(minutes=9))]
            taken += [
                stored.take(tx, "a", BEGIN + stored.LEASE),
                stored.take(tx, "a", BEGIN - timedelta(days=1)),
                stored.take(tx, "b", BEGIN),
            ]
            return taken

        assert await bench.database.write(all_of_it) == [True, False, True, True, False]

    on_bench(begun, tmp_path, test)


def test_a_job_is_not_begun_again_while_it_runs_and_what_was_asked_meanwhile_is_done_after(
    begun: Path, tmp_path: Path
) -> None:
    async def test(bench: Bench) -> None:
        goes_on = asyncio.Event()

        async def slow(work: Work, now: datetime) -> Done:
            bench.done.put_nowait("begins")
            await goes_on.wait()
            return None

        runner = bench.start({"slow": Job(3600, slow, after_ops=True), "other": Job(3600, bench.job("other"))})
        assert {await bench.next(), await bench.next()} == {"begins", "other 07:00:00"}
        runner.wake()
        await bench.until(lambda found: found["other"].lease_until is None)
        assert bench.done.empty()
        goes_on.set()
        assert await bench.next() == "begins"

    on_bench(begun, tmp_path, test)


def test_a_job_that_left_the_table_leaves_the_database(begun: Path, tmp_path: Path) -> None:
    async def test(bench: Bench) -> None:
        bench.start({"old": Job(60, bench.job("old"))})
        await bench.next()
        await bench.stop()
        bench.start({"new": Job(60, bench.job("new"))})
        await bench.next()
        assert set(await bench.rows()) == {"new"}

    on_bench(begun, tmp_path, test)


def test_each_job_of_the_table_can_be_done_on_a_new_database_and_again(begun: Path, tmp_path: Path) -> None:
    async def test(bench: Bench) -> None:
        bench.start(dict(JOBS))
        found = await bench.until(
            lambda found: (
                len(found) == len(JOBS)
                and all(row.lease_until is None and row.due_at > BEGIN for row in found.values())
            )
        )
        assert {name: row.tries for name, row in found.items()} == dict.fromkeys(JOBS, 0)
        await bench.stop()
        bench.clock.now += timedelta(days=40)
        bench.start(dict(JOBS))
        await bench.until(
            lambda found: all(row.lease_until is None and row.due_at > bench.clock.now for row in found.values())
        )

    on_bench(begun, tmp_path, test)


def test_a_job_of_one_transaction_is_whole_or_not_at_all(begun: Path, tmp_path: Path) -> None:
    def half(tx: Tx, ctx: Ctx) -> Done:
        stored.begin(tx, ["made by it"], ctx.now)
        raise ZeroDivisionError

    async def test(bench: Bench) -> None:
        bench.start({"half": Job(60, in_one(half))})
        found = await bench.until(lambda found: "half" in found and found["half"].tries == 1)
        assert set(found) == {"half"}

    on_bench(begun, tmp_path, test)


def test_what_fails_again_and_again_and_what_nobody_does_is_told(begun: Path, tmp_path: Path) -> None:
    async def test(bench: Bench) -> None:
        def fail(tx: Tx) -> list[tuple[str, ...]]:
            stored.begin(tx, ["fails", "late", "well"], BEGIN)
            stored.done(tx, "well", BEGIN + timedelta(hours=1))
            for _ in range(3):
                stored.failed(tx, "fails", BEGIN + timedelta(hours=1))
            return [stored.stuck(tx, BEGIN + timedelta(minutes=minutes)) for minutes in (60, 61)]

        assert await bench.database.write(fail) == [("fails",), ("fails", "late")]

    on_bench(begun, tmp_path, test)
