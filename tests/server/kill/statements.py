"""Dies at every step of a write path, opens again, looks, and sends everything once more. In a process of its own:
`python -m tests.server.kill.statements NAME…` prints a row of JSON for each path."""

import ctypes
import hashlib
import json
import os
import random
import re
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import anyio

from server.store import driver
from tests.server.kill import town
from tests.server.kill.fork import Ended, Say, forked
from tests.server.kill.paths import BULK, PATHS, Scene, WritePath, app_on
from tests.server.kill.row import Row
from tests.server.kill.state import State, opened, ours, spatial, state, wrongs
from tests.server.kill.steps import Steps

SAMPLED = 12
"""How many of each sort of SpatiaLite's own rows are tried."""


SPATIAL: set[str] = set()
"""The tables that SpatiaLite makes for itself."""


@contextmanager
def memory() -> Iterator[Path]:
    """A folder in memory where there is one: what is proven here is about processes that die, not about disks."""
    shm = Path("/dev/shm")
    with tempfile.TemporaryDirectory(prefix="kill-", dir=shm if os.access(shm, os.W_OK) else None) as folder:
        yield Path(folder)


def kill(path: WritePath, reading: town.Reading, *, seed: int, every: bool = False) -> Row:
    """Dies at each step of `path`. Those of SpatiaLite's own rows are drawn by `seed`, and (unless `every`) those that `path` says."""
    with memory() as folder:
        base, copy = folder / "base", folder / "copy"
        town.demo(folder / "demo")
        scene = Scene(copy, reading, app_on(copy, folder / "front"), folder / "demo")
        _begin(path, base, reading)
        before, may_be = _state(base), _stages(path, base, folder)
        cloned(base, copy)
        full = _act(path, scene)
        assert not full.killed, "nothing was to die"
        replies, seen = full.said[0], full.said[-1]
        after = _state(copy)
        wanted = _Wanted(before, after, [before, after, *may_be], replies, path.once)
        row = Row(path.name, len(seen), _kinds(seen))
        looked: dict[str, list[Any]] = {}
        for number, torn in _chosen(path, seen, seed, every=every):
            as_it_was = cloned(base, copy)
            died = _act(path, scene, number, torn=torn)
            assert died.killed, f"{path.name}: step {number} of {len(seen)} was never reached"
            row.kills += 1
            lies = _lies(copy, as_it_was)
            if lies not in looked:
                looked[lies] = forked(lambda say: _look(path, scene, say)).said
            at = f"{number} ({seen[number - 1][:60]}{', torn' if torn else ''})"
            _judge(row, at, _Found(died.said, *looked[lies]), wanted)
        row.looks = len(looked)
        return row


OF_EACH_OP = ("inbox", "audit", "import")
"""Tables with a row for each op or file that was taken, whatever came of it."""


@dataclass(frozen=True, slots=True)
class _Found:
    """What had left before it died; then what was found, what did not fit, the replies when sent again, and what is there at last."""

    left: list[Any]
    state: State
    wrongs: list[str]
    again: list[dict[str, Any]]
    last: State


@dataclass(frozen=True, slots=True)
class _Wanted:
    before: State
    after: State
    may_be: list[State]
    replies: Any
    once: bool


def _judge(row: Row, at: str, found: _Found, wanted: _Wanted) -> None:
    row.before += found.state == wanted.before
    row.after += found.state == wanted.after
    row.torn += [f"{at}: {wrong}" for wrong in found.wrongs]
    if found.state not in wanted.may_be:
        row.torn.append(f"{at}: half of it: {_differs(found.state, wanted.before)}")
    if found.left and found.state != wanted.after:
        row.lost.append(f"{at}: {_differs(found.state, wanted.after)}")
    last, after = found.last, wanted.after
    if not wanted.once:  # a new op each time, of which its reply is new, and what is told of each time
        last, after = ({name: rows for name, rows in one.items() if name not in OF_EACH_OP} for one in (last, after))
    if last != after:
        row.twice.append(f"{at}: {_differs(last, after)}")
    if [{**one, "again": None} for one in found.again] != [{**one, "again": None} for one in wanted.replies]:
        row.twice.append(f"{at}: answered otherwise: {found.again}")


def _begin(path: WritePath, base: Path, reading: town.Reading) -> None:
    """Makes what the path begins with."""
    base.mkdir()

    def work(_: Say) -> None:
        if path.town:
            town.settle(base, reading)
        path.ready(base)

    forked(work)


def _act(path: WritePath, scene: Scene, die_at: int = 0, *, torn: bool = False) -> Ended:
    """Does it in a child. Said: each reply that left, and at last the steps."""

    def work(say: Say) -> None:
        steps = Steps(scene.data_dir, die_at, torn=torn)
        path.act(scene, steps, say)
        say(steps.seen)

    return forked(work)


def _look(path: WritePath, scene: Scene, say: Say) -> None:
    """Opens again as a start does (where the path is no start itself), looks, does it once more, and looks again."""
    if not path.start:
        town.begin(scene.data_dir)
    found, wrong = _seen(scene.data_dir)
    say(found)
    say(wrong)
    path.act(scene, Steps(scene.data_dir), say)
    last, wrong = _seen(scene.data_dir)
    assert wrong == [], wrong
    say(last)


def _seen(data_dir: Path) -> tuple[State, list[str]]:
    tx = opened(data_dir)
    if tx is None:
        return {}, []
    try:
        tables = ours(tx, SPATIAL)
        return state(tx, tables), wrongs(tx, tables)
    finally:
        tx.close()


Stats = dict[Path, tuple[int, int]]


def cloned(base: Path, to: Path) -> Stats:
    """A copy that takes itself for the same database: its `heads` says that it was written here and now. Returns how it lies."""
    shutil.rmtree(to, ignore_errors=True)
    shutil.copytree(base, to)
    heads = to / "heads"
    if heads.exists():
        heads.write_text(json.dumps({**json.loads(heads.read_bytes()), "at": round(time.time(), 3)}))
    return _stats(to)


def _stats(data_dir: Path) -> Stats:
    found = {path: path.stat() for path in sorted(data_dir.rglob("*")) if path.is_file()}
    return {path: (stat.st_size, stat.st_mtime_ns) for path, stat in found.items()}


def _lies(data_dir: Path, as_it_was: Stats) -> str:
    """What lies in the folder, as one word: two deaths that leave the same bytes need one look. Not the `-shm`, which whoever opens
    first makes anew; nor a number of a process nor a moment; of backups, which no start reads, names and sizes; of a demo that was half
    loaded, which a start throws away, that it is there."""
    word = hashlib.sha256(b"half" if (data_dir / ".half").exists() else b"")
    for path, stat in _stats(data_dir).items():
        if path.name.endswith("-shm") or ".half" in path.parts:
            continue
        name = re.sub(r"\d{8}T\d{6}|\d+$", "N", str(path.relative_to(data_dir)))
        known = as_it_was.get(path) == stat or name.startswith("backups")
        content = f"{stat[0]} bytes".encode() if known else path.read_bytes()
        if path.name.startswith("heads"):
            content = re.sub(rb'"at":[^,}]*', b"", content)
        word.update(f"{name}\n{len(content)}\n".encode() + content)
    return word.hexdigest()


def _state(data_dir: Path) -> State:
    found: State = forked(lambda say: say(_seen(data_dir)[0])).said[0]
    return found


def _stages(path: WritePath, base: Path, folder: Path) -> list[State]:
    found = []
    for number, reach in enumerate(path.stages):
        stage = folder / f"stage-{number}"
        cloned(base, stage)
        forked(lambda _, reach=reach, stage=stage: reach(stage))  # type: ignore[misc]
        found.append(_state(stage))
        shutil.rmtree(stage)
    return found


def _chosen(path: WritePath, seen: Sequence[str], seed: int, *, every: bool) -> Iterator[tuple[int, bool]]:
    """(step, whether a file is torn there too)."""
    sampled: dict[str, list[int]] = {}
    for number, step in enumerate(seen, 1):
        sort = next((sort for sort in BULK if step.startswith(sort)), None)
        if sort is None and not every:
            sort = next((sort for sort in path.sampled if step.startswith(sort)), None)
        if sort is not None:
            sampled.setdefault(sort, []).append(number)
            continue
        yield number, False
        if step == "moved":
            yield number, True
    draw = random.Random(seed)
    for numbers in sampled.values():
        for number in sorted(draw.sample(numbers, min(SAMPLED, len(numbers)))):
            yield number, False


def _kinds(seen: Sequence[str]) -> dict[str, int]:
    kinds: dict[str, int] = {}
    for step in seen:
        kinds[step.split(" ")[0]] = kinds.get(step.split(" ")[0], 0) + 1
    return kinds


def _differs(found: State, wanted: State) -> str:
    """The tables whose rows differ, with the first such row."""
    said = []
    for table in sorted(found.keys() | wanted.keys()):
        ours, theirs = found.get(table, []), wanted.get(table, [])
        if ours != theirs:
            odd = [one for one in ours if one not in theirs] or [one for one in theirs if one not in ours]
            said.append(f"{table} {len(ours)}/{len(theirs)} {odd[0][:160] if odd else ''}")
    return "; ".join(said)


def _warm() -> None:
    """What each child would do anew: imports that come late, and the look for SpatiaLite, which is done in a child. Its library is mapped
    here, where nobody opens a database."""
    anyio.run(anyio.sleep, 0)
    name, tables = forked(lambda say: say((driver.find_spatialite(), spatial()))).said[0]
    ctypes.CDLL(name if ".so" in name or ".dylib" in name else f"{name}.so")
    setattr(driver, "find_spatialite", lambda: name)  # noqa: B010
    SPATIAL.update(tables)


def main(names: Sequence[str], seed: int, *, every: bool) -> None:
    """A line of JSON for each path that is named (or all)."""
    _warm()
    with memory() as folder:
        reading = town.Reading(folder)
        for path in PATHS:
            if not names or path.name in names:
                print(json.dumps(asdict(kill(path, reading, seed=seed, every=every))), flush=True)


if __name__ == "__main__":
    _, seed, every, *names = sys.argv
    main(names, int(seed), every=every == "every")
