"""The real server, started in a tenth of a second: this process has imported it, and forks for each start. Told what to do by JSON
lines. What it changes are two numbers, so that a small municipality has what a large one has, many pages and a wait for the lock; and it
looks once, not at each start, whether SQLite here is one that works.

It starts as `python -m server run` does: `prepare` in a process of its own, then granian and its worker, all in one process group."""

import gc
import os
import signal
import sys
import tempfile
import time
import traceback
import urllib.error
import urllib.request
from collections.abc import Callable
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from typing import Any

from granian import Granian
from granian.constants import Interfaces

from server import app
from server import prepare as preparing
from server.settings import Settings
from server.store import driver
from server.store.lock import Lock, Locked
from server.store.selfcheck import self_check
from server.web import built
from sync import feed
from tests.simulator.told import answer_lines

WAIT_S = 60.0
running: set[int] = set()


def start(dir: str, port: int, page: int, ops_an_hour: int, prepared: bool, **_: Any) -> dict[str, Any]:
    """Prepares DATA_DIR (unless that has been done and nothing has come between) and serves it. `page`: changes in a page. Returns once
    `/ready` answers."""
    os.environ.update(
        DATA_DIR=dir, PORT=str(port), DEMO="0", MOEDE_OPS_AN_HOUR=str(ops_an_hour), MOEDE_ADDRESS="127.0.0.1"
    )
    driver.BUSY_S = 0.05
    feed.page.__kwdefaults__["max_changes"] = page  # type: ignore[index]
    if not prepared:
        ready = _fork(lambda: preparing.prepare(Path(dir), code="376", name="Guldborgsund Kommune"))
        if os.waitpid(ready, 0)[1] != 0:
            raise RuntimeError("prepare has failed")
    group = _fork(lambda: _serve(port))
    running.add(group)
    _until(lambda: _answers(port, group))
    return {"group": group}


def end(dir: str, group: int, how: str, **_: Any) -> dict[str, Any]:
    """Ends a server (`kill` or `term`), and returns once all of its group is gone and the lock of DATA_DIR is free."""
    with suppress(ProcessLookupError):
        os.killpg(group, signal.SIGKILL if how == "kill" else signal.SIGTERM)
    os.waitpid(group, 0)
    running.discard(group)
    with suppress(ProcessLookupError):
        os.killpg(group, signal.SIGKILL)
    _until(lambda: _free(Path(dir)))
    return {}


def _serve(port: int) -> None:
    Granian(
        "server.app:served",
        factory=True,
        address="127.0.0.1",
        port=port,
        interface=Interfaces.ASGI,
        workers=1,
        workers_kill_timeout=3,
        websockets=False,
        log_access=False,
        log_enabled=False,
    ).serve()


def _fork(work: Callable[[], object]) -> int:
    child = os.fork()
    if child:
        return child
    code = 1
    try:
        os.setsid()
        with open(os.devnull) as nothing:  # its standard input is this process's orders
            os.dup2(nothing.fileno(), 0)
        os.dup2(2, 1)
        work()
        code = 0
    except SystemExit:
        code = 0
    except BaseException:
        traceback.print_exc()
    finally:
        sys.stderr.flush()
        os._exit(code)


def _answers(port: int, group: int) -> bool:
    if os.waitpid(group, os.WNOHANG)[0]:
        raise RuntimeError("the server has ended")
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/ready", timeout=5) as answer:
            return bool(answer.status == 200)
    except (urllib.error.URLError, ConnectionError, TimeoutError):
        return False


def _free(data: Path) -> bool:
    try:
        Lock.take(data).free()
    except Locked:
        return False
    return True


def _until(true: Callable[[], bool]) -> None:
    end = time.monotonic() + WAIT_S
    while not true():
        if time.monotonic() > end:
            raise TimeoutError("waited too long")
        time.sleep(0.002)


DOES: dict[str, Callable[..., dict[str, Any]]] = {"start": start, "end": end}


def main(app_dir: str) -> None:
    built.app_dir = lambda: Path(app_dir)
    checked = self_check()
    vars(preparing)["self_check"] = lambda: checked
    with tempfile.TemporaryDirectory() as nowhere:  # loads what the framework loads late; a database is not opened
        app.create_app(Settings(data_dir=Path(nowhere)), Path(app_dir))
    import_module("anyio._backends._asyncio")
    gc.freeze()  # so that a fork shares what was loaded, and copies none of it
    answer_lines(DOES)
    for group in running:  # whoever told us what to do is gone
        with suppress(ProcessLookupError):
            os.killpg(group, signal.SIGKILL)


if __name__ == "__main__":
    main(sys.argv[1])
