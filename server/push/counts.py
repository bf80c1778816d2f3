"""What is counted of pushes for /metrics: numbers by push service and answer, and nothing of a phone."""

from typing import Final

from prometheus_client import CollectorRegistry, Counter

from server.push.endpoint import HOSTS
from server.store.parcel import Settled

OTHERS: Final = "other"


class Counts:
    """Counted since this process began, in a registry of its own."""

    def __init__(self, hosts: tuple[str, ...] = ()) -> None:
        self.registry = CollectorRegistry()
        self._hosts = (*HOSTS, *hosts)
        self._parcels = Counter(
            "moede_push_parcels",
            "Answers of push services, by what became of the parcel (sent, gone, refused, wrong_key, alarm, again)",
            ("service", "outcome", "status", "reason"),
            registry=self.registry,
        )
        self._over = Counter(
            "moede_push_dropped",
            "Parcels that were not sent, and why (late, overtaken)",
            ("why",),
            registry=self.registry,
        )

    def count(self, one: Settled) -> None:
        """One answer. What was only put back is none."""
        if one.outcome != "back":
            status = "none" if one.status is None else str(one.status)
            self._parcels.labels(service_of(one.parcel.origin, self._hosts), one.outcome, status, one.reason).inc()

    def dropped(self, why: str, parcels: int) -> None:
        """So many that are of no use any more."""
        self._over.labels(why).inc(parcels)


def service_of(origin: str, hosts: tuple[str, ...] = HOSTS) -> str:
    """The push service as the list of those allowed names it: Microsoft has a host for each part of the world."""
    host = origin.partition("://")[2]
    below = (known for known in hosts if host == known or (known.startswith("*.") and host.endswith(known[1:])))
    return next(below, OTHERS)
