"""What is kept of who did what, and until when."""

import datetime
from typing import Any

import pytest

from server.store import audit
from tests.server.conftest import NOW


def at(day: str) -> datetime.datetime:
    return datetime.datetime.fromisoformat(f"{day}T12:00:00+00:00")


def add(world: Any, now: datetime.datetime = NOW, **more: Any) -> None:
    given = {"who": "local", "verb": "save_place", "kind": "place", "id": "p1", **more}
    audit.add(world.tx, now, **given)


@pytest.mark.parametrize(
    ("done", "now", "kept"),
    [
        ("2024-04-01", "2026-04-01", 1),
        ("2024-04-01", "2026-04-02", 0),
        ("2024-02-29", "2026-02-28", 1),
        ("2024-02-27", "2026-02-28", 0),
        ("2024-12-31", "2026-12-31", 1),
        ("2024-01-31", "2026-01-01", 1),
    ],
)
def test_who_did_what_is_kept_for_24_months(world: Any, done: str, now: str, kept: int) -> None:
    add(world, at(done))
    audit.thin(world.tx, at(now))
    assert world.count("audit") == kept


def test_each_new_row_takes_those_that_are_too_old_with_it(world: Any) -> None:
    add(world, at("2024-01-01"))
    add(world, at("2026-04-01"))
    assert [row.at for row in audit.page(world.tx).rows] == ["2026-04-01T12:00:00Z"]


def test_a_page_has_the_newest_hundred_and_the_next_those_before(world: Any) -> None:
    for n in range(audit.PAGE + 3):
        add(world, id=f"p{n}")
    first = audit.page(world.tx)
    assert (len(first.rows), first.more, first.rows[0].id) == (audit.PAGE, True, "p102")
    then = audit.page(world.tx, before=first.rows[-1].seq)
    assert ([row.id for row in then.rows], then.more) == (["p2", "p1", "p0"], False)


@pytest.mark.parametrize(
    ("asked", "ids"),
    [
        ({"who": "local"}, ["p3", "p1"]),
        ({"who": "somebody"}, ["p2"]),
        ({"kind": "route"}, ["p3"]),
        ({"kind": "place", "id": "p2"}, ["p2"]),
        ({"kind": "route", "id": "p2"}, []),
        ({"who": "local", "kind": "place"}, ["p1"]),
    ],
)
def test_rows_are_found_by_who_and_by_what(world: Any, asked: dict[str, Any], ids: list[str]) -> None:
    add(world, id="p1")
    add(world, id="p2", who="somebody")
    add(world, id="p3", kind="route")
    assert [row.id for row in audit.page(world.tx, **asked).rows] == ids


def test_somebody_whom_nobody_knows_is_nobody(world: Any) -> None:
    add(world, who=world.id())
    assert audit.page(world.tx).rows[0].who is None
