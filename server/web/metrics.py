"""/metrics, for a program that looks after the server (Prometheus' text): numbers of pushes and jobs, and nothing of anybody.

Who asks on the machine itself is answered; from elsewhere, and through a proxy, whoever has the token of DATA_DIR/keys/metrics_token."""

import ipaddress
import stat
from datetime import UTC, datetime
from hmac import compare_digest
from pathlib import Path
from typing import Final

from litestar import Response, get
from litestar.datastructures import State
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Gauge, ProcessCollector, generate_latest

from server.push.counts import Counts, service_of
from server.settings import Settings
from server.store import push
from server.store.database import Database
from server.store.push import Alarm, Closed, JobRow, Queue
from server.web.errors import Asked, Refused
from server.web.guard import METRICS
from server.web.openapi_answers import problems
from sync.sql import Tx

TOKEN: Final = Path("keys") / "metrics_token"
FORWARDED: Final = ("x-forwarded-for", "forwarded", "via", "x-real-ip")
"""What a proxy says by: then it is not the machine that asks."""


@get("/metrics", opt=METRICS, include_in_schema=False, responses=problems(403))
async def metrics(request: Asked, state: State) -> Response[bytes]:
    """What waits, what was sent and what was not by push service and answer, alarms, jobs, and the process."""
    settings: Settings = state.settings
    if not (_is_here(request) or _has_token(request, settings.data_dir)):
        raise Refused(403, "forbidden", "Det må du ikke herfra.")
    now = datetime.now(UTC)
    database: Database = state.database
    found = await database.read(lambda tx: _read(tx, now))
    counts: Counts = state.counts
    told = generate_latest(_gauges(*found, now, settings.push_hosts)) + generate_latest(counts.registry)
    return Response(told, media_type=CONTENT_TYPE_LATEST, headers={"cache-control": "no-store"})


def _read(tx: Tx, now: datetime) -> tuple[int, Queue, list[Alarm], list[Closed], list[JobRow]]:
    return push.reached(tx), push.queue(tx, now), push.alarms(tx), push.closed(tx), push.jobs(tx)


def _gauges(
    phones: int, queue: Queue, alarms: list[Alarm], closed: list[Closed], jobs: list[JobRow], now: datetime, hosts: tuple[str, ...]
) -> CollectorRegistry:  # fmt: skip
    made = CollectorRegistry()
    ProcessCollector(registry=made)
    Gauge("moede_push_phones", "Phones that are reached", registry=made).set(phones)
    waiting = Gauge("moede_push_waiting", "Parcels that wait: due, or for later", ("when",), registry=made)
    waiting.labels("due").set(queue.due)
    waiting.labels("later").set(queue.waiting - queue.due)
    oldest = Gauge("moede_push_oldest_seconds", "How long the oldest parcel has been due", registry=made)
    oldest.set(0 if queue.oldest is None else max(0.0, (now - queue.oldest).total_seconds()))
    refused = Gauge(
        "moede_push_alarm_phones", "Phones that a push service lets us not send to", ("service", "status", "reason"), registry=made
    )  # fmt: skip
    for alarm in alarms:
        refused.labels(service_of(alarm.origin, hosts), str(alarm.status), alarm.reason).inc(alarm.phones)
    left = Gauge(
        "moede_push_closed", "Push services that nothing comes through to", ("service", "reason"), registry=made
    )
    for one in closed:
        left.labels(service_of(one.origin, hosts), one.why).inc()
    late = Gauge("moede_job_late_seconds", "How long a job has been due", ("job",), registry=made)
    tries = Gauge("moede_job_failures", "How often a job failed since it last went well", ("job",), registry=made)
    for job in jobs:
        late.labels(job.name).set(max(0.0, (now - job.due_at).total_seconds()))
        tries.labels(job.name).set(job.tries)
    return made


def _is_here(request: Asked) -> bool:
    """Whether a program of this machine asks, by itself."""
    try:
        here = request.client is not None and ipaddress.ip_address(request.client.host).is_loopback
    except ValueError:
        return False
    return here and not any(name in request.headers for name in FORWARDED)


def _has_token(request: Asked, data_dir: Path) -> bool:
    """Whether it has the token, where there is one that its owner alone can read."""
    file = data_dir / TOKEN
    try:
        if stat.S_IMODE(file.stat().st_mode) & 0o077:
            return False
        token = file.read_text(encoding="ascii").strip()
    except (OSError, ValueError):
        return False
    told = request.headers.get("authorization", "")
    return len(token) >= 20 and compare_digest(told.encode(), f"Bearer {token}".encode())
