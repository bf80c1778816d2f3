"""A DATA_DIR with one of everything that a backup has to do with, and the words of these tests."""

import datetime
import json
import shutil
from pathlib import Path

import pytest

from server import local
from server.backup import backup
from server.prepare import prepare
from server.settings import Settings
from server.store.database import local as transaction
from sync import feed, inbox
from tests.server.web.conftest import FIVE, lines, new_id, op

AT = datetime.datetime(2026, 11, 26, 9, 0, tzinfo=datetime.UTC)
GOES_ALONG = {
    "media/" + "a" * 64 + "-320.webp": b"picture",
    "packs/packs.json": b'{"packs":[]}',
    "packs/" + "b" * 64 + ".pmtiles": b"map" * 400_000,
    "imports/" + "c" * 64 + ".ndjson": b'{"rows":0}\n',
    "keys/secret": b"secret",
    "later-room/state": b"of a version to come",
}
STAYS = ("assets/main-abc.js", "app/index.html", "imports/.reading-x/lines", "packs/.draft", "heads.123")


def begin(data_dir: Path, *, code: str = "376", demo: bool = False) -> Path:
    """A new database with a bench, and files beside it."""
    prepare(data_dir, code=code, name="Guldborgsund Kommune", demo=demo)
    bench(data_dir, "Bænken ved åen")
    for name, body in {**GOES_ALONG, **dict.fromkeys(STAYS, b"made again")}.items():
        (data_dir / name).parent.mkdir(parents=True, exist_ok=True)
        (data_dir / name).write_bytes(body)
    (data_dir / "keys/secret").chmod(0o600)
    return data_dir


def bench(data_dir: Path, name: str) -> str:
    """Makes an active bench by the command line's door, and returns its id."""
    id = new_id()
    fields = {"form": "spot", "name": {"da": name}, "point": [11.87, 54.77]}
    fields |= {field: {"da": f"Om {field}."} for field in FIVE}
    steps = [op("move_state", "place", id, {"to": to}) for to in ("developing", "active")]
    done = local.send(Settings(data_dir=data_dir), lines(op("save_place", "place", id, {"set": fields}), *steps))
    assert all(b'"status":"applied"' in reply for reply in done), done
    return id


def names(data_dir: Path) -> list[str]:
    """The places that phones would read, by name."""
    with transaction(data_dir) as tx:
        page = feed.page(tx, "public", None)
    return sorted(json.loads(body)["name"]["da"] for kind, _, _, body in page.changes if kind == "place" and body)


def epoch(data_dir: Path) -> str:
    with transaction(data_dir) as tx:
        return feed.epoch(tx)


def remembered(data_dir: Path) -> int:
    with transaction(data_dir) as tx:
        return inbox.count(tx)


def start(data_dir: Path) -> bool:
    """What a start does to the database; whether a new epoch began."""
    return prepare(data_dir, code="376", name="Guldborgsund Kommune").new_epoch


def files_in(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


@pytest.fixture(autouse=True)
def _driver_is_known(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each start looks at the driver in a process of its own; one look is enough for all of these."""
    monkeypatch.setattr("server.prepare.self_check", lambda: None)


@pytest.fixture(scope="session")
def _begun(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return begin(tmp_path_factory.mktemp("backup") / "data")


@pytest.fixture
def data_dir(_begun: Path, tmp_path: Path) -> Path:
    """A DATA_DIR of one's own, as a server has left it."""
    copied = shutil.copytree(_begun, tmp_path / "data")
    with transaction(copied):
        pass  # heads tell of this file now
    return copied


@pytest.fixture
def made(data_dir: Path) -> Path:
    """A backup of it."""
    return backup(data_dir, None, AT)
