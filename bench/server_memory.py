"""server_memory: what the server's processes hold together, with 10,000 things, after 10,000 phones have each read the list and sent an op.

Devices that follow something are not there yet: a phone is here an address of its own, which the limits remember for an hour, that sends
one op and then reads what is new."""

import json
import tempfile
from pathlib import Path

from bench import town
from bench.figure import Figure, of
from bench.reading import Reader
from bench.serving import ours

THINGS = 10_000
PHONES = 10_000
HELD_TO = "≤ 250 MB (10,000 phones that report and read; following is not there yet)"


def measure() -> list[Figure]:
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder) / "data"
        town.fresh(data, THINGS)
        facilities = [town.facility_id(n) for n in range(THINGS) if town.is_facility(n)]
        with ours(data, MOEDE_TRUSTED_PROXIES="127.0.0.1") as server:
            idle = server.rss_mb()
            reader = Reader(server.url)
            for coding in ("br", "gzip", "identity"):  # every page is kept in each of them
                cursor = reader.sync(coding=coding).cursor
            for phone in range(PHONES):
                headers = {"X-Forwarded-For": f"10.{phone >> 16}.{phone >> 8 & 255}.{phone & 255}"}
                line = town.report(phone, facilities[phone % len(facilities)])
                taken = reader.ask("POST", "/api/v1/ops", {**headers, "Content-Type": "application/x-ndjson"}, line)
                if json.loads(taken)["results"][0]["status"] != "applied":
                    raise RuntimeError(f"not taken: {taken.decode()}")
                cursor = reader.sync(cursor).cursor
            reader.close()
            return [
                of("server_memory", [server.rss_mb()], "MB", held_to=HELD_TO),
                of("server_memory_idle", [idle], "MB"),
            ]
