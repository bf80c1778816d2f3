"""A real database (SpatiaLite, migrated, begun) in which each test runs inside a transaction that is rolled back, and the
words in which tests speak: send ops, make things, look at the feed."""

import datetime
import itertools
import json
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Literal

import pytest
from hypothesis import settings

from server.model.values import Access, Text
from server.ops import Credential, Ctx, run
from server.prepare import prepare
from server.publish import publish
from server.store import facility, route
from server.store.database import file_of
from server.store.driver import connect
from server.store.facility import FacilityRow
from server.store.route import RouteRow, StretchRow
from sync import feed

settings.register_profile("untimed", deadline=None)  # a busy machine is no wrong answer
settings.load_profile("untimed")

ROOT = Path(__file__).resolve().parent.parent
NOW = datetime.datetime(2026, 4, 1, 7, 0, tzinfo=datetime.UTC)
E0, N0 = 684_000.0, 6_073_000.0
"""East and north of where made-up things lie: EPSG:25832, in Guldborgsund."""


class World:
    """One database, seen from a test. Ids that are not given count up and are UUIDv7."""

    def __init__(self, tx: sqlite3.Connection, data_dir: Path) -> None:
        self.tx, self.data_dir = tx, data_dir
        self.ctx = Ctx.at(NOW, data_dir=data_dir)
        self._numbers = itertools.count(1)

    def id(self) -> str:
        return f"019d4000-0000-7000-8000-{next(self._numbers):012}"

    def on(self, day: str) -> None:
        """Makes it noon of another day."""
        self.ctx = Ctx.at(datetime.datetime.fromisoformat(f"{day}T12:00:00Z"), data_dir=self.data_dir)

    def line(self, verb: str, kind: str, id: str, args: Any, /, **more: Any) -> bytes:
        """An op as the phone writes it: one line, its bytes for ever the same."""
        op = {"id": self.id(), "verb": verb, "at": "2026-04-01T07:00:00Z", "subject": {"kind": kind, "id": id}}
        return json.dumps(op | {"base": None, "args": args} | more, ensure_ascii=False).encode()

    def send(self, *lines: bytes, by: Literal["none", "session", "local"] = "local") -> list[dict[str, Any]]:
        return [json.loads(reply) for reply in run(self.tx, lines, Credential(by), self.ctx)]

    def do(self, verb: str, kind: str, id: str, args: Any, /, **more: Any) -> dict[str, Any]:
        """One op by the command line, and its reply."""
        return self.send(self.line(verb, kind, id, args, **more))[0]

    def done(self, verb: str, kind: str, id: str, args: Any) -> dict[str, Any]:
        """One op that must be applied."""
        reply = self.do(verb, kind, id, args)
        assert reply["status"] == "applied", reply
        return reply

    def place(self, state: str = "active", **fields: Any) -> str:
        """A place in a state, with all that a spot needs and the fields given."""
        id = self.id()
        given = {"form": "spot", "name": {"da": "Bænken ved søen"}, "point": [11.8745, 54.769], **FIVE, **fields}
        self.done("save_place", "place", id, {"set": given})
        for step in STEPS_TO[state]:
            self.done("move_state", "place", id, {"to": step})
        return id

    def organiser(self, name: str = "Krolfklubben", **fields: Any) -> str:
        """An organiser, as the desk makes it."""
        id = self.id()
        self.done("save_organiser", "organiser", id, {"set": {"name": name, **fields}})
        return id

    def event(self, state: str = "public", **fields: Any) -> str:
        """An event in a state: coffee each Tuesday at 14 from the 7th of April on, in words at a place; with the fields given."""
        id = self.id()
        schedule = {"date": "2026-04-07", "starts": "14:00", "ends": "16:00", "rrule": "FREQ=WEEKLY;BYDAY=TU"}
        given = {"name": {"da": "Kaffe"}, "where": {"da": "I forsamlingshuset."}, "schedule": schedule, **fields}
        self.done("save_event", "event", id, {"set": given})
        for step in EVENT_STEPS_TO[state]:
            why = {"why": {"da": "Huset er lukket."}} if step == "cancelled" else {}
            self.done("move_event", "event", id, {"to": step, **why})
        return id

    def facility(self, x: float = 0, y: float = 0, *, id: str | None = None, public: bool = True, **fields: Any) -> str:
        """A bench `x` m east and `y` m north of the made-up corner."""
        row = self.facility_row(x, y, id=id, public=public, **fields)
        assert facility.upsert(self.tx, row) != "unchanged"
        self.publish("facility", row.id)
        return row.id

    def facility_row(self, x: float, y: float, *, id: str | None = None, **fields: Any) -> FacilityRow:
        id = id or self.id()
        given: dict[str, Any] = {"name": None, "public": True, "type_text": "Bænk", "code": 1371, **fields}
        return FacilityRow(
            id=id,
            source="prøve",
            key=id,
            x=E0 + x,
            y=N0 + y,
            access=Access(),
            season=None,
            open_24h=None,
            source_text="Prøve",
            **given,
        )

    def route(self, *lines: list[tuple[float, float]], public: bool = True, **fields: Any) -> str:
        """A walking route of stretches, each a list of (x, y) metres from the made-up corner."""
        row = self.route_row(*lines, public=public, **fields)
        assert route.upsert(self.tx, row) != "unchanged"
        self.publish("route", row.id)
        return row.id

    def route_row(self, *lines: list[tuple[float, float]], id: str | None = None, **fields: Any) -> RouteRow:
        id = id or self.id()
        given: dict[str, Any] = {"slug": "soestien", "name": Text(da="Søstien"), "public": True, **fields}
        stretches = [
            StretchRow(
                id=f"{id[:-3]}{no:03}",
                no=no,
                xy=[(E0 + x, N0 + y) for x, y in line],
                length_m=round(
                    sum(((a[0] - b[0]) ** 2 + (a[1] - b[1]) ** 2) ** 0.5 for a, b in itertools.pairwise(line))
                ),
                surface=None,
                access=Access(),
            )
            for no, line in enumerate(lines, 1)
        ]
        return RouteRow(
            id=id,
            source="prøve",
            key=id,
            modes=("walk",),
            loop=False,
            season=None,
            source_text="Prøve",
            stretches=stretches,
            **given,
        )

    def publish(self, kind: str, id: str) -> dict[str, int]:
        return publish(self.tx, [(kind, id)], self.ctx.today)

    def body(self, scope: str, kind: str, id: str) -> Any:
        """The body in a scope as JSON; None where it is not there."""
        found = feed.current(self.tx, scope, kind, id)
        return None if found is None else json.loads(found[1])

    def count(self, table: str) -> int:
        return int(self.tx.execute(f"SELECT count(*) FROM {table}").fetchall()[0][0])


FIVE = {
    "where": {"da": "Ved søen, 200 m fra kirken."},
    "amenities": {"da": "En bænk og et bord."},
    "ground": {"da": "Fast grus."},
    "purpose": {"da": "Et hvil på turen."},
    "activities": {"da": "Se på fugle. Drikke kaffe."},
}
EVENT_STEPS_TO = {"draft": [], "proposed": ["proposed"], "public": ["public"], "cancelled": ["public", "cancelled"]}
STEPS_TO = {
    "idea": [],
    "developing": ["developing"],
    "active": ["developing", "active"],
    "resting": ["developing", "active", "resting"],
    "dissolved": ["developing", "active", "dissolved"],
}


@pytest.fixture(scope="session")
def begun(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A DATA_DIR with a new database. Copy it before you commit to it."""
    data_dir = tmp_path_factory.mktemp("begun")
    prepare(data_dir, code="376", name="Guldborgsund Kommune")
    return data_dir


@pytest.fixture(scope="session")
def _connection(begun: Path) -> Iterator[sqlite3.Connection]:
    connection = connect(file_of(begun))
    yield connection
    connection.close()


@pytest.fixture
def world(_connection: sqlite3.Connection, begun: Path) -> Iterator[World]:
    _connection.execute("BEGIN IMMEDIATE").fetchall()
    try:
        yield World(_connection, begun)
    finally:
        if _connection.in_transaction:
            _connection.execute("ROLLBACK").fetchall()


@pytest.fixture(scope="session")
def case() -> Callable[[str], Any]:
    """A file of tests/cases."""
    return lambda name: json.loads((ROOT / "cases" / f"{name}.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="session")
def vector() -> Callable[[str], Any]:
    """A file of tests/vectors."""
    return lambda name: json.loads((ROOT / "vectors" / f"{name}.json").read_text(encoding="utf-8"))
