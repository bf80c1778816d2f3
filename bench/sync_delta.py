"""sync_delta: the same of what 50 changes and 10 removals among 10,000 things cost a phone that has read before."""

from bench.figure import Figure
from bench.sync_pair import figures


def measure() -> list[Figure]:
    return figures("delta", "sync_delta")
