"""sync_first: bytes and requests of a phone's first read of 10,000 things, beside PouchDB from a CouchDB-protocol server.

PouchDB at its best setting; the same content encoding (brotli at level 9) stands in front of both."""

from bench.figure import Figure
from bench.sync_pair import figures


def measure() -> list[Figure]:
    return figures("first", "sync_first")
