"""push_fanout: one message to 10,000 phones, from the deliveries in the database to the last answer written down, beside node web-push,
which encrypts and sends and keeps nothing; and a loop of pywebpush's own webpush(). PUSHES=n sends to so many."""

import asyncio
import json
import os
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pywebpush
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from bench.figure import ROOT, Figure, beside, node
from bench.installed import node_packages
from server.jobs.push import Pushing
from server.prepare import prepare
from server.push import vapid
from server.push.counts import Counts
from server.push.origins import AT_ONCE
from server.push.payload import Said, plain
from server.push.sender import Sender
from server.store.database import Database, local
from tests.served import Process
from tests.server.push.reached import CONTACT, never_quiet, nothing_waits, reach, tell
from tests.server.push.standin import Phone, StandIn, base64url

PUSHES = int(os.environ.get("PUSHES", "10000"))
ROUNDS = 3
LOOPED = 300
"""So many the plain loop sends: it is slow."""
HELD_TO = "≥ 1.5 of the peer's"


class Phones(StandIn):
    """Phones whose push service is another process."""

    def __init__(self, port: int, count: int) -> None:
        super().__init__(port)
        self.all = [self.phone() for _ in range(count)]

    def town(self, data_dir: Path) -> list[int]:
        """A DATA_DIR in which each is a device; their rows."""
        prepare(data_dir, code="376", name="Guldborgsund Kommune")
        with local(data_dir) as tx:
            never_quiet(tx)
            return reach(tx, data_dir, self, self.all)

    def subscription(self, phone: Phone) -> dict[str, object]:
        keys = {"p256dh": phone.p256dh, "auth": base64url(phone.auth)}
        return {"endpoint": self.endpoint(phone), "keys": keys}


@contextmanager
def service() -> Iterator[int]:
    """bench/push_service.ts, and its port."""
    with Process(ROOT / ".venv/bin/node", ROOT / "bench/push_service.ts", env=os.environ) as process:
        process.until("the push service", lambda: process.said().strip().isdecimal())
        yield int(process.said().strip())


def measure() -> list[Figure]:
    node_packages()
    mine, theirs, looped = [], [], []
    with tempfile.TemporaryDirectory() as name, service() as port:
        folder, phones = Path(name), Phones(port, PUSHES)
        rows = phones.town(folder / "data")
        words = plain(
            Said("x.20260312", "evening", 0, "Kaffe i Medborgerhuset", "I morgen kl. 14.", "da", "/det-sker/kaffe", "")
        )
        file = folder / "subscriptions"
        file.write_text(
            "\n".join([words.decode(), *(json.dumps(phones.subscription(phone)) for phone in phones.all)]),
            encoding="utf-8",
        )
        for number in range(ROUNDS):
            with local(folder / "data") as tx:
                tell(tx, rows, revision=number, useful=86_400)
            mine.append(PUSHES / asyncio.run(_send(folder / "data", phones)))
            theirs.append(PUSHES / node("push_peer.ts", str(file), str(AT_ONCE))["seconds"])
            looped.append(_loop(phones, words.decode()))
    more = {"better": "higher", "held_to": HELD_TO}
    return [
        beside("push_fanout", mine, theirs, "messages/s", "node web-push, kept connections", **more),  # type: ignore[arg-type]
        beside("push_fanout_loop", mine, looped, "messages/s", "a loop of webpush()", better="higher", held_to=HELD_TO),
    ]


async def _send(data_dir: Path, phones: StandIn) -> float:
    """Seconds until nothing waits."""
    database = await Database.open(data_dir)
    sends = Sender(
        lambda: vapid.by_public(data_dir), contact=CONTACT, hosts=(phones.host,), origin="https://moede.example"
    )
    pushing = Pushing(database, sends, Counts())
    began = time.monotonic()
    task = asyncio.create_task(pushing.run())
    while not await nothing_waits(database):  # noqa: ASYNC110
        await asyncio.sleep(0.05)
    took = time.monotonic() - began
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    sent = await database.read(
        lambda tx: tx.execute("SELECT COUNT(*) FROM delivery WHERE state <> 'sent'").fetchone()[0]
    )
    await database.close()
    if sent:
        raise RuntimeError(f"{sent} were not sent")
    return took


def _loop(phones: Phones, words: str) -> float:
    """Messages a second of the loop that pywebpush's own page shows."""
    key = ec.generate_private_key(ec.SECP256R1())
    pem = key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
    count = min(LOOPED, len(phones.all))
    began = time.monotonic()
    for phone in phones.all[:count]:
        pywebpush.webpush(
            phones.subscription(phone), words, vapid_private_key=base64url(pem), vapid_claims={"sub": CONTACT}, ttl=3600, timeout=10
        )  # fmt: skip
    return count / (time.monotonic() - began)
