"""Every way in which something is written, each to be done in a process that dies at a step of it."""

import asyncio
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from server import app as wiring
from server import demo, local
from server.app import create_app
from server.jobs import push
from server.jobs.remind import tell_due
from server.model.device import MyFollow
from server.settings import Settings
from server.store import database, device, follow, meta, migrate, reminder
from server.store.device import Reached
from server.store.heads import Heads, Seen
from server.web.head import App
from sync import inbox
from tests.server.kill.fork import Say
from tests.server.kill.steps import Steps
from tests.server.kill.town import (
    BENCH,
    FRESH,
    PATH,
    PLACE,
    SOURCE,
    TABLE,
    Reading,
    begin,
    fault,
    no_self_check,
    op,
    place_ops,
)

Act = Callable[["Scene", Steps, Say], None]
SHELL = "<!doctype html><html lang=da><head><title>Mødesteder</title><!--head--></head><body><!--plain--></body></html>"
BULK = ("sql -- INSERT INTO spatial_ref_sys", "sql -- INSERT INTO spatial_ref_sys_aux")
"""12,000 rows of SpatiaLite's own table, in the one transaction that makes it: sampled."""


@dataclass(frozen=True, slots=True)
class Scene:
    """Where it happens: a DATA_DIR, the registers that were read, the app on it (made before forking,
    its database not open), a small demo."""

    data_dir: Path
    reading: Reading
    app: App
    demo: Path

    @property
    def settings(self) -> Settings:
        return Settings(data_dir=self.data_dir, readers=1)


class Still:
    """What runs beside the server, standing still: its writes would stand between the steps of those that are counted."""

    async def run(self) -> None:
        await asyncio.Event().wait()

    def wake(self) -> None:
        pass


def app_on(data_dir: Path, front: Path) -> App:
    """The app, with a stand-in for the phone's, and without the clock of jobs and the sender of pushes."""
    vars(wiring)["Runner"] = vars(push)["pushing_of"] = lambda *_: Still()
    (front / "assets").mkdir(parents=True, exist_ok=True)
    for page in ("index.html", "desk.html"):
        (front / page).write_text(SHELL, encoding="utf-8")
    app = create_app(Settings(data_dir=data_dir, readers=1), front)
    assert isinstance(app, App)
    return app


@dataclass(frozen=True, slots=True)
class WritePath:
    """`ready` makes of a town (or of an empty folder) what it begins with; `act` does it, and says each reply that left. `once`: ops
    that are sent again with the same bytes, so that nothing at all may differ afterwards. `stages`: where it is more than one
    transaction, what may be found when it died between two. `sampled`: sorts of steps of which a quick run draws some."""

    name: str
    act: Act
    ready: Callable[[Path], None] = lambda _: None
    town: bool = True
    once: bool = True
    start: bool = False
    stages: Sequence[Callable[[Path], None]] = ()
    sampled: tuple[str, ...] = ()


def posted(*lines: bytes) -> Act:
    """POST /api/v1/ops, as the app answers it; the app begins before and ends after."""

    def act(scene: Scene, steps: Steps, say: Say) -> None:
        asyncio.run(_post(scene.app, b"\n".join(lines), steps, say))

    return act


async def _post(app: App, body: bytes, steps: Steps, say: Say) -> None:
    answered: list[bytes] = []

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": body, "more_body": False}

    async def send(message: dict[str, Any]) -> None:
        answered.append(message.get("body", b""))
        if message["type"] == "http.response.body" and not message.get("more_body"):
            replies = json.loads(b"".join(answered))["results"]
            steps.reply(lambda: say(replies))

    async with app.lifespan():
        steps.begin()
        await app({
            "type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "method": "POST", "scheme": "http",
            "path": "/api/v1/ops", "raw_path": b"/api/v1/ops", "root_path": "", "query_string": b"",
            "headers": [(b"host", b"here"), (b"content-type", b"application/x-ndjson")],
            "client": ("127.0.0.1", 1), "server": ("127.0.0.1", 80), "state": {}, "extensions": {},
        }, receive, send)  # fmt: skip
    steps.end()


def typed(*lines: bytes) -> Act:
    """`python -m server op`: what it prints is its reply."""

    def act(scene: Scene, steps: Steps, say: Say) -> None:
        steps.begin()
        replies = [json.loads(reply) for reply in local.send(scene.settings, b"\n".join(lines))]
        steps.reply(lambda: say(replies))
        steps.end()

    return act


def imported(name: str) -> Act:
    """`python -m server import`."""

    def act(scene: Scene, steps: Steps, say: Say) -> None:
        with scene.reading.done():
            steps.begin()
            failed = local.import_files(scene.settings, [Path(name)], source=SOURCE)
            steps.reply(lambda: say([{"status": "applied" if failed == 0 else "refused"}]))
            steps.end()

    return act


def applied(scene: Scene, steps: Steps, say: Say) -> None:
    """The verb apply_import as an op, which can be sent again with the same bytes."""
    args = {"blob": scene.reading.blob("changed"), "source": SOURCE}
    typed(op(80, "apply_import", "settings", "site", args))(scene, steps, say)


def started(scene: Scene, steps: Steps, say: Say) -> None:
    """What every start does before it serves."""
    steps.begin()
    begin(scene.data_dir)
    steps.reply(lambda: say([{"status": "applied"}]))
    steps.end()


def shown(scene: Scene, steps: Steps, say: Say) -> None:
    """The demo, loaded into an empty folder: one of each, and a stand-in for the tile maker (a process that touches no database).
    What a start asks is whether it is there; then nothing more is done."""
    demo.HERE = scene.demo
    demo._tiles = a_map
    settings = Settings(data_dir=scene.data_dir, demo=True)
    no_self_check()
    with scene.reading.done():
        steps.begin()
        if not database.exists(settings.data_dir):
            demo.load(settings, lambda _: None)
        steps.reply(lambda: say([{"status": "applied"}]))
        steps.end()
    there = {path.relative_to(scene.data_dir).parts[0] for path in scene.data_dir.rglob("*") if path.is_file()}
    assert {"media", "packs", "imports", "moedesteder.db"} <= there, there


def a_map(settings: Settings, say: demo.Say) -> None:
    """What the tile maker leaves."""
    packs = settings.data_dir / "packs"
    packs.mkdir()
    (packs / "packs.json").write_text('{"packs":[]}', encoding="utf-8")


def put_back(data_dir: Path) -> None:
    """A database below its heads, as after a plain copy was put back, with a reply that is 61 days old."""
    with database.local(data_dir) as tx:
        told = f"{int((datetime.now(UTC) - timedelta(days=61)).timestamp() * 1000):012x}"
        id = f"{told[:8]}-{told[8:]}-7000-8000-000000000000"
        reply = {"id": id, "status": "applied", "again": False, "seq": {}, "result": {"conflicts": []}}
        inbox.keep(tx, id, bytes(32), json.dumps(reply).encode())
        seen = Heads.read_from(tx)
    Heads(data_dir).write(Seen(seen.epoch, {**seen.heads, "public": seen.heads["public"] + 5}, seen.inbox))


NUMBER = len(migrate.known()) + 1
LATER = migrate.Migration(
    NUMBER, f"{NUMBER:04}_later", "f" * 64,
    "CREATE TABLE later (x) STRICT;\nINSERT INTO later SELECT 1 FROM thing;\n-- republish\n".replace("(x)", "(x INTEGER)"),
)  # fmt: skip
KNOWN = migrate.known


def migrated(scene: Scene, steps: Steps, say: Say) -> None:
    """A start that finds a migration to run, which asks for every body to be made anew."""
    migrate.known = lambda *_: [*KNOWN(), LATER]
    started(scene, steps, say)


def outdated(data_dir: Path) -> None:
    """A body in the feed as an older version made it, so that making all anew changes something."""
    with database.local(data_dir) as tx:
        tx.execute("UPDATE site SET body = replace(body, 'Kommune', 'Commune')").fetchall()
        assert meta.get(tx, "republish") is None


def up_to(number: int, *more: migrate.Migration) -> Callable[[Path], None]:
    """The stage after so many migrations."""
    return lambda data_dir: void(
        migrate.migrate(database.file_of(data_dir), before=void, migrations=[*KNOWN(), *more][:number])
    )


def void(_: object) -> None:
    """Lets go of an answer."""


def edit(number: int, verb: str, id: str, base: str | None = None, **fields: Any) -> bytes:
    """What staff write of a bench or a path."""
    told = {"name": {"da": f"Rettet {number}"}, **fields}
    return op(number, verb, verb.removeprefix("save_"), id, {"set": told}, base)


EDITS = (
    edit(50, "save_facility", BENCH, point=[11.9, 54.8], code=None),
    edit(51, "save_facility", "019d4000-0000-7000-8000-000000000003", type_text="Bord", point=[11.91, 54.8]),
    edit(52, "save_route", PATH, slug="en-anden-sti", modes=["cycle"]),
)


def edited(data_dir: Path) -> None:
    """Fields that the register is to leave alone."""
    replies = local.send(Settings(data_dir=data_dir), b"\n".join(EDITS))
    assert all(b'"status":"applied"' in reply for reply in replies), replies


def followed(data_dir: Path) -> None:
    """An event of the day after tomorrow with three phones that follow it, one of them by its place as well."""
    day = (datetime.now(UTC) + timedelta(days=2)).date().isoformat()
    given = {"name": {"da": "Kaffe"}, "place_id": PLACE, "schedule": {"date": day, "starts": "14:00", "ends": "16:00"}}
    replies = local.send(
        Settings(data_dir=data_dir),
        b"\n".join(
            [
                op(60, "save_event", "event", FRESH, {"set": given}),
                op(61, "move_event", "event", FRESH, {"to": "public"}),
            ]
        ),
    )
    assert all(b'"status":"applied"' in reply for reply in replies), replies
    on = datetime.now(UTC).date()
    with database.local(data_dir) as tx:
        for number, subjects in enumerate(
            ([("event", FRESH)], [("place", PLACE)], [("event", FRESH), ("place", PLACE)]), 1
        ):
            tx.execute("INSERT INTO device VALUES (?, ?, ?)", (number, bytes([number] * 32), on.isoformat()))
            there = Reached(f"https://fcm.googleapis.com/{number}", "p", "a", "k", "da")
            assert device.reach(tx, number, there)
            for kind, id in subjects:
                mine = MyFollow(kind=kind, id=id, when=("evening",), only=None, since=on)  # type: ignore[arg-type]
                follow.keep(tx, number, mine)


def reminded(scene: Scene, steps: Steps, say: Say) -> None:
    """The evening before: what is due becomes a message and its deliveries."""
    steps.begin()
    with database.local(scene.data_dir) as tx:
        evening = next(one for one in reminder.of_event(tx, FRESH) if one.what == "evening")
        tell_due(tx, evening.due_at)
    steps.reply(lambda: say([{"status": "applied"}]))
    steps.end()
    with database.local(scene.data_dir) as tx:
        assert tx.execute("SELECT count(*) FROM delivery").fetchall() == [(3,)]


PATHS = (
    WritePath("POST: one report", posted(fault(10, "facility", BENCH))),
    WritePath(
        "POST: a batch of reports",
        posted(
            fault(10, "facility", BENCH),
            fault(11, "place", PLACE, "litter"),
            fault(12, "facility", BENCH),
            fault(13, "route", PATH, "under_water"),
        ),
    ),
    WritePath("POST: a refused one", posted(fault(10, "facility", BENCH, text="x" * 501))),
    WritePath(
        "POST: `later` beside one that is applied",
        posted(fault(10, "facility", BENCH, later=1), fault(11, "facility", BENCH), fault(12, "place", PLACE)),
    ),
    WritePath("op: save_place, move_state", typed(*place_ops(20, FRESH, 1.2))),
    WritePath("op: save_facility, save_route", typed(*EDITS)),
    WritePath("op: an edit on a base of old, refused", typed(*EDITS[:1], edit(54, "save_facility", BENCH, "0" * 8))),
    WritePath("op: withdraw", typed(op(30, "withdraw", "facility", TABLE, {"why": "Brændt."}))),
    WritePath(
        "op: merge, restore",
        typed(op(31, "merge", "facility", TABLE, {"into": BENCH}), op(32, "restore", "facility", TABLE, {})),
    ),
    WritePath(
        "op: save_settings", typed(op(40, "save_settings", "settings", "site", {"set": {"name": {"da": "Ny Kommune"}}}))
    ),
    WritePath("op: apply_import", applied),
    WritePath("import: a register, changed", imported("changed.geojson"), once=False),
    WritePath("import: a spreadsheet of places", imported("sheet.csv"), once=False),
    WritePath("import: a register over what was edited here", imported("changed.geojson"), ready=edited, once=False),
    WritePath("clock: reminders that are due", reminded, ready=followed),
    WritePath("start: an older copy was put back", started, ready=put_back, start=True),
    WritePath(
        "start: a migration and every body anew", migrated, ready=outdated, start=True, stages=[up_to(NUMBER, LATER)]
    ),
    WritePath("start: the demo into an empty folder", shown, town=False, start=True, sampled=("sql ",)),
    WritePath(
        "start: a new database",
        started,
        town=False,
        start=True,
        stages=[up_to(n) for n in range(NUMBER)],
        sampled=("sql -- ",),
    ),
)
