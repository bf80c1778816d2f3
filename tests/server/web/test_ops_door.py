"""POST /api/v1/ops at the door: what is refused as a whole, and that one bad line never spoils its neighbours."""

import asyncio
import json
import threading
from collections.abc import Callable
from typing import Any

import pytest
from litestar import Litestar
from litestar.testing import TestClient

from server.app import create_app
from server.settings import Settings
from server.store.database import Database
from server.web.limits import Limits
from sync.wire import MAX_BYTES, MAX_OPS
from tests.server.web.conftest import lines, new_id, op

Client = TestClient[Litestar]
TYPE = {"content-type": "application/x-ndjson"}


def fault(id: str, text: str = "Brædder mangler", kind: str = "place") -> dict[str, Any]:
    return op("report_fault", kind, id, {"what": "broken", "text": text, "photos": []})


def post(client: Client, body: bytes, **headers: str) -> Any:
    return client.post("/api/v1/ops", content=body, headers={**TYPE, **headers})


def test_a_fault_lands_once_and_its_receipt_is_the_same_each_time(
    client: Client, active_bench: Callable[..., str]
) -> None:
    body = lines(fault(active_bench()))
    first, again = post(client, body).json()["results"][0], post(client, body).json()["results"][0]
    assert (first["status"], first["again"], again["again"]) == ("applied", False, True)
    assert {**again, "again": False} == first
    assert first["seq"].keys() == {"public"}


def test_a_bad_line_does_not_spoil_its_neighbours(client: Client, active_bench: Callable[..., str]) -> None:
    good = lines(fault(active_bench()))
    body = b"{\n" + good + b'\n{"id":"x","args":{"text":"\xff"}}\n\n{"id":"y","args":{"text":"\\ud800"}}'
    results = post(client, body).json()["results"]
    assert [r["status"] for r in results] == ["refused", "applied", "refused", "refused"]
    assert [r["code"] for r in results if r["status"] == "refused"] == ["bad_line"] * 3


def test_the_reply_names_the_epoch_that_took_it(client: Client, active_bench: Callable[..., str]) -> None:
    reply = post(client, lines(fault(active_bench()))).json()
    assert client.get("/api/v1/sync/public").json()["cursor"].startswith(f"{reply['epoch']}.")


def test_a_batch_that_is_meant_for_another_epoch_does_not_run(client: Client, active_bench: Callable[..., str]) -> None:
    id = active_bench()
    epoch = post(client, lines(fault(id))).json()["epoch"]
    body = lines(fault(id))
    answer = client.post("/api/v1/ops?epoch=another", content=body, headers=TYPE)
    assert (answer.status_code, answer.json()["code"]) == (410, "resync")
    answer = client.post(f"/api/v1/ops?epoch={epoch}", content=body, headers=TYPE)
    assert [(reply["status"], reply["again"]) for reply in answer.json()["results"]] == [("applied", False)]


def test_too_many_lines_are_refused_as_a_whole_with_the_limit(client: Client, active_bench: Callable[..., str]) -> None:
    id = active_bench()
    answer = post(client, lines(*(fault(id) for _ in range(MAX_OPS + 1))))
    assert (answer.status_code, answer.json()["code"], answer.json()["limit"]) == (422, "too_many", MAX_OPS)


def test_too_many_bytes_are_refused_as_a_whole(client: Client) -> None:
    answer = post(client, b"x" * (MAX_BYTES + 1))
    assert (answer.status_code, answer.json()["code"], answer.json()["limit"]) == (413, "too_large", MAX_BYTES)
    assert str(MAX_BYTES) in answer.json()["detail"]


@pytest.mark.parametrize(
    "kind", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", ""]
)
def test_a_type_that_any_site_may_send_is_refused(client: Client, kind: str) -> None:
    assert client.post("/api/v1/ops", content=b"{}", headers={"content-type": kind}).status_code == 415


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"origin": "https://elsewhere.example"}, 403),
        ({"sec-fetch-site": "cross-site"}, 403),
        ({"sec-fetch-site": "same-site"}, 403),
        ({"origin": "null"}, 403),
        ({"origin": "http://[::1"}, 403),
        ({"origin": "http://[x]:99999999"}, 403),
        ({"origin": "http://testserver.local", "sec-fetch-site": "same-origin"}, 200),
    ],
)
def test_a_foreign_origin_may_not_write(client: Client, headers: dict[str, str], status: int) -> None:
    assert post(client, b"", **headers).status_code == status


def test_a_verb_that_needs_a_session_is_refused_as_a_whole_without_one(client: Client) -> None:
    answer = post(client, lines(op("save_settings", "settings", "site", {"set": {"languages": ["da"]}})))
    assert (answer.status_code, answer.json()["code"]) == (401, "login_needed")


def test_a_batch_of_several_credentials_is_refused_and_nothing_ran(
    client: Client, active_bench: Callable[..., str]
) -> None:
    body = lines(fault(active_bench()), op("save_settings", "settings", "site", {"set": {"languages": ["da"]}}))
    answer = post(client, body)
    assert (answer.status_code, answer.json()["code"]) == (422, "mixed_credentials")
    assert post(client, body.split(b"\n")[0]).json()["results"][0]["again"] is False


@pytest.mark.parametrize("body", [b"", b"\n\n", b"[" * 5000, b"null", b'"x"', b"\x00", b"\xff\xfe", b"{}" * 50])
def test_no_body_is_a_500(client: Client, body: bytes) -> None:
    assert post(client, body).status_code < 500


def few(settings: Settings, app_dir: Any, ops_an_hour: int = 2) -> Client:
    return TestClient(create_app(Settings(data_dir=settings.data_dir, ops_an_hour=ops_an_hour), app_dir))


def test_an_address_that_has_sent_its_share_is_told_when_to_come_again(
    settings: Settings, app_dir: Any, active_bench: Callable[..., str]
) -> None:
    id = active_bench()
    with few(settings, app_dir) as client:
        first = post(client, lines(fault(id), fault(id))).json()["results"]
        assert [reply["status"] for reply in first] == ["applied", "applied"]
        late = post(client, lines(fault(id))).json()["results"][0]
    assert (late["status"], late["code"]) == ("later", "rate_limited")
    assert 3500 < late["retry_after_s"] <= 3600


def test_what_has_landed_gets_its_first_reply_though_the_share_is_used_up(
    settings: Settings, app_dir: Any, active_bench: Callable[..., str]
) -> None:
    id = active_bench()
    with few(settings, app_dir) as client:
        known = fault(id)
        (first,) = post(client, lines(known)).json()["results"]
        post(client, lines(fault(id)))
        late, again, behind = post(client, lines(fault(id), known, fault(id))).json()["results"]
    assert [reply.get("code") for reply in (late, behind)] == ["rate_limited", "blocked"]
    assert again == {**first, "again": True}


def test_of_one_request_no_more_than_the_share_runs_and_nothing_is_kept_of_the_rest(
    settings: Settings, app_dir: Any, active_bench: Callable[..., str]
) -> None:
    ids = [active_bench() for _ in range(4)]
    body = lines(*map(fault, ids)) + b'\n{"id":"' + new_id().encode() + b'"}'
    with few(settings, app_dir) as client:
        replies = post(client, body).json()["results"]
        assert [reply.get("code", reply["status"]) for reply in replies] == ["applied"] * 2 + ["rate_limited"] * 3
        assert all(3500 < reply["retry_after_s"] <= 3600 for reply in replies[2:])
    with few(settings, app_dir, 10) as client:
        assert [reply["again"] for reply in post(client, body).json()["results"]] == [True] * 2 + [False] * 3


def test_requests_that_come_at_once_have_one_share_between_them(
    settings: Settings, app_dir: Any, active_bench: Callable[..., str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """All of them have come before any is written."""
    id, waiting, written = active_bench(), threading.Barrier(6), Database.write
    came = threading.Event()

    async def write(database: Database, work: Any) -> Any:
        await asyncio.to_thread(came.wait, 10)
        return await written(database, work)

    with few(settings, app_dir) as client:
        limits, got = client.app.state.limits, list[dict[str, Any]]()
        monkeypatch.setattr(Database, "write", write)
        take = limits.take

        def seen(address: str, ops: int) -> Any:
            share = take(address, ops)
            asked.append(ops)
            if len(asked) == 6:
                came.set()
            return share

        asked: list[int] = []
        monkeypatch.setattr(limits, "take", seen)

        def send() -> None:
            waiting.wait(10)
            got.extend(post(client, lines(fault(id))).json()["results"])

        threads = [threading.Thread(target=send) for _ in range(6)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert sorted(reply["status"] for reply in got) == ["applied"] * 2 + ["later"] * 4
    assert {reply["code"] for reply in got if reply["status"] == "later"} == {"rate_limited"}


def test_what_is_refused_counts_too_since_it_is_kept_too(settings: Settings, app_dir: Any) -> None:
    with few(settings, app_dir) as client:
        replies = post(client, lines(fault(new_id()), fault(new_id()))).json()["results"]
        assert [reply["code"] for reply in replies] == ["unknown_subject", "unknown_subject"]
        assert post(client, lines(fault(new_id()))).json()["results"][0]["code"] == "rate_limited"


def test_a_packed_body_is_refused(client: Client) -> None:
    answer = post(client, b"{}", **{"content-encoding": "gzip"})
    assert (answer.status_code, answer.json()["code"]) == (415, "unsupported_type")


def test_what_is_sent_again_costs_nothing(settings: Settings, app_dir: Any, active_bench: Callable[..., str]) -> None:
    id = active_bench()
    body = lines(fault(id))
    with few(settings, app_dir) as client:
        again = [post(client, body + b"\n{").json()["results"][0]["again"] for _ in range(5)]
        assert again == [False, True, True, True, True]
        assert post(client, lines(fault(id))).json()["results"][0]["status"] == "applied"


def test_an_hour_later_the_share_is_whole_again() -> None:
    now = [0.0]
    limits = Limits(2, clock=lambda: now[0])
    limits.settle("a", limits.take("a", 2), 2)
    for moment, left in ((3599.0, 0), (3600.0, 2)):
        now[0] = moment
        share = limits.take("a", 2)
        assert share is not None
        assert share.left == left
        limits.settle("a", share, 0)


def test_many_phones_at_once_each_get_their_own_receipt(client: Client, active_bench: Callable[..., str]) -> None:
    id = active_bench()
    got: list[tuple[str, str]] = []

    def send() -> None:
        sent = fault(id, new_id())
        reply = post(client, lines(sent)).json()["results"][0]
        got.append((sent["id"], reply["id"] if reply["status"] == "applied" else json.dumps(reply)))

    threads = [threading.Thread(target=send) for _ in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(got) == 12
    assert all(sent == received for sent, received in got)
