"""People follow and skip, events are moved and cancelled, settings change, the server dies and comes back: whatever happens, each phone is
told what a plain model says, and each of it once."""

import datetime
import random
from dataclasses import dataclass, field
from typing import Any, get_args

import pytest

from server.domain import reminding
from server.jobs import remind as job
from server.model.device import When
from server.model.moment import COPENHAGEN
from server.model.remind import due
from server.store import occurrence, site
from tests.server.conftest import World
from tests.server.jobs.following import Following

Key = tuple[str, str, int]
HOURS = ("07:30", "10:00", "14:30", "21:00")
PHONES = ("a", "b", "c", "d")
RIDES = (
    None,
    {"phone": "54731000", "hours_ahead": 2, "deadline_local": None, "hours": None, "price": None},
    {"phone": "54731000", "hours_ahead": 24, "deadline_local": None, "hours": None, "price": None},
    {"phone": "54731000", "hours_ahead": None, "deadline_local": "12:00", "hours": None, "price": None},
)
HOUR = datetime.timedelta(hours=1)
BEGIN = datetime.datetime(2026, 3, 25, 9, 0, tzinfo=datetime.UTC)
"""The clock is changed on the fourth day after."""


@dataclass
class Time:
    """One time, as the model knows it."""

    event: str
    day: datetime.date
    rule: datetime.datetime
    start: datetime.datetime
    state: str = "on"
    revision: int = 0

    @property
    def id(self) -> str:
        return f"{self.event}.{self.day:%Y%m%d}"


@dataclass
class Model:
    """What is to be told, of whom, by nothing but lists."""

    times: dict[str, Time] = field(default_factory=dict)
    follows: dict[tuple[str, str], set[str]] = field(default_factory=dict)
    skips: set[tuple[str, str]] = field(default_factory=set)
    pending: dict[Key, tuple[datetime.datetime, datetime.datetime]] = field(default_factory=dict)
    ever: set[Key] = field(default_factory=set)
    told: set[tuple[str, str, str, int]] = field(default_factory=set)

    def arrange(self, now: datetime.datetime, settings: Any) -> None:
        wanted = {}
        for time in self.times.values():
            for key in [key for key in self.pending if key[0] == time.id and key[2] < time.revision]:
                del self.pending[key]
            last = max(time.start, time.rule) if time.state == "moved" else time.start
            if time.revision and last > now:
                starts = [time.start, time.rule] if time.state == "moved" else [time.start]
                key = (time.id, "changed", time.revision)
                if key not in self.ever:
                    self.pending[key] = (at_once(now, starts), last)
                    self.ever.add(key)
            if time.state == "cancelled" or time.start <= now:
                continue
            for what in get_args(When):
                found = due(what, time.start, time.start.astimezone(COPENHAGEN).date(), False, settings)
                if found is not None:
                    wanted[time.id, what, time.revision] = (found.at, found.useful_until)
        for key, (at, until) in wanted.items():
            if key in self.pending:
                self.pending[key] = (at, until)
            elif key not in self.ever:
                self.ever.add(key)
                if at > now or (key[1] == "transport" and until > now):
                    self.pending[key] = (at, until)
        for key in [key for key in self.pending if key[1] != "changed" and key not in wanted]:
            if self.times[key[0]].start > now:
                del self.pending[key]
                self.ever.discard(key)

    def tell(self, now: datetime.datetime) -> None:
        ready = {key: until for key, (at, until) in self.pending.items() if at <= now}
        for key in ready:
            del self.pending[key]
        for event in {self.times[id].event for id, *_ in ready}:
            of = {key: until for key, until in ready.items() if self.times[key[0]].event == event}
            heard: dict[str, set[str]] = {}
            changes: set[str] = set()
            for key in sorted((key for key in of if key[1] == "changed"), key=lambda key: of[key]):
                time = self.times[key[0]]
                if at_once(now, [time.start, time.rule] if time.state == "moved" else [time.start]) < of[key]:
                    new = self.followers(time, None) - changes
                    changes |= new
                    self.say(new, key, heard)
            for what in ("transport", "hour", "evening"):
                for key, until in of.items():
                    if key[1] == what and (night_ends(now) or now) < until:
                        self.say(self.followers(self.times[key[0]], what), key, heard)

    def say(self, phones: set[str], key: Key, heard: dict[str, set[str]]) -> None:
        told = heard.setdefault(key[0], set())
        self.told |= {(phone, *key) for phone in phones - told}
        told |= phones

    def followers(self, time: Time, what: str | None) -> set[str]:
        every = {phone for phone in PHONES if (phone, time.id) not in self.skips}
        of = {phone: [self.follows.get((phone, one)) for one in (time.event, "site")] for phone in every}
        return {
            phone
            for phone, whens in of.items()
            if any(one is not None and (what is None or what in one) for one in whens)
        }


def night_ends(at: datetime.datetime) -> datetime.datetime | None:
    local = at.astimezone(COPENHAGEN)
    if 8 <= local.hour < 21:
        return None
    day = local.date() + datetime.timedelta(days=int(local.hour >= 21))
    return datetime.datetime.combine(day, datetime.time(8), COPENHAGEN).astimezone(datetime.UTC)


def at_once(now: datetime.datetime, starts: list[datetime.datetime]) -> datetime.datetime:
    over = night_ends(now)
    soon = min((start for start in starts if start > now), default=now)
    return now if over is None or soon < over + HOUR else over


class Run:
    """One run of a seed."""

    def __init__(self, world: World, seed: int) -> None:
        self.world, self.phones, self.model = world, Following(world), Model()
        self.chance = random.Random(seed)
        self.now = BEGIN
        self.clock()
        for phone in PHONES:
            self.phones.row(phone)
        self.events = [self.event() for _ in range(2)]

    def clock(self) -> None:
        self.phones.at(self.now.isoformat())

    def event(self) -> str:
        first, at = datetime.date(2026, 3, 27), self.chance.choice(HOURS)
        schedule = {"date": first.isoformat(), "starts": at, "ends": None, "rrule": "FREQ=WEEKLY;COUNT=3"}
        id = self.world.event(schedule=schedule)
        for week in range(3):
            day = first + datetime.timedelta(weeks=week)
            start = local(day, at)
            self.model.times[f"{id}.{day:%Y%m%d}"] = Time(id, day, start, start)
        self.model.arrange(self.now, site.get(self.world.tx))
        return id

    def step(self) -> None:
        self.chance.choice(
            [
                self.follow,
                self.follow,
                self.unfollow,
                self.skip,
                self.change,
                self.change,
                self.rides,
                self.daily,
                *[self.wait] * 8,
            ]
        )()

    def follow(self) -> None:
        phone, subject = self.chance.choice(PHONES), self.chance.choice([*self.events, "site"])
        when = {what for what in get_args(When) if self.chance.random() < 0.6}
        self.phones.follow(phone, "settings" if subject == "site" else "event", subject, *when)
        self.model.follows[phone, subject] = when

    def unfollow(self) -> None:
        phone, subject = self.chance.choice(PHONES), self.chance.choice([*self.events, "site"])
        self.phones.by(phone, "unfollow", "settings" if subject == "site" else "event", subject, {})
        self.model.follows.pop((phone, subject), None)

    def skip(self) -> None:
        phone, time, skips = (
            self.chance.choice(PHONES),
            self.chance.choice([*self.model.times.values()]),
            self.chance.random() < 0.6,
        )
        self.phones.skip(phone, time.event, time.day.isoformat(), skips)
        (self.model.skips.add if skips else self.model.skips.discard)((phone, time.id))

    def change(self) -> None:
        time = self.chance.choice([*self.model.times.values()])
        state = self.chance.choice(["on", "cancelled", "moved", "moved"])
        said: dict[str, Any] = {"day": time.day.isoformat(), "state": state}
        if state != "on":
            said["why"] = {"da": "Derfor."}
        if state == "moved":
            day = time.day + datetime.timedelta(days=self.chance.randint(-2, 3))
            said |= {"date": day.isoformat(), "starts": self.chance.choice(HOURS)}
        if self.world.do("change_time", "event", time.event, {"change": said})["status"] != "applied":
            return
        shown = occurrence.find(self.world.tx, time.event, time.day)
        assert shown is not None  # what has begun is not always changed, which is the event's own business
        if (time.state == "cancelled") != (shown.state == "cancelled") or time.start != shown.start:
            time.revision += 1
        time.state, time.start = shown.state, shown.start
        self.model.arrange(self.now, site.get(self.world.tx))

    def rides(self) -> None:
        self.phones.settings(transport=self.chance.choice(RIDES))
        self.arrange()

    def daily(self) -> None:
        self.arrange()

    def arrange(self) -> None:
        tx = self.world.tx
        for id in self.events:
            reminding.arrange(tx, self.now, id)
        self.model.arrange(self.now, site.get(tx))

    def wait(self) -> None:
        coming = sorted(at for at, _ in self.model.pending.values() if at > self.now)
        if coming and self.chance.random() < 0.8:
            self.now = coming[0]
        else:  # the server stood still, or nothing was due
            self.now += datetime.timedelta(minutes=self.chance.randint(1, 2000))
        self.clock()
        tx = self.world.tx
        while True:
            if self.chance.random() < 0.4:  # killed in the midst of it
                tx.execute("SAVEPOINT killed").fetchall()
                job.tell_due(tx, self.now)
                tx.execute("ROLLBACK TO killed").fetchall()
                tx.execute("RELEASE killed").fetchall()
            if not job.tell_due(tx, self.now):
                break
        self.model.tell(self.now)

    def found(self) -> list[tuple[str, str, str, int]]:
        names = {self.phones.row(phone): phone for phone in PHONES}
        rows = self.world.tx.execute(
            "SELECT d.device, m.about, m.what, m.revision FROM delivery d JOIN message m ON m.id = d.message"
        ).fetchall()
        return sorted((names[device], *rest) for device, *rest in rows)


def local(day: datetime.date, at: str) -> datetime.datetime:
    return datetime.datetime.combine(day, datetime.time.fromisoformat(at), COPENHAGEN).astimezone(datetime.UTC)


@pytest.mark.parametrize("seed", range(60))
def test_each_phone_is_told_what_a_plain_model_says_and_once(world: World, seed: int) -> None:
    run = Run(world, seed)
    for _ in range(60):
        run.step()
        assert run.found() == sorted(run.model.told)


def test_the_runs_are_no_toy_they_tell_all_there_is_and_are_killed(world: World) -> None:
    whats: set[str] = set()
    revisions = 0
    for seed in range(5):
        world.tx.execute("SAVEPOINT run").fetchall()
        run = Run(world, seed)
        for _ in range(60):
            run.step()
        whats |= {what for _, _, what, _ in run.found()}
        revisions = max(revisions, *(revision for *_, revision in run.found()))
        world.tx.execute("ROLLBACK TO run").fetchall()
        world.tx.execute("RELEASE run").fetchall()
    assert whats == {"evening", "transport", "hour", "changed"}
    assert revisions > 1
