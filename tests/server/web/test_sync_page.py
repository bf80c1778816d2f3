"""GET /api/v1/sync/{scope} at the door."""

import gzip
import json
from collections.abc import Callable

import brotli
import pytest
from litestar import Litestar
from litestar.testing import TestClient

from server.web.sync import Pages, coding_of

Client = TestClient[Litestar]
PUBLIC = "/api/v1/sync/public"


def test_a_new_database_begins_with_settings_of_code_and_name(client: Client) -> None:
    page = client.get(PUBLIC).json()
    assert [change["kind"] for change in page["changes"]] == ["settings"]
    assert page["changes"][0]["body"]["name"] == {"da": "Guldborgsund Kommune"}
    assert page["more"] is False
    assert page["digest"] == page["changes"][0]["v"]


def test_a_page_can_be_kept_and_is_asked_for_again_by_its_etag(client: Client) -> None:
    first = client.get(PUBLIC)
    assert first.headers["cache-control"] == "public, no-cache"
    assert first.headers["vary"] == "accept-encoding"
    again = client.get(PUBLIC, headers={"if-none-match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


@pytest.mark.parametrize(
    ("tags", "status"),
    [
        (["*"], 304),
        (['"other"', "{etag}"], 304),
        (['W/"other", {strong}'], 304),
        (['W/"other"'], 200),
        (['"a,b'], 200),
    ],
)
def test_if_none_match_is_a_list_compared_weakly(client: Client, tags: list[str], status: int) -> None:
    etag = client.get(PUBLIC).headers["etag"]
    asked = [("if-none-match", tag.format(etag=etag, strong=etag.removeprefix("W/"))) for tag in tags]
    assert client.get(PUBLIC, headers=asked).status_code == status


def test_after_a_change_the_old_etag_gets_a_page_and_the_cursor_gets_what_is_new(
    client: Client, active_bench: Callable[..., str]
) -> None:
    before = client.get(PUBLIC)
    id = active_bench()
    assert client.get(PUBLIC, headers={"if-none-match": before.headers["etag"]}).status_code == 200
    page = client.get(PUBLIC, params={"since": before.json()["cursor"]}).json()
    assert [change["id"] for change in page["changes"]] == [id]


@pytest.mark.parametrize("coding", ["br", "gzip"])
def test_a_page_is_compressed_for_who_takes_it(client: Client, coding: str) -> None:
    with client.stream("GET", PUBLIC, headers={"accept-encoding": coding}) as answer:
        packed = b"".join(answer.iter_raw())
        assert answer.headers["content-encoding"] == coding
    plain = brotli.decompress(packed) if coding == "br" else gzip.decompress(packed)
    assert json.loads(plain) == client.get(PUBLIC, headers={"accept-encoding": "identity"}).json()


@pytest.mark.parametrize(
    ("accepts", "coding"),
    [
        ("gzip, deflate, br, zstd", "br"),
        ("gzip", "gzip"),
        ("br;q=0, gzip;q=0.5", "gzip"),
        ("", "identity"),
        ("BR", "br"),
        ("br;q=0.000, gzip ; q = 0", "identity"),
    ],
)
def test_accept_encoding_is_read_by_the_standard(accepts: str, coding: str) -> None:
    assert coding_of([accepts]) == coding


@pytest.mark.parametrize(
    ("since", "status", "code"),
    [
        ("rubbish", 422, "bad_cursor"),
        ("0000.1", 410, "resync"),
        ("%00", 422, "bad_cursor"),
        ("a.1.2.3", 422, "bad_cursor"),
    ],
)
def test_a_cursor_that_is_none_or_of_another_epoch_is_a_problem_with_its_code(
    client: Client, since: str, status: int, code: str
) -> None:
    answer = client.get(PUBLIC, params={"since": since})
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert answer.headers["content-type"] == "application/problem+json"


def test_a_cursor_past_the_head_asks_the_phone_to_read_afresh(client: Client) -> None:
    epoch, seq = client.get(PUBLIC).json()["cursor"].split(".")
    assert client.get(PUBLIC, params={"since": f"{epoch}.{int(seq) + 1}"}).status_code == 410


@pytest.mark.parametrize("scope", ["staff", "guide"])
def test_other_scopes_are_shut_and_nothing_keeps_the_answer(client: Client, scope: str) -> None:
    answer = client.get(f"/api/v1/sync/{scope}")
    assert (answer.status_code, answer.json()["code"]) == (401, "login_needed")
    assert answer.headers["cache-control"] == "no-store"


def test_a_scope_that_is_none_is_not_found(client: Client) -> None:
    assert client.get("/api/v1/sync/everything").status_code == 404


def test_pages_that_nobody_asks_for_make_room() -> None:
    pages = Pages(most=2500)
    for number in range(4):
        pages.keep((str(number),), "tag", b"x" * 1000)
    assert [pages.kept((str(number),)) is not None for number in range(4)] == [False, False, True, True]
