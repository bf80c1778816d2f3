"""Bytes that nobody would send, at every door: a 4xx that says so, or the answer; never a 5xx, and nothing half done."""

import json
import string
from typing import Any

import httpx
from hypothesis import given
from hypothesis import strategies as st

from tests.fuzz.conftest import MANY

NDJSON = {"content-type": "application/x-ndjson"}
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)
IDS = st.uuids().map(str) | st.text(max_size=40)
VERBS = st.sampled_from(
    ["report_fault", "save_place", "move_state", "withdraw", "apply_import", "save_settings", "dance"]
)
SUBJECTS = st.fixed_dictionaries({"kind": st.sampled_from(["place", "facility", "route", "settings", "x"]), "id": IDS})
TWO = st.integers(0, 99)
MOMENTS = (
    st.builds("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}Z".format, st.integers(0, 9999), TWO, TWO, TWO, TWO, TWO) | st.text()
)
OPS = st.fixed_dictionaries(
    {"id": IDS, "verb": VERBS | st.text(), "at": MOMENTS,
     "subject": SUBJECTS | JSON, "base": st.none() | st.text(),
     "args": st.fixed_dictionaries({"what": st.text() | st.sampled_from(["broken", "litter"]), "text": st.text()}) | JSON},
    optional={"more": JSON},
)  # fmt: skip
LINES = OPS.map(lambda op: json.dumps(op, ensure_ascii=False).encode("utf-8", "surrogatepass")) | st.binary(
    max_size=300
)
# What a header may hold at all: visible ASCII, space, tab.
HEADER = st.text(st.sampled_from(string.ascii_letters + string.digits + string.punctuation + " \t"), max_size=60).map(
    str.strip
)
RANGES = HEADER | st.builds(
    "{}={}{}-{}{}".format,
    st.sampled_from(["bytes", "Bytes", "items", ""]), st.sampled_from(["", " ", "-"]), st.integers(-5, 2**70) | st.just(""),
    st.integers(-5, 2**70) | st.just(""), st.sampled_from(["", ",0-1", ", -1", "\t", "x"]),
).map(str.strip)  # fmt: skip
CURSORS = st.text() | st.builds(
    "{}.{}{}".format, st.text(max_size=9), st.integers(), st.sampled_from(["", ".", ".1", ".-1", ".9" * 9])
)
PATHS = st.lists(st.text(min_size=1, max_size=12), min_size=1, max_size=4).map("/".join)
ROOMS = st.sampled_from(
    ["", "api/v1/", "api/v1/sync/", "packs/", "media/", "assets/", "steder/", "ruter/", "feeds/", "feeds/routes/", "m/"]
)


def fine(answer: httpx.Response) -> None:
    """Not a 5xx, but for `busy`; what is no answer is a problem document with a code."""
    if answer.status_code >= 400:
        said: dict[str, Any] = answer.json()
        assert answer.headers["content-type"] == "application/problem+json"
        assert said["status"] == answer.status_code
        assert answer.status_code < 500 or said["code"] == "busy", said


@MANY
@given(st.lists(LINES, max_size=6))
def test_any_lines_are_answered_one_by_one(phone: httpx.Client, lines: list[bytes]) -> None:
    body = b"\n".join(lines)
    answer = phone.post("/api/v1/ops", content=body, headers=NDJSON)
    fine(answer)
    if answer.status_code == 200:
        replies = answer.json()["results"]
        assert len(replies) == len([line for line in body.split(b"\n") if line])
        assert {reply["status"] for reply in replies} <= {"applied", "refused", "later"}
        assert all(reply["code"] for reply in replies if reply["status"] != "applied")


@MANY
@given(CURSORS, HEADER, HEADER)
def test_any_cursor_is_read_or_refused(phone: httpx.Client, cursor: str, tag: str, coding: str) -> None:
    headers = {"if-none-match": tag, "accept-encoding": coding}
    fine(phone.get("/api/v1/sync/public", params={"since": cursor.encode("utf-8", "replace")}, headers=headers))


@MANY
@given(RANGES, HEADER)
def test_any_range_of_an_archive_is_a_part_the_whole_or_416(phone: httpx.Client, asked: str, tag: str) -> None:
    pack = phone.get("/api/v1/packs").json()["packs"][0]
    headers = {"range": asked} | ({"if-range": tag} if tag else {})
    answer = phone.get(pack["url"], headers=headers)
    fine(answer)
    assert answer.status_code in (200, 206, 416)
    assert "content-encoding" not in answer.headers
    if answer.status_code == 200:
        assert len(answer.content) == pack["bytes"]
    if answer.status_code == 206:
        first, last, whole = answer.headers["content-range"].removeprefix("bytes ").replace("/", "-").split("-")
        assert (int(last) - int(first) + 1, int(whole)) == (len(answer.content), pack["bytes"])
    if answer.status_code == 416:
        assert answer.headers["content-range"] == f"bytes */{pack['bytes']}"


@MANY
@given(
    st.sampled_from(["GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH"]), ROOMS, PATHS, st.text(max_size=20)
)
def test_any_address_is_there_or_is_not(phone: httpx.Client, method: str, room: str, path: str, query: str) -> None:
    url = httpx.URL(phone.base_url, raw_path=f"/{room}".encode() + quoted(path) + b"?" + quoted(query))
    answer = phone.request(method, url)
    assert answer.status_code < 500 or answer.json()["code"] == "busy"


def quoted(text: str) -> bytes:
    """As a browser writes it into an address."""
    return "".join(f"%{byte:02X}" for byte in text.encode("utf-8", "surrogatepass")).encode()


@MANY
@given(st.dictionaries(st.sampled_from(
    ["accept", "accept-language", "accept-encoding", "if-none-match", "if-modified-since", "if-range", "origin",
     "sec-fetch-site", "cookie", "authorization", "forwarded", "x-forwarded-for", "expect"]), HEADER, max_size=5),
    st.sampled_from(["/", "/api/v1/packs", "/api/v1/sync/public", "/steder/x", "/feeds/routes.gpx", "/sw.js", "/live"]))  # fmt: skip
def test_any_header_is_passed_over_or_refused(phone: httpx.Client, headers: dict[str, str], path: str) -> None:
    assert phone.get(path, headers=headers).status_code < 500
