"""Caddy in front (deploy/Caddyfile): what comes from the disk is what the server itself would have sent, and what comes from the
server passes through as it is."""

import gzip
import json
import re
import shutil
import socket
import socketserver
import subprocess
import threading
import uuid
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

from server.web import guard
from tests.deploy.conftest import CASES, MEDIA_PATH, PACK, PACK_PATH, ask, caddy
from tests.served import ROOT, free_port
from tests.server.drawn import name_of, picture

TABLE = json.loads((CASES / "range-requests.json").read_text(encoding="utf-8"))
NDJSON = {"Content-Type": "application/x-ndjson"}
ITS_OWN = {"date", "server", "strict-transport-security", "connection", "keep-alive", "transfer-encoding"}


def test_it_is_written_as_caddy_writes_it() -> None:
    if shutil.which("caddy") is None:
        pytest.skip("caddy is not here (apt-get install caddy)")
    file = ROOT / "deploy" / "Caddyfile"
    told = subprocess.run(["caddy", "fmt", file], capture_output=True, check=True)
    assert told.stdout == file.read_bytes()


@pytest.mark.parametrize("where", ["alone", "behind"])
@pytest.mark.parametrize("case", TABLE["requests"], ids=lambda case: case["name"])
def test_each_row_of_the_table_of_ranges_holds(
    request: pytest.FixtureRequest, case: dict[str, Any], where: str
) -> None:
    answer = ask(request.getfixturevalue(where), PACK_PATH, case["request"], method=case["method"])
    assert answer.status == case["status"]
    assert answer.headers.get("content-range") == case["content_range"]
    if case["body_bytes"] is not None:
        assert len(answer.body) == case["body_bytes"]
    if "content_length" in case:
        assert answer.headers["content-length"] == str(case["content_length"])
    assert "content-encoding" not in answer.headers
    if answer.status != 416:
        assert answer.headers["etag"] == TABLE["etag"]


def shown(port: int, path: str, headers: dict[str, str], method: str) -> tuple[int, bytes, dict[str, str]]:
    answer = ask(port, path, headers, method=method)
    kept = {name: value for name, value in answer.headers.items() if name not in ITS_OWN}
    if path.startswith(
        "/assets/"
    ):  # Caddy's tag is made of time and length, and what is packed it sends in pieces, without length
        kept.pop("etag", None)
        kept.pop("content-length", None)
    return answer.status, answer.body, kept


def script(port: int) -> str:
    """The address of a script of the build that is served."""
    page = ask(port, "/").body.decode()
    found = re.search(r'src="(/assets/[^"]+\.js)"', page)
    assert found
    return found[1]


ALIKE: list[tuple[str, str, dict[str, str]]] = [
    ("GET", PACK_PATH, {}),
    ("HEAD", PACK_PATH, {}),
    ("GET", PACK_PATH, {"Range": "bytes=100-199"}),
    ("GET", PACK_PATH, {"Accept-Encoding": "gzip, br, zstd"}),
    ("GET", PACK_PATH, {"If-None-Match": f'W/{TABLE["etag"]}, "other"'}),
    ("GET", PACK_PATH, {"If-None-Match": '"other"'}),
    ("GET", PACK_PATH, {"Range": "bytes=0-1,4-5"}),
    ("GET", PACK_PATH, {"Range": "bytes=100-199", "If-Range": '"other"'}),
    ("GET", MEDIA_PATH, {}),
    ("GET", MEDIA_PATH, {"Range": "bytes=-10"}),
    ("GET", MEDIA_PATH, {"If-None-Match": f'"{"a" * 64}-320"'}),
    ("GET", "/assets/SCRIPT", {}),
    ("HEAD", "/assets/SCRIPT", {}),
    ("GET", "/assets/SCRIPT", {"Accept-Encoding": "gzip, br"}),
    ("GET", "/assets/SCRIPT", {"Accept-Encoding": "gzip, br;q=0"}),
    ("GET", "/", {}),
    ("GET", "/sw.js", {"Accept-Encoding": "br"}),
    ("GET", "/api/v1/sync/public", {}),
    ("GET", "/api/v1/sync/public", {"Accept-Encoding": "br"}),
    ("GET", "/api/v1/sync/nothing", {}),
    ("GET", "/api/v1/packs", {}),
    ("GET", "/packs/" + "0" * 64 + ".pmtiles", {}),
    ("GET", "/packs/packs.json", {}),
    ("GET", "/packs/../moedesteder.db", {}),
    ("GET", "/packs/%2e%2e%2fmoedesteder.db", {}),
    ("GET", "/moedesteder.db", {}),
    ("GET", "/media/" + "0" * 64 + "-320.webp", {}),
    ("GET", "/assets/none.js", {}),
    ("GET", "/m/NONE", {}),
    ("DELETE", PACK_PATH, {}),
]


@pytest.mark.parametrize(("method", "path", "headers"), ALIKE, ids=lambda part: str(part)[:60])
def test_an_answer_is_the_servers_own_head_and_body(
    alone: int, behind: int, method: str, path: str, headers: dict[str, str]
) -> None:
    if path == "/assets/SCRIPT":
        path = script(alone)
    assert shown(behind, path, headers, method) == shown(alone, path, headers, method)


def test_every_file_from_the_disk_has_the_headers_of_the_guard(behind: int) -> None:
    for path in (PACK_PATH, MEDIA_PATH, script(behind)):
        headers = ask(behind, path).headers
        for name, value in guard.HEADERS:
            assert headers[name.decode()] == value.decode(), path
        assert "server" not in headers


def test_files_come_from_the_disk_also_where_the_server_is_stopped_and_the_rest_says_so(
    alone: int, data: Path, tmp_path: Path
) -> None:
    path = script(alone)
    with caddy(tmp_path / "caddy", data, free_port()) as port:
        assert ask(port, PACK_PATH).body == PACK.read_bytes()
        assert [ask(port, path).status, ask(port, MEDIA_PATH).status] == [200, 200]
        answer = ask(port, "/api/v1/sync/public")
        assert (answer.status, answer.headers["content-type"]) == (502, "application/problem+json")
        assert json.loads(answer.body)["code"] == "busy"
        assert answer.headers["retry-after"] == "30"
        for name, value in guard.HEADERS:
            assert answer.headers[name.decode()] == value.decode()


@pytest.mark.parametrize("asked_for", [False, True], ids=["as it is", "with an access log"])
def test_nothing_that_is_logged_tells_who_looked_at_what(data: Path, tmp_path: Path, asked_for: bool) -> None:
    """Nor where somebody turns the access log on to look for a fault."""
    file = tmp_path / "Caddyfile"
    text = (ROOT / "deploy" / "Caddyfile").read_text(encoding="utf-8")
    file.write_text(text.replace("\theader -Server\n", "\theader -Server\n\tlog\n", asked_for), encoding="utf-8")
    with caddy(tmp_path / "caddy", data, free_port(), file) as port:
        assert ask(port, "/m/HEMMELIG", {"X-Forwarded-For": "192.0.2.77"}).status == 502
        assert ask(port, PACK_PATH).status == 200
    said = (tmp_path / "caddy" / "caddy.log").read_text(encoding="utf-8")
    assert ("handled request" in said) == asked_for
    for told in ("127.0.0.7", "HEMMELIG", "192.0.2.77", PACK_PATH):
        assert told not in said


def test_a_page_is_packed_on_the_way_and_what_the_server_packed_is_left(alone: int, behind: int) -> None:
    page = ask(behind, "/", {"Accept-Encoding": "gzip"})
    assert page.headers["content-encoding"] == "gzip"
    assert gzip.decompress(page.body) == ask(alone, "/").body
    assert ask(behind, "/api/v1/sync/public", {"Accept-Encoding": "gzip, br"}).headers["content-encoding"] == "br"


def test_conditional_requests_reach_the_server(behind: int) -> None:
    etag = ask(behind, "/api/v1/sync/public").headers["etag"]
    assert ask(behind, "/api/v1/sync/public", {"If-None-Match": etag}).status == 304


def op(text: str) -> bytes:
    told = {"id": str(uuid.uuid4()), "verb": "report_fault", "at": "2026-03-03T13:30:05Z", "base": None}
    subject = {"kind": "place", "id": "019d4000-0000-7000-8000-000000000009"}
    return json.dumps({**told, "subject": subject, "args": {"what": "broken", "text": text, "photos": []}}).encode()


def test_ops_pass_and_the_limit_of_an_address_counts_who_sent_them_whatever_it_claims(behind: int) -> None:
    codes = []
    for number in range(7):
        headers = {**NDJSON, "X-Forwarded-For": f"192.0.2.{number}"}
        answer = ask(behind, "/api/v1/ops", headers, method="POST", body=op(f"{number}"))
        assert answer.status == 200
        codes.append(json.loads(answer.body)["results"][0]["code"])
    assert codes == ["unknown_subject"] * 5 + ["rate_limited"] * 2


def test_a_foreign_origin_is_refused_behind_it_too(behind: int) -> None:
    headers = {**NDJSON, "Origin": "https://elsewhere.example", "Sec-Fetch-Site": "cross-site"}
    assert ask(behind, "/api/v1/ops", headers, method="POST", body=op("x")).status == 403
    own = {**NDJSON, "Origin": f"http://127.0.0.1:{behind}"}
    assert ask(behind, "/api/v1/ops", own, method="POST", body=op("x")).status == 200


def test_numbers_for_a_program_of_the_machine_are_told_to_nobody_behind_it(alone: int, behind: int) -> None:
    assert ask(alone, "/metrics", {}).status == 200
    assert ask(behind, "/metrics", {}).status == 403


@pytest.mark.parametrize("size", [256 * 1024 + 1, 400 * 1024])
def test_a_body_that_is_too_large_is_the_same_problem_whoever_stops_it(behind: int, size: int) -> None:
    answer = ask(behind, "/api/v1/ops", NDJSON, method="POST", body=b"x" * size)
    assert (answer.status, answer.headers["content-type"]) == (413, "application/problem+json")
    assert json.loads(answer.body)["code"] == "too_large"


def test_a_picture_passes_and_is_the_servers_own_answer(behind: int) -> None:
    body = picture(size=(2400, 1800))
    answer = ask(behind, f"/api/v1/blobs/{name_of(body)}", method="PUT", body=body)
    assert (answer.status, answer.body) == (204, b"")


@pytest.mark.parametrize("size", [13 * 1024**2, 70 * 1024**2])
def test_a_picture_that_is_too_large_is_told_so_whoever_stops_it(behind: int, size: int) -> None:
    body = b"\xff\xd8\xff" + bytes(size)
    answer = ask(behind, f"/api/v1/blobs/{'0' * 64}", method="PUT", body=body)
    assert (answer.status, answer.headers["content-type"]) == (413, "application/problem+json")
    assert json.loads(answer.body)["code"] == "too_large"


class StandIn(socketserver.ThreadingTCPServer):
    """A server that counts who comes, and answers a body that ends on "end"."""

    daemon_threads = True

    def __init__(self) -> None:
        self.came = 0
        super().__init__(("127.0.0.1", 0), self.Handler)

    class Handler(socketserver.BaseRequestHandler):
        server: "StandIn"

        def handle(self) -> None:
            self.server.came += 1
            got = b""
            while not got.endswith(b"end"):
                if not (piece := self.request.recv(4096)):
                    return
                got += piece
            self.request.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok")


def test_a_body_that_does_not_come_to_its_end_never_reaches_the_server(data: Path, tmp_path: Path) -> None:
    """Alone, about 1,100 of them hold the server for up to 30 s."""
    with StandIn() as stand_in, ExitStack() as last:
        threading.Thread(target=stand_in.serve_forever).start()
        last.callback(stand_in.shutdown)
        with caddy(tmp_path / "caddy", data, stand_in.server_address[1]) as port, ExitStack() as waiting:
            half = [waiting.enter_context(socket.create_connection(("127.0.0.1", port))) for _ in range(100)]
            for one in half:
                one.sendall(b"POST /api/v1/ops HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nContent-Length: 9\r\n\r\nhalf" % port)
            assert ask(port, "/api/v1/ops", NDJSON, method="POST", body=b"whole end").body == b"ok"
            assert stand_in.came == 1, "the hundred wait at Caddy's"
            half[50].sendall(b"  end")
            assert half[50].recv(4096).startswith(b"HTTP/1.1 200")
            assert stand_in.came == 2
