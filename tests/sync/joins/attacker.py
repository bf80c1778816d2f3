"""Somebody who has a copy of the whole DATA_DIR, knows which op each phone sent under its secret, and wants its anonymous ones.

All that could tell is laid on axes: on an axis each op has a place, or none. What lies nearest a phone's known op is the guess."""

import hashlib
import json
import random
import sqlite3
import struct
from collections.abc import Iterator, Mapping
from pathlib import Path

Axis = Mapping[str, tuple[int, int]]
"""Op id → (stretch, place in it). Places on two stretches say nothing of one another."""


class Loot:
    """What is read out of the folder: the ops that it remembers, and the axes on which they lie."""

    def __init__(self, data_dir: Path, device_of: Mapping[str, bytes]) -> None:
        """`device_of`: by the ops that are known to be a device's, the hash of its secret."""
        known = set(device_of)
        self.files = {path.name: path.read_bytes() for path in data_dir.rglob("*") if path.is_file()}
        tx = sqlite3.connect(data_dir / "moedesteder.db")
        self.replies: dict[str, dict[str, dict[str, int]]] = {
            id: json.loads(reply)
            for id, reply in tx.execute(
                "SELECT id, reply FROM inbox UNION ALL SELECT id, reply FROM inbox_device"
            ).fetchall()
        }
        self.hashes = dict(tx.execute("SELECT sha256, id FROM inbox").fetchall())
        self.reports = tx.execute(
            "SELECT f.id, f.uid, t.kind, t.uid, f.what, f.text, f.since FROM fault f JOIN thing t ON t.id = f.subject"
        ).fetchall()
        rows = dict(tx.execute("SELECT sha256, id FROM device").fetchall())
        self.devices = {op: rows[secret] for op, secret in device_of.items() if secret in rows}
        self.feed = tx.execute("SELECT scope, kind, id, seq, nr FROM feed").fetchall()
        tx.close()
        self.known = known & self.replies.keys()
        self.anonymous = sorted(self.replies.keys() - known)

    def axes(self) -> dict[str, Axis]:
        of = self.fault_of()
        uids = {uid: nr for nr, uid, *_ in self.reports}
        op_of = {nr: op for op, nr in of.items()}
        axes: dict[str, Axis] = {
            "rows of reports": {op: (0, nr) for op, nr in of.items()},
            "ids of ops that begin with a moment": {
                op: (0, int(op[:8] + op[9:13], 16)) for op in self.replies if op[14] == "7"
            },
            "bytes in the database": _in_pages(self.files["moedesteder.db"], self.replies),
            "bytes in the journal": _in_journal(self.files.get("moedesteder.db-wal", b""), self.replies),
        }
        axes["rows of devices beside those of reports"] = _by_rank(of, self.devices)
        for scope in ("public", "guide", "staff"):
            axis = {op: (0, reply["seq"][scope]) for op, reply in self.replies.items() if scope in reply.get("seq", {})}
            for feed_scope, kind, id, seq, _ in self.feed:
                if feed_scope == scope and kind == "fault" and uids.get(id) in op_of:
                    axis[op_of[uids[id]]] = (0, seq)
            axes[f"numbers in the {scope} feed"] = axis
        return axes

    def fault_of(self) -> dict[str, int]:
        """The row of a report that an anonymous op made, by the hash: all but the id stands in the row, and ids are in the inbox."""
        found = {}
        for nr, _, kind, uid, what, text, day in self.reports:
            for op in self.anonymous:
                args = {"what": what, "text": text, "photos": []}
                said = {
                    "id": op,
                    "verb": "report_fault",
                    "at": f"{day}T00:00:00Z",
                    "subject": {"kind": kind, "id": uid},
                    "base": None,
                }
                line = json.dumps({**said, "args": args}, ensure_ascii=False, separators=(",", ":")).encode()
                if self.hashes.get(hashlib.sha256(line).digest()) == op:
                    found[op] = nr
        return found

    def guess(self, op: str, axis: Axis, chance: random.Random) -> str | None:
        """The anonymous op that lies nearest; None where the axis says nothing."""
        here = axis.get(op)
        near = [a for a in self.anonymous if here is not None and a in axis and axis[a][0] == here[0]]
        if here is None or not near:
            return None
        least = min(abs(axis[a][1] - here[1]) for a in near)
        return chance.choice([a for a in near if abs(axis[a][1] - here[1]) == least])


def _by_rank(reports: Mapping[str, int], devices: Mapping[str, int]) -> Axis:
    """Two tables that are filled at once grow alike: what is a third into the one came as what is a third into the other."""
    found = {}
    for rows in (reports, devices):
        for rank, op in enumerate(sorted(rows, key=lambda op: rows[op])):
            found[op] = (0, round(1_000_000 * (rank + 0.5) / len(rows)))
    return found


def _in_pages(file: bytes, ops: Mapping[str, object]) -> Axis:
    """A page is filled from its end, so that what came later in it lies before what came earlier."""
    size = struct.unpack(">H", file[16:18])[0] or 65536
    return {op: (at // size, at % size) for op in ops if (at := file.find(op.encode())) >= 0}


def _in_journal(file: bytes, ops: Mapping[str, object]) -> Axis:
    """The transaction that brought each op: a frame of the write-ahead log is a page as it was after one of them, and what it has more
    than the frame of the same page before it is new. Frames of an earlier round, not yet written over, have another salt."""
    brought: dict[tuple[int, int], set[str]] = {}
    before: dict[tuple[int, int], set[str]] = {}
    commits = 0
    for salt, page, ends, data in _frames(file):
        here = {op for op in ops if op.encode() in data}
        brought.setdefault((salt, commits), set()).update(here - before.get((salt, page), here))
        before[salt, page] = here
        commits += ends
    # Where a page was full its ops moved to others, and look new there: a transaction that brings one op alone is sure.
    return {op: at for at, new in brought.items() if len(new) == 1 for op in new}


def _frames(file: bytes) -> Iterator[tuple[int, int, bool, bytes]]:
    """(salt, number of the page, whether a transaction ends with it, the page) of each frame."""
    if len(file) < 32:
        return
    size = struct.unpack(">I", file[8:12])[0]
    for start in range(32, len(file) - size, size + 24):
        page, commit, salt = struct.unpack(">III", file[start : start + 12])
        yield salt, page, commit > 0, file[start + 24 : start + 24 + size]
