"""The built phone app beside older builds."""

import errno
import os
from pathlib import Path

import pytest
from litestar.testing import TestClient

from server.app import create_app
from server.settings import Settings
from server.store.refusal import StoreRefused
from server.web import built

DAY_S = 24 * 3600


def test_assets_of_the_build_before_are_served_for_thirty_days(settings: Settings, app_dir: Path) -> None:
    kept = settings.data_dir / "assets"
    kept.mkdir()
    for name, days in (("old-1.js", 29), ("older-2.js", 31)):
        (kept / name).write_text("old", encoding="utf-8")
        at = (app_dir / "index.html").stat().st_mtime - days * DAY_S
        os.utime(kept / name, (at, at))
    with TestClient(create_app(settings, app_dir)) as client:
        assert client.get("/assets/old-1.js").status_code == 200
        assert client.get("/assets/older-2.js").status_code == 404
        assert client.get("/assets/main-abc123.js").status_code == 200


def test_a_build_made_while_the_server_runs_changes_nothing_until_the_next_start(
    settings: Settings, app_dir: Path
) -> None:
    with TestClient(create_app(settings, app_dir)) as client:
        (app_dir / "sw.js").write_text("another build", encoding="utf-8")
        assert client.get("/sw.js").text == "self"
    with TestClient(create_app(settings, app_dir)) as client:
        assert client.get("/sw.js").text == "another build"


def test_an_asset_that_was_half_copied_is_copied_again(tmp_path: Path, app_dir: Path) -> None:
    kept = tmp_path / "kept"
    kept.mkdir()
    (kept / "main-abc123.js").write_text("exp", encoding="utf-8")
    built.keep_assets(app_dir, kept)
    assert (kept / "main-abc123.js").read_text(encoding="utf-8") == "export {};"


def no_room(*_: object) -> None:
    raise OSError(errno.ENOSPC, "No space left on device")


def test_the_build_before_is_served_on_where_a_new_one_has_no_room(
    settings: Settings, app_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with TestClient(create_app(settings, app_dir)):
        pass
    (app_dir / "sw.js").write_text("another build", encoding="utf-8")
    monkeypatch.setattr("shutil.copyfile", no_room)
    with TestClient(create_app(settings, app_dir)) as client:
        assert client.get("/sw.js").text == "self"
        assert client.get("/assets/main-abc123.js").status_code == 200


def test_a_start_with_the_same_build_copies_nothing(
    settings: Settings, app_dir: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    with TestClient(create_app(settings, app_dir)):
        pass
    monkeypatch.setattr("shutil.copyfile", no_room)
    with TestClient(create_app(settings, app_dir)) as client:
        assert client.get("/sw.js").text == "self"
    assert "could not be copied" not in caplog.text


def test_a_first_start_without_room_serves_the_build_from_where_it_was_made(
    settings: Settings, app_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("shutil.copyfile", no_room)
    with TestClient(create_app(settings, app_dir)) as client:
        assert client.get("/sw.js").text == "self"
        assert client.get("/assets/main-abc123.js").status_code == 200
    assert list((settings.data_dir / "assets").iterdir()) == []


def test_a_first_start_that_may_not_write_is_refused_with_a_line(
    settings: Settings, app_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def shut(*_: object) -> None:
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr("shutil.copyfile", shut)
    with pytest.raises(StoreRefused, match="can not be used"):
        create_app(settings, app_dir)
