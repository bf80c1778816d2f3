"""Where ops wait for the one writer: what is answered when the disk is full, and that nothing of it is kept."""

import asyncio
import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from server.ops import Credential, Ctx
from server.store import meta
from server.store.database import Database, Tx
from server.store.refusal import Full
from server.web.intake import Intake
from tests.server.web.conftest import new_id, op


@pytest.fixture
def data_dir(tmp_path: Path, empty_data: Path) -> Path:
    return shutil.copytree(empty_data, tmp_path / "data")


def small(tx: Tx) -> None:
    """SQLite's own limit of pages stands for the disk."""
    pages = tx.execute("PRAGMA page_count").fetchall()[0][0]
    tx.execute(f"PRAGMA max_page_count = {pages}").fetchall()


def roomy(tx: Tx) -> None:
    tx.execute("PRAGMA max_page_count = 1000000").fetchall()


def fill(tx: Tx) -> None:
    tx.execute("INSERT INTO meta (key, value) VALUES ('big', ?)", ("x" * 1_000_000,)).fetchall()


def test_on_a_full_disk_every_op_may_come_again_and_is_told_why(data_dir: Path) -> None:
    fields = {"form": "spot", "name": {"da": "Sted"}, "where": {"da": "x" * 4000}}
    lines = [json.dumps(op("save_place", "place", new_id(), {"set": fields})).encode() for _ in range(30)]

    async def go() -> list[list[Any]]:
        database = await Database.open(data_dir)
        try:
            intake = Intake(database, lambda now: Ctx.at(now, data_dir=data_dir), "epoch")
            await database.write(small)
            full = await intake.take(lines, Credential("local"))
            with pytest.raises(Full, match="is full"):
                await database.write(fill)
            await database.write(roomy)
            again = await intake.take(lines, Credential("local"))
            return [[json.loads(reply) for reply in taken.replies] for taken in (full, again)]
        finally:
            await database.close()

    full, again = asyncio.run(go())
    assert {reply["code"] for reply in full if reply["status"] == "later"} == {"full"}
    assert len(full) == len(lines)
    for before, after in zip(full, again, strict=True):
        assert after["status"] == "applied"
        assert after["again"] is (before["status"] == "applied")


def test_a_full_disk_puts_off_the_ops_of_every_phone_that_waits_for_the_same_flush(data_dir: Path) -> None:
    def place(size: int) -> bytes:
        fields = {"form": "spot", "name": {"da": "Sted"}, "where": {"da": "x" * size}}
        return json.dumps(op("save_place", "place", new_id(), {"set": fields})).encode()

    async def go() -> list[list[Any]]:
        database = await Database.open(data_dir)
        try:
            intake = Intake(database, lambda now: Ctx.at(now, data_dir=data_dir), "epoch")
            await database.write(small)
            phones = [[place(1)], [place(4000) for _ in range(30)], [place(1)]]
            taken = await asyncio.gather(*(intake.take(lines, Credential("local")) for lines in phones))
            await database.write(roomy)
            taken += [await intake.take(lines, Credential("local")) for lines in phones]
            return [[json.loads(reply) for reply in one.replies] for one in taken]
        finally:
            await database.close()

    before, large, behind, *again = asyncio.run(go())
    assert {(reply["status"], reply["code"]) for reply in (*before, *large, *behind)} == {("later", "full")}
    assert {(reply["status"], reply["again"]) for one in again for reply in one} == {("applied", False)}


def test_ready_writes_something_so_that_a_full_disk_is_noticed(data_dir: Path) -> None:
    async def go() -> tuple[str | None, str | None]:
        database = await Database.open(data_dir)
        try:
            await database.write(meta.touch)
            first = await database.read(lambda tx: meta.get(tx, "ready"))
            await database.write(meta.touch)
            return first, await database.read(lambda tx: meta.get(tx, "ready"))
        finally:
            await database.close()

    first, second = asyncio.run(go())
    assert first != second
