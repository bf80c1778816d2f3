"""push_memory: what the server's processes hold together at most while one message goes to 10,000 phones. PUSHES=n sends to so many."""

import tempfile
import time
from pathlib import Path

from bench.figure import Figure, of
from bench.push_fanout import PUSHES, Phones, service
from bench.serving import ours
from server.store.database import local
from tests.server.push.kill import waiting
from tests.server.push.reached import CONTACT, tell

HELD_TO = "≤ 250 MB"
EVERY_S = 0.2


def measure() -> list[Figure]:
    with tempfile.TemporaryDirectory() as name, service() as port:
        data, phones = Path(name) / "data", Phones(port, PUSHES)
        rows = phones.town(data)
        with ours(data, MOEDE_PUSH_HOSTS=phones.host, MOEDE_PUSH_CONTACT=CONTACT) as server:
            idle = most = server.rss_mb()
            with local(data) as tx:
                tell(tx, rows, useful=86_400)
            while waiting(data) != 0:  # the server looks each minute for what others have written
                most = max(most, server.rss_mb())
                time.sleep(EVERY_S)
    return [of("push_memory", [most], "MB", held_to=HELD_TO), of("push_memory_idle", [idle], "MB")]
