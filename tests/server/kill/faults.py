"""Disks that are full or can not be written, and databases that somebody holds: what a phone is answered, what a person at the command
line reads, and that all goes on when the cause is gone, the server not started again."""

import json
import os
import resource
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass
from pathlib import Path

from server.store import spare
from tests.server.kill.beside import benches
from tests.server.kill.served import Answer, Served, command, fault
from tests.server.kill.small import SmallDisk
from tests.server.kill.town import BENCH, REGISTERS

LEFT = 300_000
MEGABYTES = 160
"""Room for a backup, which leaves 100 MB free."""
HOLD = """import sqlite3, sys
tx = sqlite3.connect(sys.argv[1], isolation_level=None)
for sql in sys.argv[2:]: tx.execute(sql).fetchall()
print("held", flush=True)
sys.stdin.read()"""
MIGRATES = """from server.store import migrate
from tests.server.kill.paths import KNOWN, LATER
migrate.known = lambda *_: [*KNOWN(), LATER]
from server.cli import main
main(["prepare"])"""


@dataclass(frozen=True, slots=True)
class Told:
    """What a phone is told while it lasts, and of the same op when it is over."""

    fault: str
    op: str
    again: str
    page: str
    ready: str
    live: str
    after: str


@dataclass(frozen=True, slots=True)
class Said:
    """What a command says (its last line) and ends with; and what it ends with when it is over (tried of the last of a fault)."""

    fault: str
    command: str
    status: int
    line: str
    after: int | None


class Ground:
    """A small disk with a town on it."""

    def __init__(self, disk: SmallDisk) -> None:
        self.disk, self.data = disk, disk.inside / "data"
        (disk.outside / "data").mkdir()
        disk.run(sys.executable, "-m", "tests.server.kill.town", str(self.data))
        self.file = self.data / "moedesteder.db"

    def server(self) -> Served:
        return Served(self.data, before=self.disk.enter)

    @contextmanager
    def full(self, leave: int = 0) -> Iterator[None]:
        self.disk.fill(leave=leave)
        try:
            yield
        finally:
            self.disk.empty()

    @contextmanager
    def held(self, *statements: str) -> Iterator[None]:
        """Another process has done these, and goes on."""
        other = subprocess.Popen(
            [*self.disk.enter, sys.executable, "-c", HOLD, str(self.file), *statements],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )
        assert other.stdin is not None
        assert other.stdout is not None
        assert other.stdout.readline() == b"held\n"
        try:
            yield
        finally:
            other.stdin.close()
            other.wait()
            other.stdout.close()

    @contextmanager
    def both(self, *them: AbstractContextManager[None]) -> Iterator[None]:
        with them[0], them[1]:
            yield

    @contextmanager
    def read_only(self) -> Iterator[None]:
        self.disk.run("mount", "-o", "remount,ro", str(self.disk.inside))
        try:
            yield
        finally:
            self.disk.run("mount", "-o", "remount,rw", str(self.disk.inside))

    @contextmanager
    def file_read_only(self) -> Iterator[None]:
        self.disk.run("mount", "--bind", str(self.file), str(self.file))
        self.disk.run("mount", "-o", "remount,bind,ro", str(self.file))
        try:
            yield
        finally:
            self.disk.run("umount", str(self.file))


@contextmanager
def unwritable(server: Served) -> Iterator[None]:
    """The running server's writes fail, each of them, as on a disk that breaks."""
    for pid in server.pids():
        resource.prlimit(pid, resource.RLIMIT_FSIZE, (0, resource.RLIM_INFINITY))
    try:
        yield
    finally:
        for pid in server.pids():
            resource.prlimit(pid, resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))


READER = ("BEGIN", "SELECT count(*) FROM fault")


def served(ground: Ground) -> list[Told]:
    """Each fault befalls one running server, which is never started again."""
    with ground.server() as server:
        faults: list[tuple[str, AbstractContextManager[None]]] = [
            ("nothing", nullcontext()),
            ("the disk is full", ground.full()),
            ("every write to the disk fails", unwritable(server)),
            ("another process holds the database (BEGIN IMMEDIATE)", ground.held("BEGIN IMMEDIATE")),
            ("a reader is left in a transaction", ground.held(*READER)),
            (
                "a reader is left in a transaction, and the disk is full",
                ground.both(ground.held(*READER), ground.full()),
            ),
        ]
        return [_through(server, name, trouble) for name, trouble in faults]


def started_full(ground: Ground) -> Told:
    """A server that is started on a full disk, where its build has been before."""
    with ground.server():
        pass
    server = ground.server()
    with ground.full():
        server.start(ready=False)
        server.wait_for("/live")
        op = fault("facility", BENCH)
        told = _seen(server, "started on a full disk", op, fault("facility", BENCH))
    try:
        return Told(*told, after=_reply(server.post([op])))
    finally:
        server.kill()


@dataclass(frozen=True, slots=True)
class Closed:
    """What is told where the disk has got full after the last one closed the database: to a phone by a server (with the status it ends
    with when it is asked to), at the command line by `site` and by a backup to another disk."""

    page: str
    op: str
    ended: int
    site: int
    backup: int
    line: str


def closed(ground: Ground, elsewhere: Path, leave: int) -> Closed:
    """With so many bytes left, and nothing but what was held back."""
    assert command(ground.data, "site", before=ground.disk.enter).returncode == 0
    with ground.full(leave):
        site = command(ground.data, "site", before=ground.disk.enter)
        backup = command(ground.data, "backup", "--to", str(elsewhere), before=ground.disk.enter)
        server = ground.server().start(ready=False)
        try:
            server.wait_for("/live")
            page, op = _problem(server.get("/")), _reply(server.post([fault("facility", BENCH)]))
        finally:
            ended, _ = server.stop()
    return Closed(page, op, ended, site.returncode, backup.returncode, backup.stderr.strip())


def nothing_held_back(ground: Ground, elsewhere: Path) -> list[str]:
    """What a start, `site` and a backup say of a full disk on which an earlier version has held nothing back."""
    assert command(ground.data, "site", before=ground.disk.enter).returncode == 0
    (ground.disk.outside / "data" / spare.NAME).unlink()
    words = (("run",), ("site",), ("backup", "--to", str(elsewhere)))
    with ground.full():
        said = [command(ground.data, *one, before=ground.disk.enter) for one in words]
    assert [one.returncode for one in said] == [1, 1, 1]
    return [one.stderr.strip().replace(str(ground.disk.inside), "…") for one in said]


def _through(server: Served, name: str, trouble: AbstractContextManager[None]) -> Told:
    op, known = fault("facility", BENCH), fault("facility", BENCH)
    server.post([known])
    with trouble:
        told = _seen(server, name, op, known)
    return Told(*told, after=_reply(server.post([op])))


def _seen(server: Served, name: str, op: bytes, known: bytes) -> tuple[str, str, str, str, str, str]:
    return (
        name, _reply(server.post([op])), _reply(server.post([known])), _problem(server.get("/")),
        _problem(server.get("/ready")), _problem(server.get("/live")),
    )  # fmt: skip


def _reply(answer: Answer) -> str:
    """`applied`, `applied again`, `later full, 60 s`."""
    if answer.status != 200:
        return _problem(answer)
    (reply,) = answer.results
    if reply["status"] == "later":
        return f"later {reply['code']}, {reply.get('retry_after_s')} s"
    return f"{reply['status']}{' again' if reply['again'] else ''}"


def _problem(answer: Answer) -> str:
    """`200`, `503 full, 60 s`; a problem is told by a problem document."""
    if answer.status < 400:
        return str(answer.status)
    assert answer.headers["content-type"] == "application/problem+json"
    return f"{answer.status} {answer.body['code']}, {answer.headers.get('retry-after')} s"


def commanded(ground: Ground) -> list[Said]:
    """Each command under each fault, no server beside it."""
    file = ground.disk.inside / "first.geojson"
    (ground.disk.outside / "first.geojson").write_text(json.dumps(REGISTERS["first"]), encoding="utf-8")
    new = ground.disk.inside / "new"
    large = ground.disk.inside / "large.geojson"
    benches(ground.disk.outside / "large.geojson", 4000)
    assert command(ground.data, "site", before=ground.disk.enter).returncode == 0, (
        "what a killed server left is put away"
    )
    op = Doing("op", ("op", "-"))
    import_ = Doing("import", ("import", str(file)))
    start = Doing("start", ("prepare",))
    backup = Doing("backup", ("backup",))
    first = Doing("start, a new database", ("prepare",), data_dir=new)
    migration = Doing("start, a migration", (), script=MIGRATES)
    exclusive = ("PRAGMA locking_mode = EXCLUSIVE", "BEGIN IMMEDIATE")
    plan: list[tuple[str, Callable[[], AbstractContextManager[None]], Sequence[Doing]]] = [
        ("the disk is full", ground.full, (op, import_, first)),
        ("a file is larger than the room", lambda: ground.full(LEFT), (Doing("import", ("import", str(large))),)),
        ("DATA_DIR is read-only", ground.read_only, (op, import_, start)),
        ("the database file is read-only", ground.file_read_only, (op, import_, start)),
        ("another process holds the database", lambda: ground.held("BEGIN IMMEDIATE"), (op, import_, start)),
        ("another process has it for itself alone", lambda: ground.held(*exclusive), (op, backup, start)),
        ("the disk is full", ground.full, (migration,)),
    ]
    return [said for name, trouble, doings in plan for said in _said(ground, name, trouble, doings)]


@dataclass(frozen=True, slots=True)
class Doing:
    """A command. `script`: Python that is run in place of `-m server`."""

    name: str
    words: tuple[str, ...]
    data_dir: Path | None = None
    script: str = ""


def _said(
    ground: Ground, name: str, trouble: Callable[[], AbstractContextManager[None]], doings: Sequence[Doing]
) -> list[Said]:
    given = fault("facility", BENCH)
    with trouble():
        done = [_do(ground, doing, given) for doing in doings]
    after = _do(ground, doings[-1], given).returncode
    found = []
    for doing, one in zip(doings, done, strict=True):
        told = one.stderr.strip() or one.stdout.strip()
        assert "Traceback" not in told, told
        line = told.splitlines()[-1].replace(str(ground.disk.inside), "…") if told else ""
        found.append(Said(name, doing.name, one.returncode, line, after if doing is doings[-1] else None))
    return found


def _do(ground: Ground, doing: Doing, given: bytes) -> "subprocess.CompletedProcess[str]":
    data_dir = doing.data_dir or ground.data
    if not doing.script:
        return command(data_dir, *doing.words, before=ground.disk.enter, given=given)
    return subprocess.run(
        [*ground.disk.enter, sys.executable, "-c", doing.script],
        env={**os.environ, "DATA_DIR": str(data_dir), "DEMO": "0", "COLUMNS": "300"},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
