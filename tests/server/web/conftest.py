"""The real app on a real database, with a stand-in for the built phone app (five files)."""

import json
import shutil
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import uuid_utils
from litestar import Litestar
from litestar.testing import TestClient

from server import local
from server.app import create_app
from server.prepare import prepare
from server.settings import Settings
from server.store.heads import Heads
from tests.server.login import browsers
from tests.server.login.browsers import Doors

Client = TestClient[Litestar]
Op = dict[str, Any]
SHELL = (
    '<!doctype html><html lang="da"><head><title>Mødesteder</title><meta name="description" content="Find et sted."><!--head--></head>'
    "<body><div id=app><!--plain--></div></body></html>"
)


@pytest.fixture(scope="session")
def empty_data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A DATA_DIR as it is made, once; each test has a copy."""
    data = tmp_path_factory.mktemp("empty") / "data"
    prepare(data, code="376", name="Guldborgsund Kommune")
    return data


@pytest.fixture
def settings(tmp_path: Path, empty_data: Path) -> Settings:
    data = shutil.copytree(empty_data, tmp_path / "data")
    if (last := Heads(data).last()) is not None:
        Heads(data).write(last)  # else it is a copy that was put back, and the next command begins a new epoch
    return Settings(data_dir=data)


@pytest.fixture
def app_dir(tmp_path: Path) -> Path:
    return stand_in(tmp_path / "app")


def stand_in(folder: Path) -> Path:
    """The built phone app, in five files."""
    (folder / "assets").mkdir(parents=True)
    (folder / "assets" / "main-abc123.js").write_text("export {};", encoding="utf-8")
    (folder / "index.html").write_text(SHELL, encoding="utf-8")
    (folder / "desk.html").write_text(
        "<!doctype html><html lang=da><title>Mødesteder</title><!--head-->", encoding="utf-8"
    )
    (folder / "sw.js").write_text("self", encoding="utf-8")
    (folder / "manifest.webmanifest").write_text("{}", encoding="utf-8")
    return folder


@pytest.fixture
def client(settings: Settings, app_dir: Path) -> Iterator[Client]:
    with TestClient(create_app(settings, app_dir)) as client:
        yield client


@pytest.fixture
def doors(settings: Settings, app_dir: Path) -> Iterator[Doors]:
    """Browsers, each with cookies of its own, at one server."""
    with browsers.at(create_app(settings, app_dir)) as doors:
        yield doors


def op(verb: str, kind: str, id: str, args: dict[str, Any]) -> Op:
    subject = {"kind": kind, "id": id}
    return {
        "id": str(uuid.uuid4()), "verb": verb, "at": "2026-03-03T13:30:05Z", "subject": subject, "base": None, "args": args,
    }  # fmt: skip


def lines(*ops: Op) -> bytes:
    return b"\n".join(json.dumps(one, ensure_ascii=False).encode() for one in ops)


def new_id() -> str:
    return str(uuid_utils.uuid7())


FIVE = ("where", "amenities", "ground", "purpose", "activities")


@pytest.fixture
def active_bench(settings: Settings) -> Callable[..., str]:
    """Makes an active bench through the verbs, and returns its id."""

    def make(name: str = "Bænken ved åen", **more: Any) -> str:
        id = new_id()
        fields = {"form": "spot", "name": {"da": name}, "point": [11.87, 54.77]}
        fields |= {field: {"da": f"Om {field}."} for field in FIVE} | more
        steps = [
            op("move_state", "place", id, {"to": to, "why": None, "successor_id": None})
            for to in ("developing", "active")
        ]
        replies = local.send(settings, lines(op("save_place", "place", id, {"set": fields}), *steps))
        assert all(b'"status":"applied"' in reply for reply in replies), replies
        return id

    return make
