"""The door to what is public as files: what others' readers need of it, and that nothing else comes out."""

import gzip
import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import brotli
import pytest
from litestar import Litestar
from litestar.testing import TestClient

from server import local
from server.app import create_app
from server.feeds.files import FILES, TYPES
from server.feeds.taken import Taken
from server.settings import Settings
from server.web import guard
from server.web.feeds import Feeds
from tests.server.feeds.made import rows_of
from tests.server.web.conftest import lines, new_id, op

Client = TestClient[Litestar]
ROUTES = Path(__file__).resolve().parents[3] / "demo" / "routes.geojson"
LICENCE = "https://creativecommons.org/licenses/by/4.0/"


@pytest.fixture
def with_routes(settings: Settings) -> None:
    assert local.import_files(settings, [ROUTES], source="prøve") == 0


@pytest.mark.parametrize("name", FILES)
def test_every_file_names_its_type_its_licence_and_who_may_keep_it(client: Client, name: str) -> None:
    answer = client.get(f"/feeds/{name}")
    assert answer.status_code == 200
    assert answer.headers["content-type"].removesuffix("; charset=utf-8") == TYPES[name.rpartition(".")[2]]
    assert answer.headers["link"] == f'<{LICENCE}>; rel="license"'
    assert answer.headers["cache-control"] == "public, no-cache"
    assert answer.headers["vary"] == "accept-encoding"
    assert answer.headers["access-control-allow-origin"] == "*"
    assert "set-cookie" not in answer.headers
    for header, value in guard.HEADERS:
        assert answer.headers[header.decode()] == value.decode()


@pytest.mark.parametrize("name", FILES)
def test_a_file_that_somebody_has_already_is_not_sent_again(client: Client, name: str) -> None:
    tag = client.get(f"/feeds/{name}").headers["etag"]
    again = client.get(f"/feeds/{name}", headers={"if-none-match": tag})
    assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)


def test_a_change_is_in_the_next_file_and_its_tag(client: Client, active_bench: Callable[..., str]) -> None:
    before = client.get("/feeds/places.geojson")
    assert before.json()["features"] == []
    id = active_bench("Bænken ved åen")
    after = client.get("/feeds/places.geojson", headers={"if-none-match": before.headers["etag"]})
    assert after.status_code == 200
    assert after.headers["etag"] != before.headers["etag"]
    assert [feature["id"] for feature in after.json()["features"]] == [id]


def test_a_file_is_made_once_for_each_state_and_coding(
    client: Client, active_bench: Callable[..., str], monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[str] = []
    file = FILES["places.csv"]

    def noting(taken: Taken) -> bytes:
        made.append(str(taken.head))
        return file.make(taken)

    monkeypatch.setitem(FILES, "places.csv", file._replace(make=noting))
    for _ in range(3):
        client.get("/feeds/places.csv", headers={"accept-encoding": "br"})
    assert len(made) == 1
    active_bench()
    client.get("/feeds/places.csv", headers={"accept-encoding": "br"})
    client.get("/feeds/places.csv", headers={"accept-encoding": "gzip"})
    assert len(made) == 3
    assert len(set(made)) == 2


def test_what_is_kept_stays_within_its_bound(settings: Settings) -> None:
    feeds = Feeds(settings, most=100)
    for head in range(50):
        feeds.kept.keep(("places.csv", "e", str(head), "br"), "tag", b"x" * 30)
    there = [head for head in range(50) if feeds.kept.kept(("places.csv", "e", str(head), "br"))]
    assert there == [47, 48, 49]


def test_it_is_packed_for_who_takes_it(client: Client, active_bench: Callable[..., str]) -> None:
    active_bench()
    plain = client.get("/feeds/places.csv", headers={"accept-encoding": "identity"})
    assert "content-encoding" not in plain.headers
    for coding, unpack in (("br", brotli.decompress), ("gzip", gzip.decompress)):
        with client.stream("GET", "/feeds/places.csv", headers={"accept-encoding": coding}) as packed:
            assert packed.headers["content-encoding"] == coding
            assert unpack(b"".join(packed.iter_raw())) == plain.content


def test_head_has_the_headers_of_the_file_and_no_byte_of_it(client: Client) -> None:
    asked, whole = client.head("/feeds/routes.gpx"), client.get("/feeds/routes.gpx")
    assert (asked.status_code, asked.content) == (200, b"")
    assert asked.headers["etag"] == whole.headers["etag"]
    assert asked.headers["content-type"] == "application/gpx+xml"


def test_what_is_for_a_program_is_saved_under_its_name(client: Client, with_routes: None) -> None:
    assert client.get("/feeds/places.csv").headers["content-disposition"] == 'attachment; filename="places.csv"'
    route = client.get("/feeds/routes/rundt-i-kohaven.gpx")
    assert route.headers["content-disposition"] == 'attachment; filename="rundt-i-kohaven.gpx"'
    assert "content-disposition" not in client.get("/feeds/places.geojson").headers


def test_one_route_comes_with_what_is_near_it(client: Client, with_routes: None, settings: Settings) -> None:
    facilities = ROUTES.with_name("facilities.geojson")
    assert local.import_files(settings, [facilities], source="prøve") == 0
    answer = client.get("/feeds/routes/rundt-i-kohaven.gpx")
    assert answer.status_code == 200
    text = answer.text
    assert text.count("<trk>") == 1
    assert "<name>Rundt i Kohaven</name>" in text
    assert "<wpt " in text
    tag = answer.headers["etag"]
    assert client.get("/feeds/routes/rundt-i-kohaven.gpx", headers={"if-none-match": tag}).status_code == 304


@pytest.mark.parametrize(
    "path",
    ["/feeds/routes/ingen.gpx", "/feeds/routes/rundt-i-kohaven", "/feeds/routes/.gpx", f"/feeds/routes/{'x' * 200}.gpx",
     "/feeds/routes/..%2Fplaces.gpx", "/feeds/alt.csv", "/feeds/places.xlsx"],
)  # fmt: skip
def test_an_address_that_is_no_file_is_a_problem_document(client: Client, with_routes: None, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 404
    assert answer.headers["content-type"] == "application/problem+json"


def test_only_what_everybody_may_read_comes_out(
    client: Client, settings: Settings, active_bench: Callable[..., str], with_routes: None
) -> None:
    shown = active_bench("Bænken ved åen", notes="kun for personale")
    gone, hidden = active_bench("Det nedlagte sted"), new_id()
    fields = {"form": "spot", "name": {"da": "En hemmelig idé"}}
    fault = {"what": "broken", "text": "brædtet er knækket", "photos": []}
    ops = [
        op("save_place", "place", hidden, {"set": fields}),
        op("move_state", "place", gone, {"to": "dissolved", "why": {"da": "lukket"}, "successor_id": None}),
        op("report_fault", "place", shown, fault),
    ]
    assert all(b'"status":"applied"' in reply for reply in local.send(settings, lines(*ops)))
    route = json.loads(ROUTES.read_bytes())["features"][0]["properties"]["name"]["da"]
    for name in FILES:
        text = client.get(f"/feeds/{name}").text
        for secret in ("hemmelig", "kun for personale", "knækket", "nedlagte", "broken"):
            assert secret not in text, (name, secret)
        assert ("Bænken ved åen" in text) == name.startswith("places")
        assert (route in text) == name.startswith("routes")


def test_the_file_names_the_licence_that_settings_say(settings: Settings, app_dir: Path) -> None:
    told = Settings(
        data_dir=settings.data_dir, licence="CC0", licence_url="https://example.dk/cc0", origin="https://m.example.dk"
    )
    with TestClient(create_app(told, app_dir)) as client:
        answer = client.get("/feeds/routes.geojson")
        assert answer.json()["license"] == "https://example.dk/cc0"
        assert answer.headers["link"] == '<https://example.dk/cc0>; rel="license"'
        tag = answer.headers["etag"]
    with TestClient(create_app(settings, app_dir)) as client:
        assert client.get("/feeds/routes.geojson", headers={"if-none-match": tag}).status_code == 200


def test_a_route_s_old_address_leads_to_its_new_one(client: Client, settings: Settings, with_routes: None) -> None:
    renamed = settings.data_dir.parent / "routes.geojson"
    renamed.write_text(ROUTES.read_text(encoding="utf-8").replace("Rundt i Kohaven", "Kohaven rundt"), encoding="utf-8")
    assert local.import_files(settings, [renamed], source="prøve") == 0
    answer = client.get("/feeds/routes/rundt-i-kohaven.gpx", follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (301, "/feeds/routes/kohaven-rundt.gpx")


def test_a_table_of_nothing_has_its_columns(client: Client) -> None:
    raw = client.get("/feeds/facilities.csv").content
    assert rows_of(raw) == []
    assert raw.startswith(b"\xef\xbb\xbfid,code,type_text,name,name_en,name_de,")


def test_a_page_names_every_file_and_runs_no_code(client: Client) -> None:
    answer = client.get("/feeds", headers={"accept": "text/html"})
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert "<script" not in answer.text
    for name in FILES:
        assert f'href="/feeds/{name}"' in answer.text
    assert f'href="{LICENCE}" rel="license' in answer.text


def test_the_pages_in_words_lead_to_the_files(
    client: Client, active_bench: Callable[..., str], with_routes: None
) -> None:
    active_bench("Bænken ved åen")
    assert 'href="/feeds"' in client.get("/steder/baenken-ved-aaen").text
    page = client.get("/ruter/rundt-i-kohaven").text
    assert 'href="/feeds/routes/rundt-i-kohaven.gpx"' in page
    assert 'href="/feeds"' in page


def test_files_and_their_page_are_asked_for_as_other_pages_are(client: Client) -> None:
    assert client.get("/feeds").headers["cache-control"] == "no-cache"
    assert client.post("/feeds/places.csv").status_code == 405
    assert set(client.post("/feeds/places.csv").headers["allow"].split(", ")) == {"GET", "HEAD", "OPTIONS"}


def test_many_who_ask_at_once_wait_for_one_that_makes_it(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[int] = []
    file = FILES["places.csv"]

    def noting(taken: Taken) -> bytes:
        made.append(taken.head)
        return file.make(taken)

    monkeypatch.setitem(FILES, "places.csv", file._replace(make=noting))
    with ThreadPoolExecutor(12) as pool:
        answers = list(pool.map(lambda _: client.get("/feeds/places.csv"), range(24)))
    assert {answer.status_code for answer in answers} == {200}
    assert len({answer.content for answer in answers}) == 1
    assert len(made) == 1


def test_calendars_of_one_follow_a_slug_that_moved_and_are_not_there_for_what_is_not_public(
    client: Client, settings: Settings
) -> None:
    id = new_id()
    schedule = {"date": "2026-04-07", "starts": "14:00", "ends": "16:00", "rrule": "FREQ=WEEKLY"}
    given = {"name": {"da": "Kaffe"}, "where": {"da": "I huset"}, "schedule": schedule}
    local.send(settings, lines(op("save_event", "event", id, {"set": given})))
    assert client.get("/feeds/events/kaffe.ics").status_code == 404
    local.send(settings, lines(op("move_event", "event", id, {"to": "public"})))
    answer = client.get("/feeds/events/kaffe.ics")
    assert (answer.status_code, answer.headers["content-type"]) == (200, "text/calendar; charset=utf-8")
    assert "content-disposition" not in answer.headers
    assert f"UID:{id}.".encode() in answer.content
    tag = {"if-none-match": answer.headers["etag"]}
    assert client.get("/feeds/events/kaffe.ics", headers=tag).status_code == 304
    local.send(settings, lines(op("save_event", "event", id, {"set": {"slug": "kaffe-og-kage"}})))
    moved = client.get("/feeds/events/kaffe.ics", follow_redirects=False)
    assert (moved.status_code, moved.headers["location"]) == (301, "/feeds/events/kaffe-og-kage.ics")


@pytest.mark.parametrize(
    "path",
    [
        "events/intet.ics",
        "events/kaffe",
        "places/.ics",
        "organisers/x.ics",
        "areas/intet.ics",
        "areas/x",
        "andet/x.ics",
    ],
)
def test_no_calendar_is_there_for_what_is_not(client: Client, path: str) -> None:
    assert client.get(f"/feeds/{path}").status_code == 404
