"""What a server writes down while it answers: nothing of an anonymous op, at no level. A log has moments, and a proxy's has addresses."""

import json
import logging
import uuid

import pytest

from server.domain import verbs
from server.domain.done import Done
from tests.server.web.conftest import Client, lines, op

ADDRESS = "203.0.113.7"


def breaks(*_: object) -> Done:
    raise ZeroDivisionError


@pytest.mark.parametrize("level", [logging.DEBUG, logging.ERROR])
def test_no_log_tells_of_an_anonymous_op_whatever_becomes_of_it(
    client: Client, active_bench: object, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch, level: int
) -> None:
    assert callable(active_bench)
    bench, unknown = active_bench(), str(uuid.uuid4())
    said = "Ordene i en fejl"
    args = {"what": "broken", "text": said, "photos": []}
    broken = verbs.Verb("breaks", "public", "none", verbs.VERBS["report_fault"].args, breaks)
    monkeypatch.setitem(verbs.VERBS, "breaks", broken)
    ops = [
        op("report_fault", "place", bench, args),
        op("report_fault", "place", unknown, args),
        op("report_fault", "place", bench, {**args, "photos": ["0" * 64]}),
        op("verb_from_next_year", "place", bench, args),
        op("breaks", "place", bench, args),
    ]
    caplog.set_level(level)
    bodies = [*(lines(one) for one in ops), b"{", b"x" * 300_000, lines(*ops * 30)]
    statuses = set()
    for body in bodies:
        headers = {"content-type": "application/x-ndjson", "x-forwarded-for": ADDRESS}
        answer = client.post("/api/v1/ops", content=body, headers=headers)
        assert answer.status_code in (200, 413, 422)
        statuses |= {one["status"] for one in json.loads(answer.content).get("results", [])}
    assert statuses == {"applied", "refused", "later"}
    told = "\n".join(
        logging.Formatter("%(name)s %(message)s %(args)s").format(record)
        for record in caplog.records
        if not record.name.startswith(("httpx", "httpcore"))  # the test's own client
    )
    secret = [bench, unknown, said, ADDRESS, "testclient", *(one["id"] for one in ops)]
    assert not [word for word in secret if word in told]
