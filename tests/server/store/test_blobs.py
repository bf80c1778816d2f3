"""Pictures and files on the disk and in the database: what stays, what leaves, and what an older database brings."""

import json
import os
import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from server.store import blobs, fault, migrate, thing
from server.store.database import file_of
from server.store.driver import connect

NOW = datetime(2026, 4, 1, 7, 0, tzinfo=UTC)
ONE, TWO = "a" * 64, "b" * 64


def lay(data_dir: Path, name: str) -> None:
    for wide in blobs.SIZES:
        file = blobs.size_of(data_dir, name, wide)
        file.parent.mkdir(exist_ok=True)
        file.write_bytes(b"picture")


def names(folder: Path) -> set[str]:
    return {file.name for file in folder.iterdir()} if folder.is_dir() else set()


def photo(name: str) -> dict[str, Any]:
    return {"sha256": name, "w": 4, "h": 3, "alt": {"da": "En bænk"}, "credit": ""}


def test_everybody_reads_a_picture_while_a_public_place_names_it(world: Any, tmp_path: Path) -> None:
    lay(tmp_path, ONE)
    blobs.put(world.tx, ONE, "picture", 14, blobs.Picture(4, 3), NOW)
    place = world.place("developing", photos=[photo(ONE)])
    blobs.arrange(world.tx, tmp_path)
    assert names(tmp_path / "media") == set()
    world.done("move_state", "place", place, {"to": "active"})
    blobs.arrange(world.tx, tmp_path)
    assert names(tmp_path / "media") == {f"{ONE}-320.webp", f"{ONE}-1280.webp"}
    world.done("save_place", "place", place, {"set": {"photos": []}})
    blobs.arrange(world.tx, tmp_path, {ONE})
    assert names(tmp_path / "media") == set()
    assert len(names(tmp_path / "blobs")) == 2


def test_what_a_rollback_left_for_everybody_is_taken_away_within_the_hour(world: Any, tmp_path: Path) -> None:
    lay(tmp_path, ONE)
    (tmp_path / "media").mkdir()
    for wide in blobs.SIZES:
        os.replace(blobs.size_of(tmp_path, ONE, wide), blobs.shown_at(tmp_path, ONE, wide))
    blobs.put(world.tx, ONE, "picture", 14, blobs.Picture(4, 3), NOW)
    blobs.settle(world.tx, tmp_path, NOW)
    assert names(tmp_path / "media") == set()
    assert len(names(tmp_path / "blobs")) == 2, "it is for staff still"


def test_a_photo_that_a_step_of_history_names_stays_so_that_the_step_can_be_undone(world: Any, tmp_path: Path) -> None:
    for name in (ONE, TWO):
        blobs.put(world.tx, name, "picture", 14, blobs.Picture(4, 3), NOW)
    place = world.place("active", photos=[photo(ONE)])
    world.done("save_place", "place", place, {"set": {"photos": []}})
    assert blobs.settle(world.tx, tmp_path, NOW + timedelta(hours=25)) == {ONE}


def test_an_orphan_that_is_sent_again_has_its_24_hours_anew_and_what_is_named_is_none(
    world: Any, tmp_path: Path
) -> None:
    place = world.place("active")
    for name in (ONE, TWO):
        blobs.put(world.tx, name, "picture", 14, blobs.Picture(4, 3), NOW)
    world.done("save_place", "place", place, {"set": {"photos": [photo(TWO)]}})
    for name in (ONE, TWO):
        blobs.put(world.tx, name, "picture", 14, blobs.Picture(4, 3), NOW + timedelta(hours=23))
    assert world.tx.execute("SELECT count(*) FROM blob WHERE orphan_since IS NOT NULL").fetchall() == [(1,)]
    assert blobs.settle(world.tx, tmp_path, NOW + timedelta(hours=25)) == {ONE, TWO}
    assert blobs.settle(world.tx, tmp_path, NOW + timedelta(hours=47)) == {TWO}


def test_what_a_killed_process_left_behind_is_taken_away_once_it_is_an_hour_old(tmp_path: Path) -> None:
    lay(tmp_path, ONE)
    lay(tmp_path, TWO)
    (tmp_path / "blobs" / ".incoming-x").mkdir()
    later = datetime.now(UTC)
    blobs.clear(tmp_path, {ONE}, later + timedelta(minutes=59))
    assert len(names(tmp_path / "blobs")) == 5
    blobs.clear(tmp_path, {ONE}, later + timedelta(minutes=61))
    assert names(tmp_path / "blobs") == {f"{ONE}-320.webp", f"{ONE}-1280.webp"}


def test_notes_of_what_was_mended_leave_after_14_days(world: Any) -> None:
    bench = world.facility()
    row = thing.rows_of(world.tx, "facility", [bench])[bench]
    fault.note(world.tx, row, "broken", world.ctx.today)
    report = fault.Report(0, row, "broken", "2026-04-01", ())
    fault.answer(world.tx, report, "fixed", world.ctx.today)
    day = world.ctx.today
    assert fault.over(world.tx, day + timedelta(days=13)) == []
    assert fault.over(world.tx, day + timedelta(days=14)) == [("facility", bench)]
    assert fault.over(world.tx, day + timedelta(days=14)) == []


def test_an_older_database_keeps_its_reports_and_knows_the_photos_that_its_places_have(tmp_path: Path) -> None:
    file, known = file_of(tmp_path), migrate.known()
    before = next(at for at, one in enumerate(known) if one.name == "0007_blobs")
    migrate.migrate(file, before=lambda _: None, migrations=known[:before])
    uid = "019d4000-0000-7000-8000-000000000001"
    with closing(sqlite3.connect(file)) as old, old:
        old.execute("INSERT INTO thing (id, kind, uid, slug) VALUES (1, 'place', ?, 'baenken')", [uid])
        said = json.dumps({"name": {"da": "Bænken"}, "photos": [{**photo(ONE), "w": 1280, "h": 960}]})
        old.execute(
            "INSERT INTO place (thing, form, state, said, was_public, changed_at, changed_by) VALUES (1, 'spot', 'idea', ?, 0, '', '')",
            [said],
        )
        old.execute(
            "INSERT INTO fault (uid, subject, what, since, state, text, photos, reported_by) "
            "VALUES (?, 1, 'broken', '2026-01-01', 'taken', 'Knækket', '[]', 'citizen')",
            [uid],
        )
    migrate.migrate(file, before=lambda _: None)
    with closing(connect(file)) as tx:
        assert blobs.pictures(tx, [ONE, TWO]) == {ONE: blobs.Picture(1280, 960)}
        (report,) = fault.bodies(tx, [uid])
        assert (report.text, report.state, report.shown.words, report.answer) == ("Knækket", "taken", False, None)
