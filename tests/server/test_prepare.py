"""Each start makes the database ready; what is too old to be kept whole goes then."""

import datetime
import hashlib
import json
import uuid
from pathlib import Path

import pytest

from server.prepare import prepare
from server.store.database import local
from server.store.refusal import Full
from sync import feed, inbox


def remembered(data_dir: Path, id: str) -> dict[str, object]:
    with local(data_dir) as tx:
        first = inbox.seen(tx, id, hashlib.sha256(id.encode()).digest())
    assert first is not None
    answer: dict[str, object] = json.loads(first)
    return answer


def test_a_new_database_is_its_owners_alone(tmp_path: Path) -> None:
    prepare(tmp_path, code="376", name="G")
    with local(tmp_path):
        assert {path.stat().st_mode & 0o777 for path in tmp_path.glob("moedesteder.db*")} == {0o600}


def test_what_must_not_happen_twice_is_settled_in_the_transaction_of_the_new_epoch(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[tuple[bool, str]] = []
    monkeypatch.setattr("server.prepare.after_restore", lambda tx: seen.append((tx.in_transaction, feed.epoch(tx))))
    prepare(tmp_path, code="376", name="G")
    prepare(tmp_path, code="376", name="G")
    assert seen == [], "neither a new database nor an ordinary start"
    (tmp_path / "heads").unlink()
    prepare(tmp_path, code="376", name="G")
    with local(tmp_path) as tx:
        assert seen == [(True, feed.epoch(tx))]


def test_a_start_takes_result_and_detail_out_of_replies_older_than_60_days(tmp_path: Path) -> None:
    prepare(tmp_path, code="376", name="Guldborgsund Kommune")
    now = datetime.datetime.now(datetime.UTC)
    moments = [int((now - datetime.timedelta(days=days)).timestamp() * 1000) for days in (61, 59)]
    old, young = (f"{ms:012x}"[:8] + f"-{ms & 0xFFFF:04x}-7000-8000-000000000000" for ms in moments)
    random = str(uuid.uuid4())
    with local(tmp_path) as tx:
        for id in (old, young, random):
            reply = {"status": "applied", "id": id, "again": False, "seq": {"public": 2}, "result": {"conflicts": []}}
            inbox.keep(tx, id, hashlib.sha256(id.encode()).digest(), json.dumps(reply).encode())
    prepare(tmp_path, code="376", name="Guldborgsund Kommune")
    assert remembered(tmp_path, old) == {"status": "applied", "id": old, "again": True, "seq": {"public": 2}}
    assert all("result" in remembered(tmp_path, id) for id in (young, random)), "an id without a time keeps its reply"


def test_a_start_on_a_full_disk_puts_off_what_only_makes_replies_shorter(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def full(*_: object) -> None:
        raise Full("The disk is full.")

    prepare(tmp_path, code="376", name="Guldborgsund Kommune")
    (tmp_path / "heads").unlink()
    monkeypatch.setattr(inbox, "thin", full)
    assert prepare(tmp_path, code="376", name="Guldborgsund Kommune").new_epoch, "what must be done is done"
    assert "at the next start. The disk is full." in caplog.text
